import { findNearestCircles, type Circle } from './group'
import { listSeats, type SeatOption } from './group-seats'
import { buildEdges } from './optimum/edges'
import { solveOptimum } from './optimum/solver'
import { groupBy } from './room-choice'
import type { NeedFacts } from './round-facts'
import type { GroupOutcome } from './round-left'
import type { Market, Waiting } from './round-market'
import { keep, type Planned } from './round-plans'
import type { RoundGroup, RoundInput } from './round-types'
import { report, type Watcher } from './round-watch'

export interface Groups {
  planned: Planned[]
  /** Of groups that are not whole, by the group's id. */
  outcomes: Map<string, GroupOutcome>
}

type Input = Pick<RoundInput, 'groups' | 'places'>
type Party = Readonly<{ group: RoundGroup; members: readonly Waiting[] }>

/**
 * Places groups before anybody else, because rooms near each other are the rarest: the group with the most urgent member
 * first, all of it or nothing unless its organiser allows part.
 *
 * @throws RangeError when a member names a group that is not given.
 */
export function placeGroups(market: Market, { groups, places }: Input, watcher: Watcher): Groups {
  const parties = listParties(market.waiting, groups)
  const found: Groups = { planned: [], outcomes: new Map() }
  for (const [done, party] of parties.entries()) {
    if (report(watcher, 'GROUPS', done, parties.length)) break
    const seated = seatGroup(market, party, places)
    const isWhole = seated.places.length === party.members.length
    const planned = isWhole || party.group.partAllowed ? seated.places.map((place) => toPlanned(party, place)) : []
    keep(planned, watcher)
    found.planned.push(...planned)
    if (!isWhole) found.outcomes.set(party.group.id, outcomeOf(party, seated))
  }
  return found
}

function listParties(waiting: readonly Waiting[], groups: readonly RoundGroup[]): Party[] {
  const known = new Map(groups.map((group) => [group.id, group]))
  return groupBy(waiting.filter(({ asked }) => asked.groupId !== null), ({ asked }) => asked.groupId ?? '').map(([id, members]) => {
    const group = known.get(id)
    if (group === undefined) throw new RangeError(`no group ${id}`)
    return { group, members }
  })
}

/** A member and its room. */
interface Place {
  member: Waiting
  facts: NeedFacts
  option: SeatOption
}
interface Seated {
  places: readonly Place[]
}
const NOBODY: Seated = { places: [] }

/** The most members that can be placed near each other, the smallest common shift first, then nearest, then best. */
function seatGroup(market: Market, { group, members }: Party, places: Input['places']): Seated {
  let best = NOBODY
  for (const facts of commonShifts(members)) {
    const seats = listSeats(market.rooms, facts, market.policy)
    const nearest = findNearestCircles({ seats, members: members.length, together: group.together, places })
    if (nearest.count > best.places.length) best = bestOf(nearest.circles, members, facts)
    if (best.places.length === members.length) return best
  }
  return best
}

/** What everybody asks for, then for each shift to which all of them agreed. */
function commonShifts(members: readonly Waiting[]): NeedFacts[][] {
  const [first] = members
  return (first?.variants ?? []).flatMap(({ shift }) => {
    const shifted = members.map(({ variants }) => variants.find((one) => one.shift === shift))
    return shifted.every((facts) => facts !== undefined) ? [shifted] : []
  })
}

/** The circle whose best assignment has the most urgent members and then the most points; of equals the first. */
function bestOf(circles: readonly Circle[], members: readonly Waiting[], facts: readonly NeedFacts[]): Seated {
  const weights = weightsOf(members)
  let best: Seated & { weight: number; fit: number } = { ...NOBODY, weight: 0, fit: 0 }
  for (const { seats } of circles) {
    const { roomOf, weight, fit } = solveOptimum(buildEdges({
      arrivals: members.length,
      rooms: seats.length,
      weights,
      listRooms: (member, add) => seats.forEach(({ options }, seat) => {
        const option = options[member]
        if (option) add(seat, option.points)
      }),
    }))
    if (weight < best.weight || (weight === best.weight && fit <= best.fit && best.weight > 0)) continue
    best = { weight, fit, places: members.flatMap((member, index) => toPlace(member, facts[index], seats[roomOf[index] ?? -1]?.options[index])) }
  }
  return best
}

/** One more member outweighs whoever they are. */
function weightsOf(members: readonly Waiting[]): Float64Array {
  const all = members.reduce((sum, { weight }) => sum + weight, 1)
  return Float64Array.from(members, ({ weight }) => all + weight)
}

function toPlace(member: Waiting, facts: NeedFacts | undefined, option: SeatOption | undefined): Place[] {
  return facts && option ? [{ member, facts, option }] : []
}

function toPlanned({ group }: Party, { member, facts, option }: Place): Planned {
  return { party: member, kind: 'GROUP', groupId: group.id, shift: facts.shift, legs: [{ room: option.room, need: facts.need }] }
}

function outcomeOf({ group, members }: Party, { places }: Seated): GroupOutcome {
  const fitting = new Set(places.map(({ member }) => member))
  return { id: group.id, placeable: places.length, members: members.length, inPart: group.partAllowed, fitting }
}
