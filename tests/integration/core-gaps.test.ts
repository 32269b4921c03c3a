import { beforeAll, describe, expect, it } from 'vitest'
import { arrivalCase } from '@/lib/arrivals/queries/case'
import { stayView } from '@/lib/arrivals/queries/stay'
import { stageOf } from '@/lib/arrivals/rules/stay'
import type { CoordinatorScope } from '@/lib/auth/session'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { answerExtension, askExtension, extend, recordArrived } from '@/lib/placements/commands/stay'
import { readFigures } from '@/lib/placements/queries/figures'
import { listStays } from '@/lib/placements/queries/stays'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallStays>
let scope: CoordinatorScope

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
  scope = { actor: await world.staff('COORDINATOR'), cityIds: ['almaty'] } as unknown as CoordinatorScope
})

const listed = async (arrivalId: string) => (await listStays(scope, { view: 'ONWARD', limit: 500 })).find(({ id }) => id === arrivalId)
const nightsOf = async (from: number, until: number) => ({ from: await world.day(from), until: await world.day(until) })
const arrive = async (placementId: string) => recordArrived({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId })
const wish = async (placementId: string, until: number) =>
  askExtension({ ...world.once(), actor: world.ticket(placementId, 'GUEST'), placementId, until: await world.day(until) })
const untilOf = async (placementId: string) =>
  (await database.row('select until_date::text as until from placement where id = $1', [placementId]))['until']
const wishesOf = async (placementId: string) =>
  (await database.rows('select state from extension where placement_id = $1 order by asked_at', [placementId])).map(({ state }) => state)

/** Nights 0 to 3 with one host, then 3 to 6 with another; everything agreed. */
async function relay({ arrived = true } = {}) {
  const [first, second] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2] })]
  const arrivalId = await world.arrival({ adults: 1 })
  await database.rows('update arrival set until_date = from_date + 6 where id = $1', [arrivalId])
  const [now = '', later = ''] = await world.confirmed([await world.leg(first.roomId, 0, 3), await world.leg(second.roomId, 3, 6)], { arrivalId })
  if (arrived) await arrive(now)
  return { arrivalId, now, later, first, second }
}

/** Somebody who stays for three nights. */
async function staying({ arrived = true } = {}) {
  const home = await world.home({ sleeps: [2] })
  const arrivalId = await world.arrival({ adults: 1 })
  await database.rows('update arrival set until_date = from_date + 3 where id = $1', [arrivalId])
  const [placementId = ''] = await world.confirmed([await world.leg(home.roomId, 0, 3)], { arrivalId })
  if (arrived) await arrive(placementId)
  return { ...home, arrivalId, placementId }
}

