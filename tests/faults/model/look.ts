import type { Day } from '@/lib/time/day'
import { covers, overlaps, subtractRuns, type Nights } from '@/lib/time/nights'
import { pairOf, rowOf, type Placement, type PlacementState, type Side, type World } from './world'

/** Questions about a world that more than one transition asks. Nothing here changes anything. */

export type Known<Row> = Row & { id: string }

export function isLive({ state }: Pick<Placement, 'state'>): boolean {
  return state === 'PROPOSED' || state === 'CONFIRMED' || state === 'ARRIVED'
}

export function placementsWhere(world: World, matches: (placement: Placement) => boolean): Known<Placement>[] {
  const found: Known<Placement>[] = []
  for (const [id, placement] of world.placements) if (matches(placement)) found.push({ id, ...placement })
  // ids are made in the order of time, and the first refusal of several rooms is that of the first id
  return found.sort((one, other) => (one.id < other.id ? -1 : 1))
}

export function homeIdOf(world: World, { roomId }: Pick<Placement, 'roomId'>): string {
  return rowOf(world.rooms, roomId).homeId
}

export function hostIdOf(world: World, placement: Pick<Placement, 'roomId'>): string {
  return rowOf(world.homes, homeIdOf(world, placement)).hostId
}

/** The calendar day where the placement is. */
export function todayAt(world: World, placement: Pick<Placement, 'roomId'>): Day {
  return todayOfHome(world, homeIdOf(world, placement))
}

export function todayOfHome(world: World, homeId: string): Day {
  return rowOf(world.cities, rowOf(world.homes, homeId).cityId).today
}

/** Openings without what is promised, as maximal runs in order. */
export function freeRuns(world: World, roomId: string): Nights[] {
  const held = placementsWhere(world, (one) => one.roomId === roomId && isLive(one)).map(({ nights }) => nights)
  return subtractRuns(rowOf(world.rooms, roomId).openings, held)
}

export function isFree(world: World, roomId: string, nights: Nights): boolean {
  return freeRuns(world, roomId).some((run) => covers(run, nights))
}

/** The live placements of a room in these nights. */
export function promisedIn(world: World, roomId: string, nights: Nights): Known<Placement>[] {
  return placementsWhere(world, (one) => one.roomId === roomId && isLive(one) && overlaps(one.nights, nights))
}

/** On which side of a stay somebody stands; whoever is neither host nor guest speaks for us. */
export function actingSide(world: World, actor: string, hostId: string): Side {
  if (actor.startsWith('arrival:') || actor.startsWith('ticket:guest:')) return 'GUEST'
  const isHost = actor.startsWith('ticket:host:') || actor === `user:${rowOf(world.hosts, hostId).userId}`
  return isHost ? 'HOST' : 'COORDINATOR'
}

/** The one wish that is about safety, of either side: women among women. */
export function womenFit(world: World, hostId: string, arrivalId: string): boolean {
  const [host, guest] = [rowOf(world.hosts, hostId), rowOf(world.arrivals, arrivalId)]
  return (!guest.womenOnly || host.womenOnlyHousehold) && (!host.womenOnlyGuests || guest.allWomen)
}

/** Whether the day has come on which the vetting no longer suffices, in the earliest of the host's towns. */
export function isVettingOver(world: World, hostId: string): boolean {
  const { state, vettedUntil } = rowOf(world.hosts, hostId)
  const days = [...world.homes].filter(([, home]) => home.hostId === hostId).map(([homeId]) => todayOfHome(world, homeId))
  const [today] = days.sort()
  return state === 'VETTED' && vettedUntil !== null && today !== undefined && vettedUntil <= today
}

/** Whether nothing speaks against these two being promised to each other now. */
export function pairMayGoOn(world: World, placement: Pick<Placement, 'roomId' | 'arrivalId'>): boolean {
  const hostId = hostIdOf(world, placement)
  return rowOf(world.hosts, hostId).state === 'VETTED' && !isVettingOver(world, hostId)
    && !world.blocks.has(pairOf(hostId, placement.arrivalId)) && womenFit(world, hostId, placement.arrivalId)
}

/** As `pairMayGoOn`, and somebody has seen this home. */
export function mayGoOn(world: World, placement: Pick<Placement, 'roomId' | 'arrivalId'>): boolean {
  return pairMayGoOn(world, placement) && !rowOf(world.homes, homeIdOf(world, placement)).toVisit
}

/** What one answer speaks for: a host answers for all rooms of the home in the plan, a guest for their own party, a lead for the whole plan. */
export function answeredTogether(world: World, stay: Placement, { side, state }: { side: Side; state: PlacementState }) {
  return placementsWhere(world, (one) => one.planId === stay.planId && one.state === state
    && (side !== 'HOST' || homeIdOf(world, one) === homeIdOf(world, stay)) && (side !== 'GUEST' || one.arrivalId === stay.arrivalId))
}

/** A party's rooms of one home in one plan. */
export function roomsTogether(world: World, stay: Placement): Known<Placement>[] {
  return placementsWhere(world, (one) => one.planId === stay.planId && one.arrivalId === stay.arrivalId && homeIdOf(world, one) === homeIdOf(world, stay))
}

/** Those of them that share a night: who sleeps there arrives, stays and leaves together. */
export function housedTogether(world: World, stay: Placement): Known<Placement>[] {
  return roomsTogether(world, stay).filter((one) => one.state === stay.state && overlaps(one.nights, stay.nights))
}

/** Whether somebody has a place for one of these nights that is none of these stays. */
export function sleepsElsewhere(world: World, { arrivalId }: Pick<Placement, 'arrivalId'>, nights: Nights, together: readonly Known<Placement>[]): boolean {
  const live = placementsWhere(world, (one) => one.arrivalId === arrivalId && isLive(one) && overlaps(one.nights, nights))
  return live.some(({ id }) => !together.some((one) => one.id === id))
}
