import type { Policy } from './policy'
import { groupBy } from './room-choice'
import { isRuledOut, type NeedFacts, type RoomFacts, type Run } from './round-facts'
import { pointsOf } from './round-points'
import { failsOnStays, firstFailed } from './round-rules'

/** What one member could have of a seat. */
export interface SeatOption {
  room: RoomFacts
  points: number
}

/** What a group can give to one member at most: a room, with what it is worth to each of them. */
export interface Seat {
  homeId: string
  districtId: string | null
  cityId: string
  /** By member; `undefined` where the rules forbid it. */
  options: readonly (SeatOption | undefined)[]
  /** The members it has an option for. */
  takers: readonly number[]
}

/**
 * The rooms that can take a member, in the order of their ids.
 *
 * A host who could have all of their stays beside each other lets each of its rooms be a seat: members of the same nights
 * are one stay to it, and stays that share a night take no rest away. Where two of their stays could stand against each
 * other, all rooms of a home of such a host are one seat, and of several such homes the first counts: a little is given
 * away for never asking too much of a host.
 */
export function listSeats(rooms: readonly RoomFacts[], members: readonly NeedFacts[], policy: Policy): Seat[] {
  const stays = groupBy(members, ({ from, until }) => `${from} ${until}`).flatMap(([, [first]]) => first ?? [])
  const single = (room: RoomFacts) => seatOf([room], members, policy)
  if (stays.length < 2) return rooms.flatMap(single)
  return groupBy(rooms, ({ host }) => host).flatMap(([host, ofHost]) => {
    if (!host.ruled || couldHaveAll(ofHost, stays)) return ofHost.flatMap(single)
    return groupBy(ofHost, ({ offer }) => offer.homeId).flatMap(([, ofHome]) => seatOf(ofHome, members, policy)).slice(0, 1)
  })
}

/** True when of these stays none that the host could have alone breaks a rule beside all the others; then fewer break none either. */
function couldHaveAll([room]: readonly RoomFacts[], stays: readonly Run[]): boolean {
  if (room === undefined) return false
  const alone = stays.filter((stay) => failsOnStays(room, stay) === null)
  return alone.every((stay) => {
    const promised = [...room.host.promised, ...alone.filter((other) => other !== stay)]
    return failsOnStays({ ...room, host: { ...room.host, promised } }, stay) === null
  })
}

/** The best of these rooms for each member; no seat when none of them can have one. */
function seatOf(rooms: readonly RoomFacts[], members: readonly NeedFacts[], policy: Policy): Seat[] {
  const open = rooms.filter((room) => room.free.length > 0)
  const [first] = open
  if (first === undefined) return []
  const options = members.map((facts) => bestRoom(open, facts, policy))
  const { homeId, districtId, cityId } = first.offer
  const takers = options.flatMap((option, member) => (option ? [member] : []))
  return takers.length > 0 ? [{ homeId, districtId, cityId, options, takers }] : []
}

function bestRoom(rooms: readonly RoomFacts[], facts: NeedFacts, policy: Policy): SeatOption | undefined {
  let best: SeatOption | undefined
  for (const room of rooms) {
    if (isRuledOut(room, facts) || firstFailed(room, facts) !== null) continue
    const points = pointsOf(room, facts, policy)
    if (best === undefined || points > best.points) best = { room, points }
  }
  return best
}

/**
 * Seats members one seat at a time and never more than can sit: each new seat looks for somebody who stands, through
 * those who could move over (augmenting paths, C. Berge, 1957). Cheap, because a path visits each member once.
 */
export class Seating {
  /** Members who sit. */
  count = 0
  private readonly seatOf: (Seat | undefined)[]
  /** By member: the number of the path that was last with them. */
  private readonly lastPath: Int32Array
  private path = 0

  constructor(members: number) {
    this.seatOf = Array.from({ length: members }, () => undefined)
    this.lastPath = new Int32Array(members)
  }

  add(seat: Seat): void {
    if (this.count === this.seatOf.length) return
    this.path += 1
    if (this.reach(seat)) this.count += 1
  }

  private reach(seat: Seat): boolean {
    for (const member of seat.takers) {
      if (this.lastPath[member] === this.path) continue
      this.lastPath[member] = this.path
      const held = this.seatOf[member]
      if (held !== undefined && !this.reach(held)) continue
      this.seatOf[member] = seat
      return true
    }
    return false
  }
}
