import { beforeAll, describe, expect, it } from 'vitest'
import { lapseDueJob } from '@/lib/jobs/lapse-due'
import { remindDueJob } from '@/lib/jobs/remind-due'
import { withdrawArrival } from '@/lib/placements/commands/release'
import { answerExtension, askExtension, extend, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallStays>

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
})

async function placed({ nights = 3, arrived = false } = {}) {
  const home = await world.home({ sleeps: [2] })
  const arrivalId = await world.arrival({ adults: 1 })
  const [placementId = ''] = await world.confirmed([await world.leg(home.roomId, 0, nights)], { arrivalId })
  if (arrived) await recordArrived({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId })
  return { ...home, arrivalId, placementId }
}

const untilOf = async (placementId: string) =>
  (await database.row('select until_date::text as until from placement where id = $1', [placementId]))['until']
const versionOf = async (placementId: string) =>
  Number((await database.row('select version from placement where id = $1', [placementId]))['version'])

describe('a wish to stay longer that the host refused', () => {
  async function refused() {
    const stay = await placed({ arrived: true })
    const { placementId } = stay
    await askExtension({ ...world.once(), actor: world.ticket(placementId, 'GUEST'), placementId, until: await world.day(6) })
    await answerExtension({ ...world.once(), actor: world.ticket(placementId, 'HOST'), placementId, agree: false })
    return stay
  }

  it('leaves the nights after the stay to be found', async () => {
    const { arrivalId } = await refused()
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', onward: await world.day(6) })
  })

  it('is the host’s no also when a coordinator heard it, and a yes is not said that way', async () => {
    const { arrivalId, placementId } = await placed({ arrived: true })
    const actor = await world.staff('COORDINATOR')
    await askExtension({ ...world.once(), actor: world.ticket(placementId, 'GUEST'), placementId, until: await world.day(6) })
    const heard = { actor, placementId }
    await expect(answerExtension({ ...world.once(), ...heard, agree: true })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await answerExtension({ ...world.once(), ...heard, agree: false })).toMatchObject({ ok: true })
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', onward: await world.day(6) })
    expect(await database.row('select state, answered_way as way, answered_by as by from extension where placement_id = $1', [placementId]))
      .toEqual({ state: 'REFUSED', way: 'PHONE', by: actor.userId })
  })

  it('is over when the following nights are proposed, beside the running stay', async () => {
    const { arrivalId, placementId } = await refused()
    const next = await world.home({ sleeps: [2] })
    const [onward = ''] = await world.proposed([await world.leg(next.roomId, 3, 6)], { arrivalId })
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', onward: null })
    expect([await world.stateOf(placementId), await world.stateOf(onward)]).toEqual(['ARRIVED', 'PROPOSED'])
  })

  it.each([
    ['a no', (id: string) => world.end({ actor: world.ticket(id, 'HOST'), placementId: id, to: 'DECLINED', side: 'HOST', reason: 'OTHER' })],
    ['silence', async (id: string) => {
      await database.rows('update plan set deadline = now() where id = (select plan_id from placement where id = $1)', [id])
      await database.rows('select lapse_plan(plan_id) from placement where id = $1', [id])
    }],
  ])('comes back after %s to the following nights', async (_what, deed) => {
    const { arrivalId } = await refused()
    const next = await world.home({ sleeps: [2] })
    const [onward = ''] = await world.proposed([await world.leg(next.roomId, 3, 6)], { arrivalId })
    await deed(onward)
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', onward: await world.day(6) })
  })

  it('is still open for what was not proposed', async () => {
    const { arrivalId } = await refused()
    const next = await world.home({ sleeps: [2] })
    await world.proposed([await world.leg(next.roomId, 3, 5)], { arrivalId })
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ onward: await world.day(6) })
  })

  it('is over when they leave or take the request back, and a departure into the queue asks for its nights', async () => {
    const [left, gone] = [await refused(), await refused()]
    await database.rows('update arrival set until_date = from_date + 3 where id = $1', [left.arrivalId])
    await world.end({ placementId: left.placementId, to: 'DEPARTED', side: 'GUEST', reason: 'NEXT_HOST' })
    await withdrawArrival({ ...world.once(), actor: { kind: 'GUEST', arrivalId: gone.arrivalId }, arrivalId: gone.arrivalId, erase: false })
    expect(await world.arrivalOf(left.arrivalId)).toMatchObject({ state: 'OPEN', onward: null })
    expect(await database.row('select until_date::text as until from arrival where id = $1', [left.arrivalId])).toEqual({ until: await world.day(6) })
    expect(await world.arrivalOf(gone.arrivalId)).toMatchObject({ state: 'WITHDRAWN', onward: null })
  })
})

