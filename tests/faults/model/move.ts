import { daysBetween, type Day } from '@/lib/time/day'
import { covers, isEmpty, mergeRuns, type Nights } from '@/lib/time/nights'
import { firstOf, OK, refuse, type Answer } from './answer'
import { actingSide, hostIdOf, mayGoOn, promisedIn, roomsTogether, sleepsElsewhere, todayAt, type Known } from './look'
import { settle } from './settle'
import { change, rowOf, type Placement, type World } from './world'

const LONGEST_NIGHTS = 366

export interface Move {
  placementId: string
  from: Day
  until: Day
  /** The host said on the telephone that these nights are as good. */
  hostAgreed: boolean
  actor: string
  version?: number
}

/** Guests who are agreed on and have not come yet come on other nights, to the same rooms. */
export function move(world: World, request: Move): Answer {
  const stay = world.placements.get(request.placementId)
  if (stay === undefined) return refuse('NOT_FOUND')
  const together = movedTogether(world, stay)
  const refusal = moveRefusal(world, stay, request) ?? nightsRefusal(world, together, request)
  if (refusal !== null) return refuse(refusal)
  const { from, until, actor } = request
  world.stretches += 1
  for (const { id, version } of together) {
    // an open question about a later morning was about the former nights
    change(world.placements, id, { nights: { from, until }, version: version + 1, askedUntil: null, stretched: { from, by: actor, order: world.stretches } })
  }
  settle(world, stay.arrivalId)
  return OK
}

/** A party's rooms of one home in one plan that have the same nights have the same nights afterwards. */
function movedTogether(world: World, stay: Placement): Known<Placement>[] {
  return roomsTogether(world, stay).filter((one) => one.state === stay.state
    && one.nights.from === stay.nights.from && one.nights.until === stay.nights.until)
}

function moveRefusal(world: World, stay: Placement, { actor, version, hostAgreed, ...nights }: Move): string | null {
  return firstOf(
    ['NOT_OPEN', () => stay.state !== 'CONFIRMED' || !mayGoOn(world, stay)],
    ['OWN_HOME', () => actingSide(world, actor, hostIdOf(world, stay)) === 'HOST'],
    ['STALE_VERSION', () => version !== undefined && version !== stay.version],
    ['HOST_NOT_ASKED', () => !hostAgreed && !isEmpty(nights) && !covers(stay.nights, nights)],
  )
}

function nightsRefusal(world: World, together: readonly Known<Placement>[], nights: Nights): string | null {
  const isSame = together.every((one) => one.nights.from === nights.from && one.nights.until === nights.until)
  return firstOf(
    ['NIGHTS_INVALID', () => isEmpty(nights) || together.some((one) => nights.from < todayAt(world, one))],
    ['NIGHTS_TOO_MANY', () => daysBetween(nights.from, nights.until) > LONGEST_NIGHTS],
    ['NIGHTS_INVALID', () => isSame],
    ['EXTEND_ROOM_TAKEN', () => together.some((one) => promisedIn(world, one.roomId, nights).some(({ id }) => id !== one.id))],
    ['NOT_OFFERED', () => together.some((one) => !isOffered(world, one, nights))],
    ['EXTEND_ARRIVAL_TAKEN', () => together.some((one) => sleepsElsewhere(world, one, nights, together))],
  )
}

/** Its own nights are its own to move within, so the openings are asked and not what is free. */
function isOffered(world: World, { roomId }: Placement, nights: Nights): boolean {
  return mergeRuns(rowOf(world.rooms, roomId).openings).some((run) => covers(run, nights))
}
