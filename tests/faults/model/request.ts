import { firstOf, OK, refuse, type Answer } from './answer'
import { end, wayOut } from './end'
import { isLive, placementsWhere } from './look'
import { change, rowOf, type Party, type World } from './world'

/** Somebody asks for a place. */
export function ask(world: World, { arrivalId, cityId, party }: { arrivalId: string; cityId: string; party: Party }): Answer {
  world.arrivals.set(arrivalId, { ...party, cityId, state: 'OPEN', erased: false, groupId: null })
  return OK
}

/** The guest takes the request back, at any time; what is live ends. With `erase` nothing is left but numbers. */
export function withdraw(world: World, { arrivalId, erase }: { arrivalId: string; erase: boolean }): Answer {
  const guest = world.arrivals.get(arrivalId)
  if (guest === undefined) return refuse('NOT_FOUND')
  const live = placementsWhere(world, (one) => one.arrivalId === arrivalId && isLive(one))
  for (const { id, state } of live) end(world, id, { to: wayOut(state), side: 'GUEST', reason: 'MOVED_ON' })
  change(world.arrivals, arrivalId, { state: guest.state === 'CLOSED' ? 'CLOSED' : 'WITHDRAWN' })
  if (erase) forget(world, arrivalId)
  return OK
}

function forget(world: World, arrivalId: string): void {
  change(world.arrivals, arrivalId, { erased: true, groupId: null, womanAlone: false, womenOnly: false, allWomen: false })
  for (const pair of world.refusals.keys()) if (pair.startsWith(`${arrivalId} `)) world.refusals.delete(pair)
}

/** Somebody who went another way needs a place after all. */
export function reopen(world: World, { arrivalId }: { arrivalId: string }): Answer {
  const refusal = reopenRefusal(world, arrivalId)
  if (refusal !== null) return refuse(refusal)
  change(world.arrivals, arrivalId, { state: 'OPEN' })
  return OK
}

function reopenRefusal(world: World, arrivalId: string): string | null {
  if (!world.arrivals.has(arrivalId)) return 'NOT_FOUND'
  const { state, erased } = rowOf(world.arrivals, arrivalId)
  return firstOf(
    ['ARRIVAL_ERASED', () => erased],
    ['ALREADY_DECIDED', () => state !== 'CLOSED' && state !== 'WITHDRAWN'],
  )
}
