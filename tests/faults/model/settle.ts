import { placementsWhere, isLive } from './look'
import { change, rowOf, type Arrival, type Placement, type World } from './world'

/**
 * An arrival's state follows from its placements: PLACED with one that is agreed, OFFERED with one that is asked,
 * OPEN with none, or CLOSED where it needs nothing more. Whoever has withdrawn stays withdrawn.
 */
export function settle(world: World, arrivalId: string, { close = false } = {}): void {
  if (rowOf(world.arrivals, arrivalId).state === 'WITHDRAWN') return
  const live = placementsWhere(world, (one) => one.arrivalId === arrivalId && isLive(one))
  change(world.arrivals, arrivalId, { state: stateBy(live.map(({ state }) => state), close) })
}

/** Brings all parties of these placements in line with them. */
export function settleAll(world: World, stays: Iterable<Pick<Placement, 'arrivalId'>>, { closes = null }: { closes?: string | null } = {}): void {
  for (const arrivalId of new Set([...stays].map((stay) => stay.arrivalId))) settle(world, arrivalId, { close: arrivalId === closes })
}

function stateBy(live: readonly string[], close: boolean): Arrival['state'] {
  if (live.some((state) => state !== 'PROPOSED')) return 'PLACED'
  if (live.length > 0) return 'OFFERED'
  return close ? 'CLOSED' : 'OPEN'
}
