import type { Actor, UserActor } from '@/lib/auth/rules'
import { propose, type PlanLeg } from '@/lib/placements/commands/propose'
import { release, type Release } from '@/lib/placements/commands/release'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { smallWorld } from './small-world'
import type { TestDatabase } from './test-database'

type Over = { actor?: UserActor; arrivalId?: string }

/** Stays in a small world, made through the commands as the screens make them. */
export function smallStays(database: TestDatabase) {
  const world = smallWorld(database)
  const once = () => ({ key: world.newKey(), requestHash: 'h' })
  const ticket = (placementId: string, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId, side }) as const

  async function staff(role: 'COORDINATOR' | 'LEAD', name = 'Aigul'): Promise<UserActor> {
    return { kind: 'USER', userId: await world.person(role, name), role, name, cityIds: ['almaty'], hostId: null }
  }

  /** A room for the nights from today, 0 being tonight, for one adult. */
  async function leg(roomId: string, from: number, until: number): Promise<PlanLeg> {
    return { roomId, from: await world.day(from), until: await world.day(until), adults: 1, childrenAges: [], reasons: {} }
  }

  async function ask(legs: PlanLeg[], over: Over = {}) {
    const actor = over.actor ?? (await staff('COORDINATOR'))
    const arrivalId = over.arrivalId ?? (await world.arrival({ adults: 1 }))
    return propose({ ...once(), actor, arrivalId, kind: 'RELAY', legs })
  }

  async function proposed(legs: PlanLeg[], over: Over = {}): Promise<string[]> {
    const made = await ask(legs, over)
    if (!made.ok) throw new Error(made.reason)
    return made.value.placementIds
  }

  const yes = (placementId: string, side: 'HOST' | 'GUEST') =>
    sayYes({ ...once(), actor: ticket(placementId, side), placementId, side, way: 'LINK' })

  async function confirmed(legs: PlanLeg[], over: Over = {}): Promise<string[]> {
    const placementIds = await proposed(legs, over)
    for (const placementId of placementIds) await yes(placementId, 'HOST')
    const [first = ''] = placementIds
    await yes(first, 'GUEST')
    await secondYes({ ...once(), actor: await staff('LEAD', 'Erlan'), placementId: first })
    return placementIds
  }

  type End = Partial<Omit<Release, 'actor'>> & Pick<Release, 'placementId' | 'to' | 'side' | 'reason'> & { actor?: Actor }
  const end = async (how: End) =>
    release({ ...once(), close: false, ...how, actor: how.actor ?? (await staff('COORDINATOR')) })

  /** A clock that went on: the placement's nights began that many days ago. */
  async function began(placementId: string, daysAgo: number) {
    await database.rows(`update opening set from_date = from_date - 30
      where room_id = (select room_id from placement where id = $1)`, [placementId])
    for (const table of ['hold', 'placement']) {
      const key = table === 'hold' ? 'placement_id' : 'id'
      await database.rows(`update ${table} set from_date = from_date - $2::int where ${key} = $1`, [placementId, daysAgo])
    }
  }

  const stateOf = async (placementId: string | undefined) =>
    (await database.row('select state from placement where id = $1', [placementId]))['state']
  const arrivalOf = (arrivalId: string) =>
    database.row('select state, broken_placement as broken, onward_until::text as onward from arrival where id = $1', [arrivalId])
  const told = async (arrivalId: string, kinds: string) => (await database.rows(
    'select kind from message where arrival_id = $1 and kind like $2 order by kind', [arrivalId, kinds])).map(({ kind }) => kind)

  return { ...world, once, ticket, staff, leg, ask, proposed, yes, confirmed, end, began, stateOf, arrivalOf, told }
}
