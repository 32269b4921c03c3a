import type { EffectRoom, EffectRooms } from '@/components/policies/draft-effect'
import { listMoved, type MovedParty } from '@/lib/arrivals/queries/moved'
import { listWaiting, type WaitingArrival } from '@/lib/arrivals/queries/waiting'
import { scopeOf, type CoordinatorScope } from '@/lib/auth/queries'
import type { UserActor } from '@/lib/auth/rules'
import type { Policy } from '@/lib/matching/policy'
import { findMatches, type Matches } from '@/lib/placements/queries/match'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'

const MOST_WAITING = 500
const PLACES_SHOWN = 5
/** Parties looked at for one whose rooms change their order, and shown. */
const PARTIES_TRIED = 6
const PARTIES_SHOWN = 2
const ROOMS_SHOWN = 3

/** What a draft would do to those who wait now. */
export interface Effect {
  places: MovedParty[]
  rooms: EffectRooms[]
}

interface Sides { inForce: Policy; draft: Policy }

function best({ candidates, labels }: Matches): EffectRoom[] {
  return candidates.slice(0, ROOMS_SHOWN).flatMap(({ room, score, maximum }) => {
    const label = labels.get(room.id)
    return label ? [{ roomId: room.id, ...label, cityId: room.cityId, districtId: room.districtId, score, maximum }] : []
  })
}

async function roomsFor(scope: CoordinatorScope, { need, timeZone, ...party }: WaitingArrival, { inForce, draft }: Sides): Promise<EffectRooms> {
  const asked = { need, today: dayInZone(now(), timeZone) }
  const [first, then] = [await findMatches(scope, { ...asked, policy: inForce }), await findMatches(scope, { ...asked, policy: draft })]
  return { party, now: best(first), then: best(then) }
}

function changesOrder({ now: before, then }: EffectRooms): boolean {
  return before.some(({ roomId }, index) => then[index]?.roomId !== roomId)
}

/** Looks for parties whose rooms change their order; where there are not enough, any with rooms. */
async function readRooms(scope: CoordinatorScope, rows: readonly WaitingArrival[], sides: Sides): Promise<EffectRooms[]> {
  const tried: EffectRooms[] = []
  for (const row of rows.filter(({ state }) => state === 'OPEN').slice(0, PARTIES_TRIED)) tried.push(await roomsFor(scope, row, sides))
  const shown = tried.filter((one) => one.now.length > 0)
  return shown.toSorted((one, other) => Number(changesOrder(other)) - Number(changesOrder(one))).slice(0, PARTIES_SHOWN)
}

/** Examples of what a draft would change in its city, of those who wait there at this moment. */
export async function readEffect(actor: UserActor, { cityId, ...sides }: Sides & { cityId: string }): Promise<Effect> {
  const scope = scopeOf({ ...actor, cityIds: [cityId] })
  const waiting = await listWaiting(scope, { view: 'ALL', limit: MOST_WAITING })
  const rows = waiting.filter(({ cityIds }) => cityIds[0] === cityId)
  const places = await listMoved(scope, { policy: sides.draft, most: PLACES_SHOWN })
  return { places, rooms: await readRooms(scope, rows, sides) }
}
