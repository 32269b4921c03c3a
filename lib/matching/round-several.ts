import { dayOf, isRuledOut, type NeedFacts, type RoomFacts, type Run } from './round-facts'
import type { Market, Waiting } from './round-market'
import { keep, type Planned } from './round-plans'
import { firstFailed } from './round-rules'
import { groupBy } from './room-choice'
import { findSeveralRooms, needOfShare, type SeveralRooms } from './several-rooms'
import { report, type Watcher } from './round-watch'
import type { RoomOffer } from './types'

/**
 * Places parties in several rooms of one home, the most urgent first, on what is left: the fewest rooms, the fewest
 * empty beds, the smaller home's id; the smallest shift of nights before all.
 */
export function placeSeveral(market: Market, waiting: readonly Waiting[], watcher: Watcher): Planned[] {
  const willing = waiting.filter(({ asked }) => asked.splitAllowed && asked.need.adults > 1)
  const planned: Planned[] = []
  const byCity: ByCity = new Map(groupBy(listHomes(market.rooms), ({ cityId }) => cityId))
  for (const [done, party] of willing.entries()) {
    if (report(watcher, 'SEVERAL', done, willing.length)) break
    const found = findHome(byCity, party)
    if (found === null) continue
    planned.push(found)
    keep([found], watcher)
  }
  return planned
}

function findHome(byCity: ByCity, party: Waiting): Planned | null {
  for (const facts of party.variants) {
    const open = openHomes(byCity, facts)
    const [best] = findSeveralRooms({ rooms: open.map(offerOf), need: facts.need, limit: 1 })
    if (best) return toPlanned({ best, facts, party, rooms: new Map(open.map((room) => [room.offer.id, room])) })
  }
  return null
}

/** A home with more than one room that is still free on some night, and their beds. */
interface BigHome {
  cityId: string
  rooms: readonly RoomFacts[]
  beds: number
}
type ByCity = ReadonlyMap<string, readonly BigHome[]>

function listHomes(rooms: readonly RoomFacts[]): BigHome[] {
  return groupBy(rooms.filter(({ free }) => free.length > 0), ({ offer }) => offer.homeId).flatMap(([, ofHome]) => {
    const [first, second] = ofHome
    return first && second ? [{ cityId: first.offer.cityId, rooms: ofHome, beds: bedsOf(ofHome) }] : []
  })
}

function bedsOf(rooms: readonly RoomFacts[]): number {
  return rooms.reduce((sum, { offer }) => sum + offer.beds, 0)
}

/** Rooms that pass every rule but that of beds, in homes that have beds enough in more than one of them. */
function openHomes(byCity: ByCity, facts: NeedFacts): RoomFacts[] {
  const inOneBed = { ...facts, sleepers: 1 }
  const isOpen = (room: RoomFacts) => !isRuledOut(room, facts) && room.free.length > 0 && firstFailed(room, inOneBed) === null
  return [...new Set(facts.need.cityIds)].flatMap((cityId) => byCity.get(cityId) ?? []).flatMap(({ rooms, beds }) => {
    if (beds < facts.sleepers) return []
    const open = rooms.filter(isOpen)
    return open.length > 1 && bedsOf(open) >= facts.sleepers ? open : []
  })
}

/** The room as it is left: what is free, and the stays promised in this round beside those of before. */
export function offerOf({ offer, free, host }: RoomFacts): RoomOffer {
  const promised = host.promised.map(nightsOf)
  return { ...offer, free: free.map(nightsOf), hostStays: promised.length === 0 ? offer.hostStays : [...offer.hostStays, ...promised] }
}

function nightsOf({ from, until }: Run) {
  return { from: dayOf(from), until: dayOf(until) }
}

type Found = Readonly<{ best: SeveralRooms; facts: NeedFacts; party: Waiting; rooms: ReadonlyMap<string, RoomFacts> }>

function toPlanned({ best, facts, party, rooms }: Found): Planned {
  const legs = best.shares.flatMap((share) => {
    const room = rooms.get(share.room.id)
    return room ? [{ room, need: needOfShare({ need: facts.need, share }) }] : []
  })
  return { party, kind: legs.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE', groupId: null, shift: facts.shift, legs }
}
