import { beforeAll, describe, expect, it } from 'vitest'
import { reopenArrival, withdrawArrival } from '@/lib/placements/commands/release'
import { pauseHost, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes } from '@/lib/placements/commands/yes'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallStays>

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
})

/** Somebody confirmed in a home of their own for ten nights, or there already. */
async function placed({ arrived = false } = {}) {
  const home = await world.home({ sleeps: [2] })
  const arrivalId = await world.arrival({ adults: 1 })
  const [placementId = ''] = await world.confirmed([await world.leg(home.roomId, 0, 10)], { arrivalId })
  if (arrived) await recordArrived({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId })
  return { ...home, arrivalId, placementId }
}

const blocks = (hostId: string) => database.rows('select arrival_id from block where host_id = $1', [hostId])

describe('a stay that ended badly', () => {
  it.each(['SAFETY', 'CONFLICT'])('%s: a block parts the two for good', async (reason) => {
    const { roomId, hostId, arrivalId, placementId } = await placed({ arrived: true })
    await world.end({ placementId, to: 'DEPARTED', side: 'COORDINATOR', reason })
    expect(await blocks(hostId)).toEqual([{ arrival_id: arrivalId }])
    expect(await world.ask([await world.leg(roomId, 0, 2)], { arrivalId })).toMatchObject({ ok: false, reason: 'BLOCKED' })
  })

  it.each([['HOST', 'SAFETY_WORRY'], ['GUEST', 'NOT_SAFE']] as const)('%s %s: also before anybody came', async (side, reason) => {
    const { hostId, placementId } = await placed()
    await world.end({ placementId, to: 'CANCELLED', side, reason })
    expect(await blocks(hostId)).toHaveLength(1)
  })

  it('ends whatever else is agreed between the same two', async () => {
    const { roomId, arrivalId, placementId } = await placed({ arrived: true })
    const [later = ''] = await world.proposed([await world.leg(roomId, 10, 12)], { arrivalId })
    await world.end({ placementId, to: 'DEPARTED', side: 'GUEST', reason: 'SAFETY' })
    expect(await world.stateOf(later)).toBe('CANCELLED')
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'OPEN', broken: true })
  })

  it('by the host: is not offered there again for a while, and without a block', async () => {
    const { roomId, hostId, arrivalId, placementId } = await placed({ arrived: true })
    await world.end({ actor: world.ticket(placementId, 'HOST'), placementId, to: 'DEPARTED', side: 'HOST', reason: 'HOST_ENDED_EARLY' })
    expect(await world.ask([await world.leg(roomId, 0, 2)], { arrivalId })).toMatchObject({ ok: false, reason: 'REFUSED_BEFORE' })
    expect(await blocks(hostId)).toEqual([])
  })

  it('as planned: leaves nothing between them', async () => {
    const { roomId, arrivalId, placementId } = await placed({ arrived: true })
    await world.end({ placementId, to: 'DEPARTED', side: 'GUEST', reason: 'PLANNED' })
    expect(await world.ask([await world.leg(roomId, 0, 2)], { arrivalId })).toMatchObject({ ok: true })
  })
})

