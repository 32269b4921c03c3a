import { placeGroups } from './round-groups'
import { explainLeft } from './round-left'
import { openMarket, type Waiting } from './round-market'
import { writePlans, type Planned } from './round-plans'
import { placeRelays } from './round-relays'
import { placeSeveral } from './round-several'
import { placeSingles, type Singles } from './round-singles'
import type { RoundInput, RoundResult, RoundWatch } from './round-types'
import { beginWatch, report } from './round-watch'

/**
 * Matches everybody who waits with everything that is free, at once: groups, then single stays as a proven optimum
 * pass by pass, then parties in several rooms and relays on what is left, and for the rest why not and what would help.
 *
 * Pure and deterministic: the same input in any order gives the same answer, ties broken by id. What is placed keeps
 * every rule of `eligibility.ts` also beside everything else that is placed: no night twice, the hosts' rest and rows.
 *
 * @param watch is told at least once a second on inputs of any size this is made for, and asked whether to stop; after
 * a yes what has been placed stands, and the rest is left.
 * @throws RangeError for an id that stands twice, a member of a group that is not given, a priority or a policy that is
 * no number of points, a need without nights or people; and when a pass lacks its proof, which would be our bug.
 * @see docs/adr/0003-a-room-takes-one-party.md
 */
export function playRound(input: RoundInput, watch: RoundWatch = {}): RoundResult {
  const watcher = beginWatch(watch)
  report(watcher, 'READING', 0, input.needs.length)
  const market = openMarket(input)
  const groups = placeGroups(market, input, watcher)
  const alone = market.waiting.filter(({ asked }) => asked.groupId === null)
  const singles = placeSingles(market, alone, watcher)
  const several = placeSeveral(market, singles.waiting, watcher)
  const relays = placeRelays(market, without(singles.waiting, several), watcher)
  const planned = [...groups.planned, ...toPlanned(singles), ...several, ...relays]
  return {
    plans: writePlans(planned, market.policy),
    left: explainLeft({ market, offers: input.rooms, left: without(market.waiting, planned), groups: groups.outcomes }, watcher),
    persons: watcher.placed,
    certificate: { gap: Math.max(0, ...singles.passes.map(({ gap }) => gap)), complete: singles.complete, passes: singles.passes },
    prices: withSeats(singles.prices, [...groups.planned, ...several, ...relays]),
    stopped: watcher.stopped,
  }
}

/** No pass prices the rooms of those it does not place: such a room costs at least what sheltering the party in it is worth. */
function withSeats(prices: ReadonlyMap<string, number>, planned: readonly Planned[]): Map<string, number> {
  const dearer = new Map(prices)
  for (const { party, legs } of planned) {
    for (const { room: { offer } } of legs) dearer.set(offer.id, Math.max(party.weight, dearer.get(offer.id) ?? 0))
  }
  return dearer
}

function toPlanned({ placed }: Singles): Planned[] {
  return placed.map(({ party, room, facts }) => ({
    party,
    kind: 'SINGLE',
    groupId: null,
    shift: facts.shift,
    legs: [{ room, need: facts.need }],
  }))
}

function without(waiting: readonly Waiting[], planned: readonly Planned[]): Waiting[] {
  const placed = new Set(planned.map(({ party }) => party))
  return waiting.filter((party) => !placed.has(party))
}