describe('nights that broke before a later stay', () => {
  const ENDS = [
    ['the host ends it', true, (id: string) => world.end({ actor: world.ticket(id, 'HOST'), placementId: id, to: 'DEPARTED', side: 'HOST', reason: 'HOST_ENDED_EARLY' })],
    ['the desk writes it down', true, (id: string) => world.end({ placementId: id, to: 'DEPARTED', side: 'COORDINATOR', reason: 'HOST_ENDED_EARLY' })],
    ['the guest leaves and needs a place', true, (id: string) => world.end({ placementId: id, to: 'DEPARTED', side: 'GUEST', reason: 'SAFETY' })],
    ['the host takes it back', false, (id: string) => world.end({ placementId: id, to: 'CANCELLED', side: 'HOST', reason: 'OTHER' })],
  ] as const

  it.each(ENDS)('stand on top of their list, in the figures, on the case and on the guest’s page: %s', async (_what, arrived, deed) => {
    const { arrivalId, now } = await relay({ arrived })
    const { personsTonight } = await readFigures(scope)
    expect(await deed(now)).toMatchObject({ ok: true })
    const nights = await nightsOf(0, 3)
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', broken: true })
    expect(await listed(arrivalId)).toMatchObject({ onward: nights, nights, brokenPlacement: true })
    expect((await readFigures(scope)).personsTonight).toBe(personsTonight + 1)
    expect(await arrivalCase(scope, arrivalId)).toMatchObject({ onward: nights, need: { nights } })
    const view = await stayView(arrivalId)
    expect([view.onward, stageOf(view)]).toEqual([nights, 'SEARCHING'])
  })

  it('also a no-show that still needs a place', async () => {
    const { arrivalId, placementId } = await staying({ arrived: false })
    const next = await world.home({ sleeps: [2] })
    await world.confirmed([await world.leg(next.roomId, 3, 6)], { arrivalId })
    await world.began(placementId, 1)
    expect(await world.end({ placementId, to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW' })).toMatchObject({ ok: true })
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(0, 3) })
  })

  it.each(['GUEST', 'HOST', 'COORDINATOR'] as const)('also a no-show at the first leg of a relay, whose later legs stay: %s', async (side) => {
    const { arrivalId, now, later } = await relay({ arrived: false })
    await world.began(now, 1)
    expect(await world.end({ placementId: now, to: 'NOT_ARRIVED', side, reason: 'NO_SHOW' })).toMatchObject({ ok: true, value: { ended: 1 } })
    expect([await world.stateOf(now), await world.stateOf(later)]).toEqual(['NOT_ARRIVED', 'CONFIRMED'])
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(0, 3) })
    expect(await world.end({ placementId: later, to: 'NOT_ARRIVED', side, reason: 'NO_SHOW' })).toMatchObject({ ok: false, reason: 'TOO_EARLY' })
  })

  it('but no leg of guests who did not come and need nothing more: all of it ends, and the request closes', async () => {
    const { arrivalId, now, later } = await relay({ arrived: false })
    await world.began(now, 1)
    expect(await world.end({ placementId: now, to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW', close: true })).toMatchObject({ ok: true, value: { ended: 2 } })
    expect([await world.stateOf(now), await world.stateOf(later)]).toEqual(['NOT_ARRIVED', 'NOT_ARRIVED'])
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'CLOSED' })
  })

  it('also a no-show at the first of two stays in the same home', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const [now = '', later = ''] = await world.confirmed([await world.leg(roomId, 0, 3), await world.leg(roomId, 3, 6)])
    await world.began(now, 1)
    expect(await world.end({ placementId: now, to: 'NOT_ARRIVED', side: 'HOST', reason: 'NO_SHOW' })).toMatchObject({ value: { ended: 1 } })
    expect(await world.stateOf(later)).toBe('CONFIRMED')
  })

  it('come before older waits in their list', async () => {
    const old = await staying()
    await wish(old.placementId, 5)
    await answerExtension({ ...world.once(), actor: world.ticket(old.placementId, 'HOST'), placementId: old.placementId, agree: false })
    await database.rows(`update arrival set waiting_since = now() - interval '20 days' where id = $1`, [old.arrivalId])
    const { arrivalId, now } = await relay()
    await ENDS[0][2](now)
    const order = (await listStays(scope, { view: 'ONWARD', limit: 500 })).map(({ id }) => id)
    expect(order.indexOf(arrivalId)).toBeLessThan(order.indexOf(old.arrivalId))
  })

  it('can be proposed, leave the list while they are, come back after a no and are over with a yes', async () => {
    const { arrivalId, now } = await relay()
    await ENDS[0][2](now)
    const [no, yes] = [await world.home({ sleeps: [2] }), await world.home({ sleeps: [2] })]
    const found = await proposeMatch({ ...world.once(), actor: await world.staff('COORDINATOR'), arrivalId, from: await world.day(0), roomIds: [no.roomId] })
    const [asked = ''] = found.ok ? found.value.placementIds : []
    expect(await untilOf(asked)).toBe(await world.day(3))
    expect(await listed(arrivalId)).toBeUndefined()
    expect(stageOf(await stayView(arrivalId))).toBe('PROPOSED')
    await world.end({ actor: world.ticket(asked, 'HOST'), placementId: asked, to: 'DECLINED', side: 'HOST', reason: 'OTHER' })
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(0, 3) })
    await world.confirmed([await world.leg(yes.roomId, 0, 2)], { arrivalId })
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(2, 3) })
    await world.confirmed([await world.leg(yes.roomId, 2, 3)], { arrivalId })
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', broken: false, onward: null })
    expect(stageOf(await stayView(arrivalId))).toBe('CONFIRMED')
  })

  it('are over when the guest needs nothing more in between', async () => {
    const { arrivalId, now } = await relay()
    await world.end({ placementId: now, to: 'DEPARTED', side: 'GUEST', reason: 'FAMILY_CAME', close: true })
    expect(await listed(arrivalId)).toBeUndefined()
  })

  it('are not forgotten where the later stay was only proposed when the first broke', async () => {
    const { arrivalId, placementId } = await staying()
    const next = await world.home({ sleeps: [2] })
    const [later = ''] = await world.proposed([await world.leg(next.roomId, 3, 6)], { arrivalId })
    await ENDS[0][2](placementId)
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'OFFERED', broken: true })
    await database.rows('update placement set needs_second = false where id = $1', [later])
    await world.yes(later, 'HOST')
    await world.yes(later, 'GUEST')
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'PLACED', broken: true })
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(0, 3) })
  })

  it('follow a stay that is shortened or lengthened later', async () => {
    const { arrivalId, now, later } = await relay()
    await wish(later, 9)
    await answerExtension({ ...world.once(), actor: world.ticket(later, 'HOST'), placementId: later, agree: false })
    await extend({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId: later, until: await world.day(5), hostAgreed: false })
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(5, 9) })
    await ENDS[0][2](now)
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(0, 3) })
    await extend({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId: later, until: await world.day(9), hostAgreed: true })
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(0, 3) })
  })
})

