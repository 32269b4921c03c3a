import { addDays, daysBetween, type Day } from '@/lib/time/day'
import { firstOf, OK, refuse, type Answer } from './answer'
import { actingSide, hostIdOf, housedTogether, isFree, pairMayGoOn, promisedIn, roomsTogether, sleepsElsewhere, todayAt, type Known } from './look'
import { settle } from './settle'
import { change, rowOf, type Placement, type World } from './world'

const LONGEST_NIGHTS = 366

export interface Arrived {
  placementId: string
  actor: string
  version?: number
}

/** The guest stands at the door and is let in, into all rooms of the home. */
export function recordArrived(world: World, { placementId, actor, version }: Arrived): Answer {
  const stay = world.placements.get(placementId)
  if (stay === undefined) return refuse('NOT_FOUND')
  const refusal = firstOf(
    ['NOT_OPEN', () => stay.state !== 'CONFIRMED'],
    ['OWN_HOME', () => actingSide(world, actor, hostIdOf(world, stay)) === 'HOST'],
    ['STALE_VERSION', () => version !== undefined && version !== stay.version],
    ['TOO_EARLY', () => stay.nights.from > addDays(todayAt(world, stay), 1)],
  )
  if (refusal !== null) return refuse(refusal)
  for (const one of housedTogether(world, stay)) change(world.placements, one.id, { state: 'ARRIVED', version: one.version + 1 })
  settle(world, stay.arrivalId)
  return OK
}

export interface Extend {
  placementId: string
  until: Day
  /** The host said on the telephone that the guests may stay longer. */
  hostAgreed: boolean
  actor: string
  version?: number
}

/** A coordinator changes the last morning. Earlier is written down; later is the host's to agree to (docs/adr/0011). */
export function extend(world: World, request: Extend): Answer {
  const stay = world.placements.get(request.placementId)
  if (stay === undefined) return refuse('NOT_FOUND')
  const refusal = extendRefusal(world, stay, request) ?? changeLastMorning(world, request)
  if (refusal !== null) return refuse(refusal)
  // an open question is answered by this; a late answer to it must not change the nights again
  for (const { id } of roomsTogether(world, stay)) change(world.placements, id, { askedUntil: null })
  return OK
}

function extendRefusal(world: World, stay: Placement, { actor, version, until, hostAgreed }: Extend): string | null {
  return firstOf(
    ['NOT_OPEN', () => stay.state !== 'CONFIRMED' && stay.state !== 'ARRIVED'],
    ['OWN_HOME', () => actingSide(world, actor, hostIdOf(world, stay)) === 'HOST'],
    ['STALE_VERSION', () => version !== undefined && version !== stay.version],
    ['HOST_NOT_ASKED', () => until > stay.nights.until && !hostAgreed],
  )
}

/**
 * Moves the last morning of a stay, in all rooms of the home that end with it, or in none. Answers why not, or null.
 * Fewer nights are always possible, also with a host who may take nobody any more.
 */
export function changeLastMorning(
  world: World, { placementId, until, actor }: { placementId: string; until: Day; actor: string },
): string | null {
  const stay = rowOf(world.placements, placementId)
  const isAgreed = stay.state === 'CONFIRMED' || stay.state === 'ARRIVED'
  if (!isAgreed || (until > stay.nights.until && !pairMayGoOn(world, stay))) return 'NOT_OPEN'
  if (until <= todayAt(world, stay) || until === stay.nights.until) return 'NIGHTS_INVALID'
  const together = housedTogether(world, stay).filter(({ nights }) => nights.until === stay.nights.until)
  for (const one of together) {
    const refusal = stretchRefusal(world, one, { until, together })
    if (refusal !== null) return refusal
  }
  for (const one of together) stretch(world, one, { until, actor })
  settle(world, stay.arrivalId)
  return null
}

interface Stretch {
  until: Day
  together: readonly Known<Placement>[]
}

function stretchRefusal(world: World, stay: Known<Placement>, { until, together }: Stretch): string | null {
  const more = { from: stay.nights.until, until }
  const isLonger = more.until > more.from
  return firstOf(
    ['NIGHTS_INVALID', () => until <= stay.nights.from],
    ['NIGHTS_TOO_MANY', () => daysBetween(stay.nights.from, until) > LONGEST_NIGHTS],
    ['EXTEND_ARRIVAL_TAKEN', () => isLonger && sleepsElsewhere(world, stay, more, together)],
    ['EXTEND_ROOM_TAKEN', () => isLonger && promisedIn(world, stay.roomId, more).length > 0],
    ['NOT_OFFERED', () => isLonger && !isFree(world, stay.roomId, more)],
  )
}

function stretch(world: World, { id, nights, version, stretched }: Known<Placement>, { until, actor }: { until: Day; actor: string }): void {
  world.stretches += 1
  const isLonger = until > nights.until
  // cut back to what was proposed, nothing of the stretch is left
  const isLeft = stretched !== null && until > stretched.from
  change(world.placements, id, {
    nights: { from: nights.from, until }, version: version + 1,
    stretched: isLonger ? { from: nights.until, by: actor, order: world.stretches } : isLeft ? stretched : null,
  })
}
