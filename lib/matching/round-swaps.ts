import { partySize } from './party'
import { byId } from './round-facts'
import type { Ledger, Placed } from './round-ledger'
import type { Offered, Waiting } from './round-market'
import { firstFailed, runAround } from './round-rules'
import { bestOption } from './round-slots'

/**
 * Gives the nights of one party to parties that follow each other in its room, where they weigh more together and are no
 * fewer people: a pass gives a free run to one party, so that one long stay may have won against two short ones.
 *
 * @param waiting those who have no place, of this city.
 * @returns the parties that have its nights now; nobody when it stays, and everything is as it was.
 */
export function swapOut({ market, ledger }: { market: Offered; ledger: Ledger }, place: Placed, waiting: readonly Waiting[]): Placed[] {
  ledger.giveBack(place)
  const taken: Placed[] = []
  for (const option of heaviestRow(listOptions(place, waiting, market), place.room.host.ruled ? place.room.offer.restNights : 0)) {
    if (firstFailed(option.room, option.facts) !== null) continue
    ledger.take(option)
    taken.push(option)
  }
  if (weightOf(taken) > place.party.weight && personsOf(taken) >= personsOf([place])) return taken
  for (const option of taken) ledger.giveBack(option)
  ledger.take(place)
  return []
}

/** What each of them could have of the run around the nights that are given back. */
function listOptions({ room, facts }: Placed, waiting: readonly Waiting[], { policy }: Offered): Placed[] {
  const slot = { rooms: [room], run: runAround(room.free, facts) ?? null }
  return waiting.flatMap((party) => {
    const option = bestOption(slot, party, policy)
    return option ? [{ party, ...option }] : []
  })
}

/** Stays that end one after the other. */
interface Row {
  weight: number
  last: Placed | null
  before: Row | null
}
const EMPTY: Row = { weight: 0, last: null, before: null }

/** The stays of the greatest weight of which no two share a night, `gap` nights between them: weighted intervals. */
function heaviestRow(options: readonly Placed[], gap: number): Placed[] {
  const sorted = options.toSorted((one, other) => one.facts.until - other.facts.until || byId(one.party.asked.need, other.party.asked.need))
  const rows: Row[] = [EMPTY]
  for (const [index, option] of sorted.entries()) {
    const ends = sorted.findLastIndex(({ facts }, other) => other < index && facts.until + gap <= option.facts.from)
    const before = rows[ends + 1] ?? EMPTY
    const without = rows[index] ?? EMPTY
    const weight = before.weight + option.party.weight
    rows.push(weight > without.weight ? { weight, last: option, before } : without)
  }
  const row: Placed[] = []
  for (let at = rows.at(-1) ?? EMPTY; at.last && at.before; at = at.before) row.unshift(at.last)
  return row
}

function weightOf(places: readonly Placed[]): number {
  return places.reduce((sum, { party }) => sum + party.weight, 0)
}

function personsOf(places: readonly Placed[]): number {
  return places.reduce((sum, { party }) => sum + partySize(party.asked.need), 0)
}