describe('a wish that outlives the stay', () => {
  const overdue = async (arrivalId: string, placementId: string) => {
    await database.rows(`update opening set from_date = from_date - 60 where room_id = (select room_id from placement where id = $1)`, [placementId])
    for (const [table, key] of [['placement', 'id'], ['hold', 'placement_id']] as const) {
      await database.rows(`update ${table} set from_date = from_date - 12, until_date = until_date - 12 where ${key} = $1`, [placementId])
    }
    await database.rows('update arrival set from_date = from_date - 12, until_date = until_date - 12 where id = $1', [arrivalId])
    await database.rows('select close_overdue($1)', [arrivalId])
  }
  const asked = (arrivalId: string) => database.row('select state, from_date::text as from, until_date::text as until, closed_at from arrival where id = $1', [arrivalId])

  it.each([true, false])('stays a request when the clock closes the stay, refused or never answered (arrived: %s)', async (arrived) => {
    const [refused, silent] = [await staying({ arrived }), await staying({ arrived })]
    for (const { placementId } of [refused, silent]) expect(await wish(placementId, 6)).toMatchObject({ ok: true })
    await answerExtension({ ...world.once(), actor: world.ticket(refused.placementId, 'HOST'), placementId: refused.placementId, agree: false })
    for (const { arrivalId, placementId } of [refused, silent]) {
      await overdue(arrivalId, placementId)
      expect(await asked(arrivalId)).toEqual({ state: 'OPEN', ...(await nightsOf(0, 6)), closed_at: null })
      expect(await world.arrivalOf(arrivalId)).toMatchObject({ onward: null })
    }
    const none = await staying({ arrived })
    await overdue(none.arrivalId, none.placementId)
    expect(await asked(none.arrivalId)).toMatchObject({ state: 'CLOSED' })
  })

  it('is looked for when what was proposed for it lapses after a planned end', async () => {
    const { arrivalId, placementId } = await staying()
    const next = await world.home({ sleeps: [2] })
    const [later = ''] = await world.proposed([await world.leg(next.roomId, 3, 6)], { arrivalId })
    await world.end({ placementId, to: 'DEPARTED', side: 'GUEST', reason: 'PLANNED', close: true })
    await database.rows('update plan set deadline = now() where id = (select plan_id from placement where id = $1)', [later])
    await database.rows('select lapse_plan(plan_id) from placement where id = $1', [later])
    expect(await asked(arrivalId)).toMatchObject({ state: 'OPEN', until: await world.day(6) })
  })
})

it('a running stay that a fear ends through another placement is a broken one, and its nights move', async () => {
  const { roomId, arrivalId, placementId } = await staying()
  await database.rows('update arrival set from_date = from_date - 5 where id = $1', [arrivalId])
  const [later = ''] = await world.proposed([await world.leg(roomId, 5, 7)], { arrivalId })
  await world.end({ actor: world.ticket(later, 'GUEST'), placementId: later, to: 'DECLINED', side: 'GUEST', reason: 'NOT_SAFE' })
  expect(await world.stateOf(placementId)).toBe('DEPARTED')
  expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'OPEN', broken: true })
  expect(await database.row('select from_date::text as from from arrival where id = $1', [arrivalId])).toEqual({ from: await world.day(0) })
})

