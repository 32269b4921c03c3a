import { addDays, daysBetween, type Day } from '@/lib/time/day'
import { isEmpty, overlaps } from '@/lib/time/nights'
import type { Proposal } from '../journal'
import { firstOf, OK, refuse, type Answer } from './answer'
import { homeIdOf, hostIdOf, isFree, isLive, placementsWhere, promisedIn, todayAt, todayOfHome, womenFit } from './look'
import { settleAll } from './settle'
import { pairOf, rowOf, type Arrival, type World } from './world'

type Leg = Proposal['legs'][number]

const LONGEST_NIGHTS = 366
const MINUTE = 60_000

export interface Propose extends Proposal {
  userId: string
  /** Ids the database gave: what is the same for everybody is left to it. Placements in the order of first night and room. */
  made: { planId: string; placementIds: readonly string[] }
}

/** Proposes a plan: every room of it is held, or none (docs/adr/0005). The coordinator's yes is given by proposing. */
export function propose(world: World, plan: Propose): Answer {
  if (!world.approvalsOpen) return refuse('APPROVALS_STOPPED')
  const refusal = planRefusal(world, plan) ?? firstLegRefusal(world, plan)
  if (refusal !== null) return refuse(refusal)
  hold(world, plan)
  settleAll(world, partiesOf(plan).map((arrivalId) => ({ arrivalId })))
  return OK
}

/** Proposes many plans: each all or nothing, and whatever is lost does not hold up the rest. The earlier of two rivals wins. */
export function proposeMany(world: World, plans: readonly Propose[]): Answer {
  if (!world.approvalsOpen) return refuse('APPROVALS_STOPPED')
  return { code: 'OK', outcomes: plans.map((plan) => propose(world, plan).code) }
}

/** Whose leg it is: members of a group name themselves. */
function partyOf(plan: Propose, leg: Leg): string {
  return leg.arrivalId ?? plan.arrivalId
}

function partiesOf(plan: Propose): string[] {
  return [...new Set(plan.legs.map((leg) => partyOf(plan, leg)))]
}

function planRefusal(world: World, plan: Propose): string | null {
  const { legs } = plan
  const parties = partiesOf(plan)
  // outside the coordinator's towns nothing is told, not even that it is not there
  if (legs.length > 0 && parties.some((id) => !world.arrivals.has(id))) return 'NOT_FOUND'
  return firstOf(
    ['NIGHTS_INVALID', () => legs.some((leg) => isEmpty(leg) || daysBetween(leg.from, leg.until) > LONGEST_NIGHTS)],
    ['ARRIVAL_GONE', () => parties.some((id) => isGone(rowOf(world.arrivals, id)))],
    ['PARTY_MISMATCH', () => legs.length === 0 || isRoomTwice(legs)],
    ['PARTY_MISMATCH', () => parties.some((id) => !isWholeParty(rowOf(world.arrivals, id), legs.filter((leg) => partyOf(plan, leg) === id)))],
    ['NOT_A_GROUP', () => !isOneGroup(world, plan)],
    ['NOT_ONE_HOME', () => parties.some((id) => isSpread(world, legs.filter((leg) => partyOf(plan, leg) === id)))],
    ['ARRIVAL_TAKEN', () => legs.some((leg) => hasPlaceIn(world, partyOf(plan, leg), leg))],
  )
}

function isGone({ state }: Arrival): boolean {
  return state === 'CLOSED' || state === 'WITHDRAWN'
}

/** Several parties in one plan are one group, and only a group is. */
function isOneGroup(world: World, plan: Propose): boolean {
  const groups = new Set(partiesOf(plan).map((id) => rowOf(world.arrivals, id).groupId))
  return plan.kind === 'GROUP' ? groups.size === 1 && !groups.has(null) : partiesOf(plan).length === 1
}

/** An arrival has one live plan per night, so nobody waits on two hosts at once. */
function hasPlaceIn(world: World, arrivalId: string, nights: Leg): boolean {
  return placementsWhere(world, (one) => one.arrivalId === arrivalId && isLive(one)).some((one) => overlaps(nights, one.nights))
}

/** No room twice in one night, whoever sleeps there. */
function isRoomTwice(legs: readonly Leg[]): boolean {
  return legs.some((one, index) => legs.slice(index + 1).some((other) => one.roomId === other.roomId && overlaps(one, other)))
}

/** Whether rooms of one party that share a night are of several homes, or not for the same nights. */
function isSpread(world: World, legs: readonly Leg[]): boolean {
  const homes = legs.map(({ roomId }) => world.rooms.get(roomId)?.homeId)
  return legs.some((one, index) => legs.some((other, place) => overlaps(one, other)
    && (homes[index] !== homes[place] || one.from !== other.from || one.until !== other.until)))
}

/** An adult in every room, and on each night somebody sleeps all of the party, each once. */
function isWholeParty(guest: Arrival, legs: readonly Leg[]): boolean {
  return legs.every(({ adults }) => adults >= 1) && legs.flatMap(nightsOf).every((night) => isWhole(guest, asleepOn(legs, night)))
}

function nightsOf({ from, until }: Leg): Day[] {
  return Array.from({ length: daysBetween(from, until) }, (_, index) => addDays(from, index))
}

function asleepOn(legs: readonly Leg[], night: Day): Leg[] {
  return legs.filter(({ from, until }) => from <= night && night < until)
}

