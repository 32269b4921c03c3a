import type { AddPair, PairSource } from './edges'

/** Choices kept in an arrival's list; 8, 12 and 32 are no faster (`docs/matching-speed.md`). */
const LISTED = 16

/**
 * Each arrival's best choices at the prices of some moment.
 *
 * Column generation, one arrival at a time (L. R. Ford, D. R. Fulkerson, 1958; P. C. Gilmore, R. E. Gomory, 1961): the
 * pairs are not stored, and few of them are looked at more than once. Prices never fall, so a room that was left out
 * never becomes better than the arrival's limit says: the search works with short lists, and knows when a list is
 * not enough and all the arrival's pairs must be priced again. The answer is the one over all pairs.
 */
export interface Lists {
  source: PairSource
  big: number
  /** Of the rooms, today; owned by the search. */
  prices: Float64Array
  /** Arrival a's list begins at place `startOf(a)` and has `counts[a]` choices. */
  roomOf: Int32Array
  fits: Int32Array
  counts: Int32Array
  /** Each choice's fit less the price it had when last looked at: what it is at most. While a list is made, a heap, worst on top. */
  nets: Float64Array
  /** No choice outside the list has a larger fit less price, now or later. */
  limits: Float64Array
  /** The list being made: where it begins, how long it is, and its limit. */
  start: number
  count: number
  limit: number
}

/** Empty lists over prices that will rise. */
export function createLists(source: PairSource, { big, prices }: { big: number; prices: Float64Array }): Lists {
  const places = source.arrivals * LISTED
  return {
    source,
    big,
    prices,
    roomOf: new Int32Array(places),
    fits: new Int32Array(places),
    counts: new Int32Array(source.arrivals),
    nets: new Float64Array(places),
    limits: new Float64Array(source.arrivals),
    start: 0,
    count: 0,
    limit: 0,
  }
}

/** Where an arrival's list begins. */
export function startOf(arrival: number): number {
  return arrival * LISTED
}

/**
 * Lists the arrival's best choices at today's prices; what it would gain nothing from, now or later, is left out for good.
 *
 * @param take is told of every pair as well, and calls `offer` with it.
 */
export function relist(lists: Lists, arrival: number, take: AddPair): void {
  lists.start = startOf(arrival)
  lists.count = 0
  lists.limit = -lists.big * (lists.source.weights[arrival] as number)
  lists.source.listRooms(arrival, take)
  lists.counts[arrival] = lists.count
  lists.limits[arrival] = lists.limit
}

/** Takes a choice into the list being made, if it is better than the worst of a full one, which is pushed out. */
export function offer(lists: Lists, room: number, fit: number): void {
  const net = fit - (lists.prices[room] as number)
  if (net <= lists.limit) return
  if (lists.count < LISTED) {
    lists.count += 1
    rise(lists, { net, room, fit })
    return
  }
  const worst = lists.nets[lists.start] as number
  lists.limit = Math.min(net, worst)
  if (net > worst) sink(lists, { net, room, fit })
}

interface Choice {
  net: number
  room: number
  fit: number
}

function put({ nets, roomOf, fits }: Lists, place: number, { net, room, fit }: Choice): void {
  nets[place] = net
  roomOf[place] = room
  fits[place] = fit
}

function shift({ nets, roomOf, fits }: Lists, from: number, to: number): void {
  nets[to] = nets[from] as number
  roomOf[to] = roomOf[from] as number
  fits[to] = fits[from] as number
}

/** Puts a choice at the end of the heap and lets it rise over better ones. */
function rise(lists: Lists, choice: Choice): void {
  const { nets, start } = lists
  let place = lists.count - 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    if ((nets[start + parent] as number) <= choice.net) break
    shift(lists, start + parent, start + place)
    place = parent
  }
  put(lists, start + place, choice)
}

/** Puts a choice in the place of the worst and lets it sink below worse ones. */
function sink(lists: Lists, choice: Choice): void {
  const { nets, start, count } = lists
  let place = 0
  for (let child = 1; child < count; child = 2 * place + 1) {
    if (child + 1 < count && (nets[start + child + 1] as number) < (nets[start + child] as number)) child += 1
    if ((nets[start + child] as number) >= choice.net) break
    shift(lists, start + child, start + place)
    place = child
  }
  put(lists, start + place, choice)
}
