import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readCase } from '@/app/[locale]/coordinate/read-case'
import { scopeOf } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import { tieEvents } from '@/lib/jobs/fill-queue'
import { closeKeeper, keepPlacesLive, lookOnce, openKeeper, type Keeper } from '@/lib/jobs/keep-places-live'
import { log } from '@/lib/log'
import { roundWorld } from '../setup/round-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

/** Looks after which every change of a small world must have its place. */
const MOST_LOOKS = 6

let database: TestDatabase
let world: ReturnType<typeof roundWorld>
let aigul: UserActor
let keepers: Keeper[] = []

beforeAll(async () => {
  database = await testDatabase()
  world = roundWorld(database)
  aigul = await world.staff('COORDINATOR')
})
beforeEach(() => world.empty())
afterEach(async () => {
  for (const keeper of keepers) await closeKeeper(keeper)
  keepers = []
})

function keeper(): Keeper {
  const made = openKeeper()
  keepers.push(made)
  return made
}

/** Looks until nothing is due. @returns how many looks it took. */
async function settle(one: Keeper): Promise<number> {
  await tieEvents()
  for (let look = 1; look <= MOST_LOOKS; look += 1) if ((await lookOnce(one)) === 'IDLE') return look
  throw new Error(`still busy after ${String(MOST_LOOKS)} looks`)
}

const placeOf = async (arrivalId: string) => (await database.rows(
  'select room_id as "roomId", mark from live_place where arrival_id = $1', [arrivalId]))[0] ?? null

/** The event of the command that would have made this row. */
const tell = (action: string, subject: Record<string, string>) =>
  database.rows(`select add_audit('test', $1, $2)`, [action, JSON.stringify(subject)])

async function comes(): Promise<string> {
  const arrivalId = await world.arrival({ adults: 1 })
  await tell('arrival.requested', { arrival: arrivalId })
  return arrivalId
}

const readyOn = async (arrivalId: string) => {
  const { rooms } = await readCase(scopeOf(aigul), arrivalId, { room: '', find: '' })
  if (!rooms) throw new Error('it looks for rooms')
  const { ready, matches: { candidates } } = rooms
  return { ready, listed: candidates.some(({ room }) => room.id === ready?.roomId) }
}

describe('the place that stands ready', () => {
  it('is there for who comes, and gives way to who needs it more', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const one = keeper()
    const first = await comes()
    await settle(one)
    expect(await placeOf(first)).toEqual({ roomId, mark: 'BEST_FOR_ALL' })

    const urgent = await comes()
    await database.rows('update arrival set unsafe_to_return = true, unwell = true where id = $1', [urgent])
    expect(await settle(one)).toBeLessThanOrEqual(2)
    expect(await placeOf(urgent)).toEqual({ roomId, mark: 'BEST_FOR_ALL' })
    expect(await placeOf(first)).toEqual({ roomId, mark: 'BEST_ALONE' })
    expect(await readyOn(urgent)).toMatchObject({ ready: { roomId, mark: 'BEST_FOR_ALL', slow: false }, listed: true })
  })

  it('goes when its room is taken, and comes when the room is freed', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const one = keeper()
    const waiting = await comes()
    await settle(one)
    const other = await comes()
    const [placementId = ''] = await world.proposed([await world.leg(roomId, 0, 10)], { actor: aigul, arrivalId: other })
    // the next look has not come yet: the page asks the rules itself
    expect(await readyOn(waiting)).toMatchObject({ ready: { roomId }, listed: false })
    await settle(one)
    expect(await placeOf(waiting)).toBeNull()
    await world.end({ placementId, to: 'CANCELLED', side: 'COORDINATOR', reason: 'NO_LONGER_FITS', actor: aigul })
    expect(await settle(one)).toBeLessThanOrEqual(2)
    expect(await placeOf(waiting)).toMatchObject({ roomId })
  })

  it('is forgotten with who asks for it, and does not come back', async () => {
    await world.home({ sleeps: [1] })
    const one = keeper()
    const arrivalId = await comes()
    await settle(one)
    expect(await placeOf(arrivalId)).not.toBeNull()
    await database.rows(`update arrival set state = 'WITHDRAWN', erased_at = now(), closed_at = now() where id = $1`, [arrivalId])
    expect(await placeOf(arrivalId)).toBeNull()
    await tell('arrival.erased', { arrival: arrivalId })
    await settle(one)
    expect(await placeOf(arrivalId)).toBeNull()
  })
})

describe('workers that keep places ready', () => {
  it('take turns: the second waits until the first has gone, and then knows what happened meanwhile', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const [one, other] = [keeper(), keeper()]
    await settle(one)
    const arrivalId = await comes()
    await tieEvents()
    const looks = await Promise.all([lookOnce(one), lookOnce(other)])
    expect(looks).toEqual(['BUSY', 'AWAY'])
    await closeKeeper(one)
    const late = await comes()
    await settle(other)
    expect([await placeOf(arrivalId), await placeOf(late)]).toEqual(expect.arrayContaining([{ roomId, mark: 'BEST_FOR_ALL' }, { roomId, mark: 'BEST_ALONE' }]))
    expect(await lookOnce(one)).toBe('AWAY')
  })

  it('break off when they are told to stop, call that no failure, and leave the places to the next', async () => {
    const { roomId } = await world.home({ sleeps: [1] })
    const arrivalId = await comes()
    const stop = new AbortController()
    const kept = keepPlacesLive(stop.signal)
    await vi.waitFor(async () => expect(await database.rows('select 1 from live_keeper where until > now()')).toHaveLength(1))
    stop.abort()
    await kept
    expect(await database.rows('select city_id from live_city where failure is not null')).toEqual([])
    await settle(keeper())
    expect(await placeOf(arrivalId)).toEqual({ roomId, mark: 'BEST_FOR_ALL' })
  })

  it('pass over a city that is broken, say so, and go on with the others', async () => {
    const said = vi.spyOn(log, 'error').mockImplementation(() => undefined)
    const { roomId } = await world.home({ sleeps: [1] })
    await database.rows(`insert into city (id, country, time_zone) values ('aaa-unknown', 'KZ', 'Asia/Almaty') on conflict do nothing`)
    const lost = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set city_ids = '{aaa-unknown}' where id = $1`, [lost])
    const arrivalId = await comes()
    await settle(keeper())
    expect(await placeOf(arrivalId)).toEqual({ roomId, mark: 'BEST_FOR_ALL' })
    expect(await database.row(`select failure from live_city where city_id = 'aaa-unknown'`)).toEqual({ failure: 'BROKEN' })
    expect(said).toHaveBeenCalledOnce()
    await database.rows(`update arrival set city_ids = '{almaty}' where id = $1`, [lost])
  })
})