describe('other nights by a coordinator', () => {
  const change = async (placementId: string, day: number, over: object = {}) => extend({
    ...world.once(), actor: await world.staff('COORDINATOR'), placementId, until: await world.day(day), hostAgreed: false, ...over,
  })

  it('earlier is written down; later needs the host’s yes, and is kept as that', async () => {
    const { placementId } = await placed()
    expect(await change(placementId, 2)).toMatchObject({ ok: true })
    expect(await change(placementId, 5)).toMatchObject({ ok: false, reason: 'HOST_NOT_ASKED' })
    expect(await untilOf(placementId)).toBe(await world.day(2))
    const actor = await world.staff('COORDINATOR')
    expect(await change(placementId, 5, { actor, hostAgreed: true })).toMatchObject({ ok: true })
    expect(await database.rows('select state, answered_way as way, answered_by as by from extension where placement_id = $1', [placementId]))
      .toEqual([{ state: 'AGREED', way: 'PHONE', by: actor.userId }])
    expect(await database.rows(`select 1 from audit_event where action = 'placement.nights-changed'
      and subject ->> 'placement' = $1 and subject ->> 'hostAgreed' = 'PHONE'`, [placementId])).toHaveLength(1)
  })

  it('never by somebody who hosts there, nor the arrival', async () => {
    const { placementId, userId, hostId } = await placed()
    const actor = { ...(await world.staff('COORDINATOR')), userId, hostId }
    expect(await change(placementId, 2, { actor })).toMatchObject({ ok: false, reason: 'OWN_HOME' })
    expect(await recordArrived({ ...world.once(), actor, placementId })).toMatchObject({ ok: false, reason: 'OWN_HOME' })
  })

  it('tells who asks for these nights when they were taken, and by whom', async () => {
    const { placementId, roomId } = await placed()
    await database.rows(`update plan set created_at = now() - interval '2 hours' where id = (select plan_id from placement where id = $1)`, [placementId])
    const bota = await world.staff('COORDINATOR', 'Bota')
    await change(placementId, 6, { actor: bota, hostAgreed: true })
    expect(await world.ask([await world.leg(roomId, 4, 6)]))
      .toMatchObject({ ok: false, reason: 'ROOM_TAKEN', detail: { byName: 'Bota', minutesAgo: 0, rooms: 'ONE' } })
    expect(await world.ask([await world.leg(roomId, 1, 2)]))
      .toMatchObject({ ok: false, reason: 'ROOM_TAKEN', detail: { byName: 'Aigul', minutesAgo: 120 } })
  })

  it('names the room where several were asked for', async () => {
    const { roomIds: [one = '', two = ''] } = await world.home({ sleeps: [2, 2] })
    await database.rows(`update room set name = 'loft' where id = $1`, [two])
    await world.proposed([await world.leg(two, 0, 2)])
    const arrivalId = await world.arrival({ adults: 2 })
    expect(await world.ask([await world.leg(one, 0, 2), await world.leg(two, 0, 2)], { arrivalId }))
      .toMatchObject({ ok: false, reason: 'ROOM_TAKEN', detail: { rooms: 'SEVERAL', roomName: 'loft' } })
  })

  it('names no coordinator where the host gave the nights themselves', async () => {
    const { placementId, roomId } = await placed()
    await askExtension({ ...world.once(), actor: world.ticket(placementId, 'GUEST'), placementId, until: await world.day(6) })
    await answerExtension({ ...world.once(), actor: world.ticket(placementId, 'HOST'), placementId, agree: true })
    expect(await world.ask([await world.leg(roomId, 4, 6)])).toMatchObject({ ok: false, reason: 'ROOM_STRETCHED', detail: { minutesAgo: 0 } })
  })
})