describe('a wish to stay longer with a host whose vetting ran out', () => {
  const unvet = (hostId: string) => database.rows(`update host set state = 'APPLIED' where id = $1`, [hostId])

  it('is over with the host’s yes, and the nights are looked for', async () => {
    const { hostId, arrivalId, placementId } = await staying()
    await wish(placementId, 6)
    await unvet(hostId)
    const yes = { ...world.once(), actor: world.ticket(placementId, 'HOST'), placementId, agree: true }
    expect(await answerExtension(yes)).toMatchObject({ ok: false, reason: 'EXTEND_NOT_OPEN' })
    expect(await wishesOf(placementId)).toEqual(['REFUSED'])
    expect(await world.told(arrivalId, 'EXTENSION%')).toEqual(['EXTENSION_REFUSED'])
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(3, 6) })
  })

  it('is not asked, and the guest reads at once that we look for another place', async () => {
    const { hostId, arrivalId, placementId } = await staying()
    await unvet(hostId)
    expect(await wish(placementId, 6)).toMatchObject({ ok: true })
    expect(await wishesOf(placementId)).toEqual(['REFUSED'])
    expect(await world.told(arrivalId, 'ASK_EXTENSION')).toEqual([])
    expect(await listed(arrivalId)).toMatchObject({ onward: await nightsOf(3, 6) })
    const [home] = (await stayView(arrivalId)).plans.flatMap(({ homes }) => homes)
    expect(home?.extension).toEqual({ until: await world.day(6), state: 'REFUSED', searching: true })
  })
})

it('says that we look for nights after a stay only while we do', async () => {
  const { arrivalId, placementId } = await staying()
  await wish(placementId, 6)
  await answerExtension({ ...world.once(), actor: world.ticket(placementId, 'HOST'), placementId, agree: false })
  const searching = async () => (await stayView(arrivalId)).plans[0]?.homes[0]?.extension?.searching
  expect(await searching()).toBe(true)
  const next = await world.home({ sleeps: [2] })
  await world.confirmed([await world.leg(next.roomId, 3, 6)], { arrivalId })
  expect(await searching()).toBe(false)
})

describe('a wish whose morning has come', () => {
  /** Guests who are still there on the morning they asked for, which the host has not answered. */
  async function late() {
    const stay = await staying()
    await wish(stay.placementId, 6)
    await world.began(stay.placementId, 6)
    for (const table of ['hold', 'placement']) {
      await database.rows(`update ${table} set until_date = until_date - 6 where ${table === 'hold' ? 'placement_id' : 'id'} = $1`, [stay.placementId])
    }
    await database.rows('update extension set until_date = until_date - 6 where placement_id = $1', [stay.placementId])
    return stay
  }

  it('is closed by the host’s yes, which changes nothing and is told to nobody', async () => {
    const { arrivalId, placementId } = await late()
    const yes = { ...world.once(), actor: world.ticket(placementId, 'HOST'), placementId, agree: true }
    for (const _time of [1, 2]) expect(await answerExtension(yes)).toMatchObject({ ok: false, reason: 'EXTEND_OVER' })
    expect(await wishesOf(placementId)).toEqual(['REFUSED'])
    expect(await world.told(arrivalId, 'EXTENSION%')).toEqual([])
    expect(await untilOf(placementId)).toBe(await world.day(-3))
    expect(await answerExtension({ ...yes, key: world.newKey() })).toMatchObject({ ok: false, reason: 'ALREADY_DECIDED' })
  })

  it('keeps nobody from asking again', async () => {
    const { placementId, roomId } = await late()
    await database.rows(`update opening set until_date = until_date + 30 where room_id = $1`, [roomId])
    expect(await wish(placementId, 2)).toMatchObject({ ok: true })
    expect(await wishesOf(placementId)).toEqual(['REFUSED', 'ASKED'])
    expect(await wish(placementId, 3)).toMatchObject({ ok: false, reason: 'ALREADY_ASKED' })
  })
})
