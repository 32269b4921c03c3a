import { groupBy } from './room-choice'
import { Chains, type Patience } from './round-chains'
import type { RoomFacts } from './round-facts'
import { Ledger, type Placed } from './round-ledger'
import { mostUrgentFirst, type Offered, type Waiting } from './round-market'
import { tick, type Watcher } from './round-watch'
import { swapOut } from './round-swaps'
import { partySize } from './party'

/** Single stays between two passes. */
export interface Standing {
  placed: readonly Placed[]
  /** In falling weight, then by id. */
  waiting: readonly Waiting[]
}

export interface Improved {
  placed: Placed[]
  waiting: Waiting[]
  /** Rooms that were given back, wholly or for some nights. */
  touched: Set<RoomFacts>
}

/**
 * Mends what passes cannot see of each other: each is an optimum, their sum need not be one. First whoever is left is let
 * in where others can move to free places, the most urgent first; then long stays give way to short ones that weigh more
 * together. Each change shelters more weight and no fewer people.
 */
export function improve(market: Offered, { placed, waiting }: Standing, { patience, watcher }: { patience: Patience; watcher: Watcher }): Improved {
  const ledger = new Ledger(placed)
  const chains = new Chains(market, ledger, patience)
  const stillOut = waiting.filter((party, done) => tick(watcher, 'SINGLE', done, waiting.length) || !chains.letIn(party))
  const outside = swapAll({ market, ledger, patience, watcher }, stillOut)
  const now = ledger.list()
  watcher.placed += personsOf(now) - personsOf(placed)
  const touched = new Set(placed.filter((place) => !ledger.has(place)).map(({ room }) => room))
  return { placed: now, waiting: outside.sort(mostUrgentFirst), touched }
}

type Asked = Readonly<{ market: Offered; ledger: Ledger; patience: Patience; watcher: Watcher }>

/** Swaps the least urgent first. @returns who is outside then, in no order. */
function swapAll({ market, ledger, patience, watcher }: Asked, waiting: readonly Waiting[]): Waiting[] {
  const byCity = new Map(groupBy(waiting.flatMap((party) => [...new Set(party.asked.need.cityIds)].map((cityId) => ({ cityId, party }))), ({ cityId }) => cityId))
  const outside = new Set(waiting)
  const places = ledger.list().sort((one, other) => mostUrgentFirst(other.party, one.party))
  for (const [done, place] of places.entries()) {
    const ofCity = (byCity.get(place.room.offer.cityId) ?? []).map(({ party }) => party).filter((party) => outside.has(party))
    if (patience.looks < ofCity.length || tick(watcher, 'SINGLE', done, places.length)) break
    patience.looks -= ofCity.length
    const taken = swapOut({ market, ledger }, place, ofCity)
    for (const { party } of taken) outside.delete(party)
    if (taken.length > 0) outside.add(place.party)
  }
  return [...outside]
}

function personsOf(places: readonly Placed[]): number {
  return places.reduce((sum, { party }) => sum + partySize(party.asked.need), 0)
}
