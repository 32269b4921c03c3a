import { partySize } from './party'
import { byId, isRuledOut, type NeedFacts, type RoomFacts, type Run } from './round-facts'
import type { Ledger, Placed } from './round-ledger'
import type { Offered, Waiting } from './round-market'
import { pointsOf } from './round-points'
import { firstFailed, runAround } from './round-rules'
import { inRank, type Option } from './round-slots'
import { groupBy } from './room-choice'

/** Who moves at most so that one more has a place. */
const MOST_MOVES = 2

/** What trying a chain costs, in rooms looked at. */
const LOOKS_OF_A_TRY = 50

/** Chains tried for a party and again for whoever would move for it: those that end soonest, then the best. */
const MOST_TRIES = 8

/** How many rooms may still be looked at. A count and not a clock, so that the same round has the same end. */
export interface Patience {
  looks: number
}

/** A place somebody could have if somebody else moved. */
interface Link {
  option: Option
  moved: Placed
}

/**
 * Lets parties in by moving those who have a place to places that are free: one moves, or one moves and a second for the
 * first. Nobody goes outside, and each step is asked of the same rules as every other place.
 *
 * Who could move is remembered as it was when first asked. That may be too much, because a chain takes places as well:
 * so each step is asked again before it is taken. It may be too little after a chain: the next chains are new ones.
 */
export class Chains {
  private readonly byCity: ReadonlyMap<string, readonly RoomFacts[]>
  private readonly spares = new Map<Placed, readonly Option[]>()
  private readonly links = new Map<Placed, readonly Link[]>()

  constructor(
    private readonly market: Offered,
    private readonly ledger: Ledger,
    private readonly patience: Patience,
  ) {
    this.byCity = new Map(groupBy(market.rooms, ({ offer }) => offer.cityId))
  }

  /** @returns false when no chain was found, and everything is as it was. */
  letIn(party: Waiting): boolean {
    return this.pushOne(party, this.findLinks(party, (link) => this.hasSpare(link.moved, link.option) || this.linksOf(link.moved).length > 0), MOST_MOVES)
  }

  /** Gives the party the first of these places whose guest finds another one. */
  private pushOne(party: Waiting, links: readonly Link[], moves: number): boolean {
    return links.slice(0, MOST_TRIES).some((link) => this.ledger.has(link.moved) && this.push(party, link, moves))
  }

  private push(party: Waiting, { option, moved }: Link, moves: number): boolean {
    const further = moves > 1 ? this.linksOf(moved) : []
    this.patience.looks -= LOOKS_OF_A_TRY
    if (this.patience.looks < 0 || (further.length === 0 && !this.hasSpare(moved, option))) return false
    const place = { party, ...option }
    this.ledger.giveBack(moved)
    if (fits(option)) {
      this.ledger.take(place)
      if (this.settle(moved) || this.pushOne(moved.party, further, moves - 1)) return true
      this.ledger.giveBack(place)
    }
    this.ledger.take(moved)
    return false
  }

  /** Gives a party that had to move the best of its free places. */
  private settle(moved: Placed): boolean {
    const option = this.sparesOf(moved).find(fits)
    if (option) this.ledger.take({ party: moved.party, ...option })
    return option !== undefined
  }

  /** Somebody has a free place that is not the one it is to make free. */
  private hasSpare(moved: Placed, wanted: Option): boolean {
    return this.sparesOf(moved).some((spare) => !clash(spare, wanted))
  }

  /** The free places of somebody who has one. */
  private sparesOf(place: Placed): readonly Option[] {
    const known = this.spares.get(place)
    if (known) return known
    const found = this.ledger.without(place, () => this.listSpares(place)).sort(inRank)
    this.spares.set(place, found)
    return found
  }

  /** The places somebody who has one could have if one other moved to a free one. */
  private linksOf(place: Placed): readonly Link[] {
    const known = this.links.get(place)
    if (known) return known
    const isLast = ({ moved, option }: Link) => moved !== place && this.hasSpare(moved, option)
    const found = this.ledger.without(place, () => this.findLinks(place.party, isLast))
    this.links.set(place, found)
    return found
  }

  private listSpares({ party, room: left, facts: before }: Placed): Option[] {
    const found: Option[] = []
    this.eachRoom(party, (room) => {
      if (room.free.length === 0) return
      for (const facts of party.variants) {
        if ((room === left && facts.from === before.from) || runAround(room.free, facts) === undefined) continue
        if (firstFailed(room, facts) === null) found.push(this.toOption(room, facts))
      }
    })
    return found
  }

  private findLinks(party: Waiting, isOpen: (link: Link) => boolean): Link[] {
    const found: Link[] = []
    this.eachRoom(party, (room) => {
      for (const moved of this.ledger.around(room)) {
        const runs = moved.room === room ? [runWithout(moved)] : room.free
        const inside = party.variants.filter((facts) => runAround(runs, facts) !== undefined)
        if (inside.length === 0) continue
        const fitting = this.ledger.without(moved, () => inside.filter((facts) => firstFailed(room, facts) === null))
        found.push(...fitting.map((facts) => ({ option: this.toOption(room, facts), moved })).filter(isOpen))
      }
    })
    return found.sort((one, other) => this.moves(one) - this.moves(other) || inRank(one.option, other.option) || byId(one.moved.party.asked.need, other.moved.party.asked.need))
  }

  private moves({ moved, option }: Link): number {
    return this.hasSpare(moved, option) ? 1 : MOST_MOVES
  }

  /** The rooms that nothing forbids but what is promised, and nights. */
  private eachRoom({ asked: { need }, variants: [facts] }: Waiting, visit: (room: RoomFacts) => void): void {
    const persons = partySize(need)
    for (const cityId of new Set(need.cityIds)) {
      const rooms = this.byCity.get(cityId) ?? []
      if (this.patience.looks < rooms.length) return
      this.patience.looks -= rooms.length
      for (const room of rooms) if (!isRuledOut(room, facts) && room.offer.beds >= persons) visit(room)
    }
  }

  private toOption(room: RoomFacts, facts: NeedFacts): Option {
    return { room, facts, points: pointsOf(room, facts, this.market.policy) }
  }
}

/** True when not both can be had. */
function clash(one: Option, other: Option): boolean {
  return one.room === other.room && one.facts.from < other.facts.until && other.facts.from < one.facts.until
}

function fits({ room, facts }: Option): boolean {
  return firstFailed(room, facts) === null
}

/** The run that would be free around somebody's nights if it left. */
function runWithout({ room: { free }, facts }: Placed): Run {
  const before = free.find(({ until }) => until === facts.from)
  const after = free.find(({ from }) => from === facts.until)
  return { from: before?.from ?? facts.from, until: after?.until ?? facts.until }
}
