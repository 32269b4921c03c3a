import { addDays, laterDay } from '@/lib/time/day'
import { firstOf, refuse, type Answer } from './answer'
import { answeredTogether, homeIdOf, hostIdOf, housedTogether, isLive, placementsWhere, todayAt, type Known } from './look'
import { settleAll } from './settle'
import { change, pairOf, rowOf, type Placement, type PlacementState, type Side, type World } from './world'

const REMEMBER_NO_DAYS = 30
const REMEMBER_SILENCE_DAYS = 3
const PARTS_FOR_GOOD = ['CONFLICT', 'SAFETY', 'SAFETY_WORRY', 'NOT_SAFE']

/** How a stay may end from where it is; what is not here is refused. Lapsing is the clock's alone. */
const ENDS: Partial<Record<PlacementState, readonly PlacementState[]>> = {
  PROPOSED: ['DECLINED', 'CANCELLED'],
  CONFIRMED: ['CANCELLED', 'NOT_ARRIVED'],
  ARRIVED: ['DEPARTED'],
}

export interface Ending {
  to: PlacementState
  /** Whose decision or silence it was. */
  side: Side
  reason: string
}

export interface Release extends Ending {
  placementId: string
  actor: string
  /** The arrival needs nothing more. */
  close: boolean
  version?: number
}

/** A no, a withdrawal, a no-show, a departure, and what the same answer ends with it. */
export function release(world: World, request: Release): Answer {
  const refusal = releaseRefusal(world, request)
  if (refusal !== null) return refuse(refusal)
  const stay = rowOf(world.placements, request.placementId)
  const ended = endedWith(world, stay, request)
  for (const { id } of ended) end(world, id, request)
  const parted = PARTS_FOR_GOOD.includes(request.reason) ? partForGood(world, stay, request) : 0
  // a host's no speaks of every party of a group in the home; only who was asked about says that they need nothing more
  settleAll(world, [stay, ...ended], { closes: request.close ? stay.arrivalId : null })
  return { code: 'OK', ended: ended.length + parted }
}

function isOwnHome(world: World, stay: Placement, { actor, side }: Release): boolean {
  return side !== 'HOST' && actor === `user:${rowOf(world.hosts, hostIdOf(world, stay)).userId}`
}

function releaseRefusal(world: World, request: Release): string | null {
  const { placementId, to, version } = request
  const stay = world.placements.get(placementId)
  if (stay === undefined) return 'NOT_FOUND'
  return firstOf(
    ['OWN_HOME', () => isOwnHome(world, stay, request)],
    ['NOT_OPEN', () => ENDS[stay.state]?.includes(to) !== true],
    ['STALE_VERSION', () => version !== undefined && version !== stay.version],
    ['TOO_EARLY', () => to === 'NOT_ARRIVED' && !isFirstDayOver(world, stay)],
  )
}

/** Trains are late: nobody is written off before the day they were expected is over. */
function isFirstDayOver(world: World, stay: Placement): boolean {
  return stay.nights.from < todayAt(world, stay)
}

/** Who leaves takes along who lives with them; a host's or our answer is about one home, a guest's about the plan. */
function endedWith(world: World, stay: Placement, request: Release): Known<Placement>[] {
  const { to, side, close } = request
  if (to === 'DEPARTED') return housedTogether(world, stay)
  const together = answeredTogether(world, stay, { side: side === 'GUEST' ? 'GUEST' : 'HOST', state: stay.state })
  return close ? together : together
    // whoever writes an end down for others ends nothing in a home of their own; who missed the first leg may come to the next
    .filter((one) => !isOwnHome(world, one, request) && (to !== 'NOT_ARRIVED' || isFirstDayOver(world, one)))
}

/** After a fear or a quarrel a block parts the two, and nothing else between them goes on. Answers how much ended. */
function partForGood(world: World, stay: Placement, { side, reason }: Ending): number {
  const hostId = hostIdOf(world, stay)
  world.blocks.add(pairOf(hostId, stay.arrivalId))
  const others = placementsWhere(world, (one) => one.arrivalId === stay.arrivalId && isLive(one) && hostIdOf(world, one) === hostId)
  for (const { id, state } of others) end(world, id, { to: wayOut(state), side, reason })
  return others.length
}

/** Who is there departs, who is not there yet is cancelled. */
export function wayOut(state: PlacementState): PlacementState {
  return state === 'ARRIVED' ? 'DEPARTED' : 'CANCELLED'
}

/** Ends one placement: its nights are free, its open question is over, and a no is remembered for the pair. */
export function end(world: World, id: string, ending: Ending): void {
  const stay = rowOf(world.placements, id)
  change(world.placements, id, { state: ending.to, version: stay.version + 1, askedUntil: null })
  if (isRemembered(ending)) remember(world, stay, ending)
}

/** A pair is not blamed for a coordinator's silence. It is remembered when a host ends a stay, and when it ended badly. */
function isRemembered({ to, side, reason }: Ending): boolean {
  if (to === 'DECLINED' || to === 'LAPSED') return side !== 'COORDINATOR'
  return side === 'HOST' || reason === 'HOST_ENDED_EARLY' || PARTS_FOR_GOOD.includes(reason)
}

function remember(world: World, stay: Placement, { to }: Ending): void {
  const until = addDays(todayAt(world, stay), to === 'LAPSED' ? REMEMBER_SILENCE_DAYS : REMEMBER_NO_DAYS)
  const pair = pairOf(stay.arrivalId, homeIdOf(world, stay))
  world.refusals.set(pair, laterDay(world.refusals.get(pair) ?? until, until))
}