describe('a form drawn before somebody else changed the stay', () => {
  it('changes, ends and records nothing', async () => {
    const { placementId } = await placed()
    const old = { ...world.once(), actor: await world.staff('COORDINATOR'), placementId, version: await versionOf(placementId) }
    await extend({ ...old, key: world.newKey(), until: await world.day(2), hostAgreed: false })
    const stale = { ok: false, reason: 'STALE_VERSION' }
    expect(await extend({ ...old, until: await world.day(1), hostAgreed: false })).toMatchObject(stale)
    expect(await recordArrived(old)).toMatchObject(stale)
    expect(await world.end({ ...old, to: 'CANCELLED', side: 'GUEST', reason: 'OTHER' })).toMatchObject(stale)
    expect(await recordArrived({ ...old, version: await versionOf(placementId) })).toMatchObject({ ok: true })
  })

  it('nor a yes', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await world.proposed([await world.leg(roomId, 0, 2)])
    const actor = await world.staff('LEAD')
    const form = { ...world.once(), actor, placementId, version: (await versionOf(placementId)) + 1 }
    expect(await sayYes({ ...form, side: 'HOST', way: 'PHONE' })).toMatchObject({ ok: false, reason: 'STALE_VERSION' })
    expect(await secondYes(form)).toMatchObject({ ok: false, reason: 'STALE_VERSION' })
  })
})

describe('letters', () => {
  it('one to host and guest when several rooms of a home are confirmed', async () => {
    const { roomIds: [one = '', two = ''] } = await world.home({ sleeps: [2, 2] })
    const arrivalId = await world.arrival({ adults: 2 })
    await world.confirmed([await world.leg(one, 0, 2), await world.leg(two, 0, 2)], { arrivalId })
    expect(await world.told(arrivalId, 'CONFIRMED%')).toEqual(['CONFIRMED_GUEST', 'CONFIRMED_HOST'])
  })

  it('one for each home of a relay', async () => {
    const [first, second] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2] })]
    const arrivalId = await world.arrival({ adults: 1 })
    await world.confirmed([await world.leg(first.roomId, 0, 2), await world.leg(second.roomId, 2, 4)], { arrivalId })
    expect(await world.told(arrivalId, 'CONFIRMED%')).toHaveLength(4)
  })

  it('remind each side once, however often the clock strikes', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await world.proposed([await world.leg(roomId, 0, 2)], { arrivalId })
    const { plan } = await database.row('select plan_id as plan from placement where id = $1', [placementId])
    for (const _time of [1, 2, 3]) {
      await database.rows('update plan set remind_at = now() where id = $1', [plan])
      await remindDueJob()
    }
    expect(await world.told(arrivalId, 'REMIND%')).toEqual(['REMIND_GUEST', 'REMIND_HOST'])
  })
})

it('lets every other plan lapse when one cannot, and fails so that somebody sees it', async () => {
  const homes = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2] })]
  const legs = await Promise.all(homes.map(({ roomId }) => world.leg(roomId, 0, 2)))
  const [stuck = ''] = await world.proposed(legs.slice(0, 1))
  const [due = ''] = await world.proposed(legs.slice(1))
  await database.rows(`update plan set deadline = now() - interval '1 hour' where id = (select plan_id from placement where id = $1)`, [stuck])
  await database.rows(`update plan set deadline = now() where id = (select plan_id from placement where id = $1)`, [due])
  // an event of the next version is in the way of the first
  await database.rows(`insert into placement_event (placement_id, version, to_state, actor) values ($1, 2, 'LAPSED', 'system')`, [stuck])
  await expect(lapseDueJob()).rejects.toThrow('1 of 2')
  expect([await world.stateOf(stuck), await world.stateOf(due)]).toEqual(['PROPOSED', 'LAPSED'])
})
