import { findRelay } from './relay'
import { groupBy } from './room-choice'
import type { RoomFacts } from './round-facts'
import type { Market, Waiting } from './round-market'
import { keep, type Planned } from './round-plans'
import { report, type Watcher } from './round-watch'

type ByCity = ReadonlyMap<string, readonly RoomFacts[]>

/** Covers stays by rooms in turn, the most urgent first, on what is left; the smallest shift of nights before all. */
export function placeRelays(market: Market, waiting: readonly Waiting[], watcher: Watcher): Planned[] {
  const willing = waiting.filter(({ asked }) => asked.relayAllowed)
  const byCity: ByCity = new Map(groupBy(market.rooms.filter(({ free }) => free.length > 0), ({ offer }) => offer.cityId))
  const planned: Planned[] = []
  for (const [done, party] of willing.entries()) {
    if (report(watcher, 'RELAY', done, willing.length)) break
    const found = findChain(byCity, party, market.policy)
    if (found === null) continue
    planned.push(found)
    keep([found], watcher)
  }
  return planned
}

function findChain(byCity: ByCity, party: Waiting, policy: Market['policy']): Planned | null {
  const rooms = [...new Set(party.asked.need.cityIds)].flatMap((cityId) => byCity.get(cityId) ?? [])
  for (const facts of party.variants) {
    const legs = findRelay({ rooms, facts, policy })
    if (legs === null) continue
    return {
      party,
      kind: legs.length > 1 ? 'RELAY' : 'SINGLE',
      groupId: null,
      shift: facts.shift,
      legs: legs.map((leg) => ({ room: leg.room, need: leg.facts.need })),
    }
  }
  return null
}
