import { beforeAll, describe, expect, it } from 'vitest'
import { stayView } from '@/lib/arrivals/queries/stay'
import { answerView } from '@/lib/hosts/queries/answer'
import { sayNoAsGuest } from '@/lib/placements/commands/release'
import { GUEST_NO_REASONS } from '@/lib/placements/schema'
import { ticketFor } from '@/lib/privacy/secret'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

async function proposed() {
  const { roomId } = await world.home({ sleeps: [2] })
  const coordinator = await world.person('COORDINATOR', 'Aigul')
  const arrivalId = await world.arrival({ adults: 1 })
  const made = await world.propose(coordinator, arrivalId, [{ roomId, from: 0, until: 3, adults: 1 }])
  return { arrivalId, placementId: made.placementIds?.[0] ?? '', lead: await world.person('LEAD', 'Erlan') }
}

async function mailedState(placementId: string) {
  const view = await answerView(ticketFor(placementId, 'GUEST'))
  return view?.side === 'GUEST' ? view.offer.state : null
}

const WAYS = ['their page', 'the mailed link'] as const
const NEEDS_NOTHING: readonly string[] = ['FOUND_A_PLACE', 'MOVED_ON']

describe.each(WAYS)('a guest’s no from %s', (way) => {
  it.each(GUEST_NO_REASONS)('because of %s means the same', async (reason) => {
    const { arrivalId, placementId } = await proposed()
    const actor = way === 'their page' ? { kind: 'GUEST', arrivalId } as const : { kind: 'TICKET', placementId, side: 'GUEST' } as const
    expect(await sayNoAsGuest({ actor, key: world.newKey(), requestHash: 'h', placementId, reason })).toMatchObject({ ok: true })
    const closed = NEEDS_NOTHING.includes(reason)
    const { state, lastEnd } = await stayView(arrivalId)
    expect(state).toBe(closed ? 'CLOSED' : 'OPEN')
    expect(lastEnd).toEqual({ state: 'DECLINED', side: 'GUEST' })
    expect(await mailedState(placementId)).toBe(closed ? 'CLOSED' : 'OVER')
  })
})

it('an old mailed link says what became of the request, and promises no search that is not going on', async () => {
  const { arrivalId, placementId, lead } = await proposed()
  await world.sayYes(placementId, 'HOST')
  await world.sayYes(placementId, 'GUEST')
  await world.secondYes(lead, placementId)
  expect(await mailedState(placementId)).toBe('CONFIRMED')
  await world.release(placementId, 'CANCELLED', 'GUEST', 'OTHER')
  expect(await mailedState(placementId)).toBe('OVER')
  await database.rows(`update arrival set state = 'PLACED' where id = $1`, [arrivalId])
  expect(await mailedState(placementId)).toBe('ELSEWHERE')
  await database.rows(`update arrival set state = 'WITHDRAWN' where id = $1`, [arrivalId])
  expect(await mailedState(placementId)).toBe('CLOSED')
})