function isWhole(guest: Arrival, legs: readonly Leg[]): boolean {
  const adults = legs.reduce((sum, leg) => sum + leg.adults, 0)
  const children = legs.reduce((sum, leg) => sum + leg.childrenAges.length, 0)
  return adults === guest.adults && children === guest.children
}

function firstLegRefusal(world: World, plan: Propose): string | null {
  for (const leg of inOrder(plan.legs)) {
    const refusal = world.rooms.has(leg.roomId) ? legRefusal(world, plan, leg) : 'ROOM_GONE'
    if (refusal !== null) return refusal
  }
  return null
}

/** Why one room may not be held now; what is most final first. */
function legRefusal(world: World, plan: Propose, leg: Leg): string | null {
  return houseRefusal(world, plan, leg) ?? pairRefusal(world, plan, leg) ?? nightsRefusal(world, leg)
}

function houseRefusal(world: World, { userId }: Propose, leg: Leg): string | null {
  const room = rowOf(world.rooms, leg.roomId)
  const home = rowOf(world.homes, room.homeId)
  const host = rowOf(world.hosts, home.hostId)
  return firstOf(
    ['OWN_HOME', () => host.userId === userId],
    ['OUT_OF_SERVICE', () => !room.inService],
    ['HOST_NOT_VETTED', () => host.state !== 'VETTED' || (host.vettedUntil ?? '') <= todayAt(world, leg)],
    ['HOME_TO_VISIT', () => home.toVisit],
    ['HOST_PAUSED', () => host.paused],
    ['NIGHTS_PAST', () => leg.from < todayAt(world, leg)],
    ['TOO_FEW_BEDS', () => leg.adults + leg.childrenAges.length > room.sleeps],
  )
}

function pairRefusal(world: World, plan: Propose, leg: Leg): string | null {
  const arrivalId = partyOf(plan, leg)
  const [homeId, hostId] = [homeIdOf(world, leg), hostIdOf(world, leg)]
  const refusedUntil = world.refusals.get(pairOf(arrivalId, homeId))
  return firstOf(
    ['BLOCKED', () => world.blocks.has(pairOf(hostId, arrivalId))],
    ['REFUSED_BEFORE', () => refusedUntil !== undefined && refusedUntil > todayOfHome(world, homeId)],
    ['NO_LONGER_FITS', () => !womenFit(world, hostId, arrivalId)],
  )
}

function nightsRefusal(world: World, leg: Leg): string | null {
  const rivals = promisedIn(world, leg.roomId, leg)
  if (rivals.length > 0) return takenByName(world, leg, rivals) ? 'ROOM_TAKEN' : 'ROOM_STRETCHED'
  return firstOf(['NOT_OFFERED', () => !isFree(world, leg.roomId, leg)])
}

/**
 * Whether there is a name to tell of who was faster: the coordinator who proposed, or the one who lengthened a stay
 * since. A host who agreed to lengthen it by the link is not named.
 */
function takenByName(world: World, leg: Leg, rivals: ReturnType<typeof promisedIn>): boolean {
  const stretches = rivals.flatMap(({ stretched }) => (stretched !== null && stretched.from <= leg.from ? [stretched] : []))
  const latest = stretches.sort((one, other) => other.order - one.order)[0]
  if (latest === undefined) return true
  const host = rowOf(world.hosts, hostIdOf(world, leg))
  return latest.by.startsWith('user:') && latest.by !== `user:${host.userId}`
}

/** Tonight's proposal waits two hours, tomorrow's twelve, a later one a day; a plan as long as its most urgent room. */
function deadlineOf(world: World, legs: readonly Leg[]): number {
  const minutes = legs.map((leg) => {
    const city = rowOf(world.cities, rowOf(world.homes, homeIdOf(world, leg)).cityId)
    const [tonight, tomorrow, later] = city.clockMinutes
    if (leg.from <= city.today) return tonight
    return leg.from === addDays(city.today, 1) ? tomorrow : later
  })
  return world.now + Math.min(...minutes) * MINUTE
}

function needsFourEyes(world: World, plan: Propose, leg: Leg): boolean {
  const guest = rowOf(world.arrivals, partyOf(plan, leg))
  return !rowOf(world.hosts, hostIdOf(world, leg)).hasPlaced || guest.children > 0 || guest.womanAlone
}

function inOrder(legs: readonly Leg[]): Leg[] {
  const key = ({ from, roomId }: Leg) => `${from} ${roomId}`
  return [...legs].sort((one, other) => (key(one) < key(other) ? -1 : 1))
}

function hold(world: World, plan: Propose): void {
  const { arrivalId, kind, legs, userId, made } = plan
  world.plans.set(made.planId, { forWhom: (kind === 'GROUP' ? rowOf(world.arrivals, arrivalId).groupId : null) ?? arrivalId, proposedBy: userId, deadline: deadlineOf(world, legs) })
  inOrder(legs).forEach((leg, index) => {
    world.placements.set(made.placementIds[index] ?? `no id ${index}`, {
      planId: made.planId, arrivalId: partyOf(plan, leg), roomId: leg.roomId, nights: { from: leg.from, until: leg.until },
      adults: leg.adults, children: leg.childrenAges.length, state: 'PROPOSED', version: 1,
      needsSecond: needsFourEyes(world, plan, leg),
      yeses: ['COORDINATOR'], approvers: [userId], askedUntil: null, stretched: null,
    })
  })
}