describe('an end is told to who did not write it', () => {
  it('did not come: both, and not before the first evening is over', async () => {
    const { arrivalId, placementId } = await placed()
    const absent = { placementId, to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW' } as const
    expect(await world.end(absent)).toMatchObject({ ok: false, reason: 'TOO_EARLY' })
    await world.began(placementId, 1)
    expect(await world.end(absent)).toMatchObject({ ok: true })
    expect(await world.told(arrivalId, 'ENDED%')).toEqual(['ENDED_GUEST', 'ENDED_HOST'])
  })

  it.each(['HOST', 'GUEST'] as const)('cancelled by a coordinator for the %s: both', async (side) => {
    const { arrivalId, placementId } = await placed()
    await world.end({ placementId, to: 'CANCELLED', side, reason: 'OTHER' })
    expect(await world.told(arrivalId, 'ENDED%')).toEqual(['ENDED_GUEST', 'ENDED_HOST'])
  })

  it.each([['HOST', ['ENDED_GUEST']], ['GUEST', ['ENDED_HOST']]] as const)('by the %s themselves: the other', async (side, kinds) => {
    const { arrivalId, placementId } = await placed()
    await world.end({ actor: world.ticket(placementId, side), placementId, to: 'CANCELLED', side, reason: 'OTHER' })
    expect(await world.told(arrivalId, 'ENDED%')).toEqual(kinds)
  })

  it('a host who ends a running stay puts the guests first in line', async () => {
    const { arrivalId, placementId } = await placed({ arrived: true })
    await world.end({ actor: world.ticket(placementId, 'HOST'), placementId, to: 'DEPARTED', side: 'HOST', reason: 'HOST_ENDED_EARLY' })
    expect(await world.arrivalOf(arrivalId)).toMatchObject({ state: 'OPEN', broken: true })
    expect(await world.told(arrivalId, 'ENDED%')).toEqual(['ENDED_GUEST'])
  })
})

describe('a request that is opened again', () => {
  async function withdrawn(erase: boolean) {
    const arrivalId = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set waiting_since = now() - interval '3 days' where id = $1`, [arrivalId])
    await withdrawArrival({ ...world.once(), actor: { kind: 'GUEST', arrivalId }, arrivalId, erase })
    return arrivalId
  }

  it('keeps its waiting time and is written down', async () => {
    const arrivalId = await withdrawn(false)
    expect(await reopenArrival({ ...world.once(), actor: await world.staff('COORDINATOR'), arrivalId })).toMatchObject({ ok: true })
    expect(await database.row(`select state, closed_at, waiting_since < now() - interval '2 days' as kept from arrival where id = $1`, [arrivalId]))
      .toEqual({ state: 'OPEN', closed_at: null, kept: true })
    expect(await database.rows(`select 1 from audit_event where action = 'arrival.reopened' and subject ->> 'arrival' = $1`, [arrivalId]))
      .toHaveLength(1)
    expect(await reopenArrival({ ...world.once(), actor: await world.staff('COORDINATOR'), arrivalId }))
      .toMatchObject({ ok: false, reason: 'ALREADY_DECIDED' })
  })

  it.each([
    ['long over', -40, -30, 0, 10],
    ['half gone', -4, 3, 0, 7],
    ['still ahead', 5, 9, 5, 9],
    ['a year, half gone', -100, 266, 0, 366],
  ])('asks for as many nights from today, where its own are %s, and is kept for them', async (_nights, from, until, newFrom, newUntil) => {
    const arrivalId = await withdrawn(false)
    const tonight = await world.day(0)
    await database.rows('update arrival set from_date = $2::date + $3::int, until_date = $2::date + $4::int where id = $1', [arrivalId, tonight, from, until])
    expect(await reopenArrival({ ...world.once(), actor: await world.staff('COORDINATOR'), arrivalId })).toMatchObject({ ok: true })
    expect(await database.row('select from_date::text, until_date::text, erase_day(id)::text as erased from arrival where id = $1', [arrivalId]))
      .toEqual({ from_date: await world.day(newFrom), until_date: await world.day(newUntil), erased: await world.day(newUntil + 30) })
  })

  it('is not the deleted one, and not one of another town', async () => {
    const arrivalId = await withdrawn(true)
    const actor = await world.staff('COORDINATOR')
    expect(await reopenArrival({ ...world.once(), actor, arrivalId })).toMatchObject({ ok: false, reason: 'ARRIVAL_ERASED' })
    const elsewhere = { ...actor, cityIds: ['astana'] }
    await expect(reopenArrival({ ...world.once(), actor: elsewhere, arrivalId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('how often a host answers', () => {
  const counts = (hostId: string) => database.row('select asked_count as asked, answered_count as answered from host where id = $1', [hostId])

  async function asked() {
    const home = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await world.proposed([await world.leg(home.roomId, 0, 2)], { arrivalId })
    return { ...home, arrivalId, placementId }
  }

  async function ranOut({ arrivalId }: { arrivalId: string }) {
    await database.rows('update plan set deadline = now() where arrival_id = $1', [arrivalId])
    await database.rows('select lapse_plan(id) from plan where arrival_id = $1', [arrivalId])
  }

  type Asked = Awaited<ReturnType<typeof asked>>
  it.each<[string, number, number, (stay: Asked) => Promise<unknown>]>([
    ['nobody has answered yet', 0, 0, async () => null],
    ['a yes', 1, 1, ({ placementId }) => world.yes(placementId, 'HOST')],
    ['a no', 1, 1, ({ placementId }) =>
      world.end({ actor: world.ticket(placementId, 'HOST'), placementId, to: 'DECLINED', side: 'HOST', reason: 'OTHER' })],
    ['a pause', 1, 1, ({ userId, hostId }) => pauseHost({
      ...world.once(), hostId, paused: true, actor: { kind: 'USER', userId, role: 'HOST', name: 'Dana', cityIds: [], hostId },
    })],
    ['silence', 1, 0, ranOut],
    ['a guest who says no', 0, 0, ({ placementId }) =>
      world.end({ actor: world.ticket(placementId, 'GUEST'), placementId, to: 'DECLINED', side: 'GUEST', reason: 'OTHER' })],
    ['a coordinator who takes it back', 0, 0, ({ placementId }) =>
      world.end({ placementId, to: 'CANCELLED', side: 'COORDINATOR', reason: 'OTHER' })],
  ])('%s: asked %i, answered %i', async (_what, askedTimes, answeredTimes, deed) => {
    const stay = await asked()
    await deed(stay)
    expect(await counts(stay.hostId)).toEqual({ asked: askedTimes, answered: answeredTimes })
  })
})

describe('the legal card', () => {
  const version = async (arrivalId: string) => (await database.row('select legal_version from arrival where id = $1', [arrivalId]))['legal_version']

  it('is kept with the guest’s yes by the mailed link, and not with a yes that was refused', async () => {
    const { roomId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 1 })
    const [placementId = ''] = await world.proposed([await world.leg(roomId, 0, 2)], { arrivalId })
    await database.rows('update plan set deadline = now() where arrival_id = $1', [arrivalId])
    expect(await world.yes(placementId, 'GUEST')).toMatchObject({ ok: false, reason: 'LAPSED' })
    expect(await version(arrivalId)).toBeNull()
    await database.rows(`update plan set deadline = now() + interval '1 hour' where arrival_id = $1`, [arrivalId])
    const host = { ...world.once(), actor: world.ticket(placementId, 'HOST'), placementId, way: 'LINK' } as const
    await sayYes({ ...host, side: 'HOST' })
    expect(await version(arrivalId)).toBeNull()
    expect(await world.yes(placementId, 'GUEST')).toMatchObject({ ok: true })
    expect(await version(arrivalId)).toBe(LEGAL_VERSION)
  })
})
