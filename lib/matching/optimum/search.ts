import type { AddPair, PairSource } from './edges'
import { createHeap, nearer, pop, push, type Heap } from './heap'
import { createLists, offer, relist, startOf, type Lists } from './pricing'

/** What the search knows. An arrival's use of a room is `big` * weight + fit; its gain is that less the price. */
export interface Search {
  lists: Lists
  weights: PairSource['weights']
  big: number
  prices: Float64Array
  /** The arrival that has the room, or -1, and what use it is to them. */
  holders: Int32Array
  uses: Float64Array
  assigned: number
  /** Of one insertion: the shortest way to each room, the room before it on that way (-1: none), the use on its last step. */
  distances: Float64Array
  before: Int32Array
  stepUses: Float64Array
  /** The cheapest end found, and where: at a free room, at a room whose holder goes without, or -1: the newcomer does. */
  cheapest: number
  end: number
  heap: Heap
  /** Rooms whose shortest way is known, and rooms that were seen at all. */
  settled: Int32Array
  settledCount: number
  seen: Int32Array
  seenCount: number
  /** The move looked at: the room it leaves (-1: newly come), by whom, and the way to there plus their fit and price now. */
  from: number
  mover: number
  reach: number
  /** What is told of every pair when a newcomer's list is made, and when a mover's was not enough. */
  list: AddPair
  visitAndList: AddPair
}

/** Nobody has a room, and no room costs anything. */
export function beginSearch(source: PairSource, big: number): Search {
  const { rooms, weights } = source
  const distances = new Float64Array(rooms).fill(Infinity)
  const prices = new Float64Array(rooms)
  const lists = createLists(source, { big, prices })
  const search: Search = {
    lists, weights, big, prices, distances,
    holders: new Int32Array(rooms).fill(-1),
    uses: new Float64Array(rooms),
    assigned: 0,
    before: new Int32Array(rooms),
    stepUses: new Float64Array(rooms),
    cheapest: 0,
    end: -1,
    heap: createHeap(distances),
    settled: new Int32Array(rooms),
    settledCount: 0,
    seen: new Int32Array(rooms),
    seenCount: 0,
    from: -1,
    mover: -1,
    reach: 0,
    list: (room, fit) => offer(lists, room, fit),
    visitAndList: (room, fit) => {
      const distance = search.reach - fit + (prices[room] as number)
      if (distance < search.cheapest && distance < (distances[room] as number)) visit(search, { room, distance, fit })
      offer(lists, room, fit)
    },
  }
  return search
}

/** Finds the cheapest chain of moves that takes in one more arrival, makes it, and raises the prices on the way. */
export function insert(search: Search, arrival: number): void {
  const gain = bestGain(search, arrival)
  if (gain <= 0) return
  const { distances, prices, uses, holders, heap, settled } = search
  search.cheapest = gain
  search.end = -1
  relax(search, { from: -1, mover: arrival, reach: gain })
  while (heap.size > 0 && (distances[heap.rooms[0] as number] as number) < search.cheapest) {
    const room = pop(heap)
    settled[search.settledCount] = room
    search.settledCount += 1
    const reach = (distances[room] as number) + (uses[room] as number) - (prices[room] as number)
    relax(search, { from: room, mover: holders[room] as number, reach })
  }
  raisePrices(search)
  move(search, arrival)
  forget(search)
}

/** What the arrival gains from the room it likes best at today's prices; 0 or less: from none. */
function bestGain({ lists, weights, big, list }: Search, arrival: number): number {
  relist(lists, arrival, list)
  const start = startOf(arrival)
  const end = start + (lists.counts[arrival] as number)
  let best = -Infinity
  for (let place = start; place < end; place += 1) best = Math.max(best, lists.nets[place] as number)
  return best + big * (weights[arrival] as number)
}

/**
 * Looks at every room the mover could go to that can matter.
 *
 * @param step `from`: the room they would leave (-1: they are new). `reach`: the way to there, plus what they gain now.
 */
function relax(search: Search, { from, mover, reach }: { from: number; mover: number; reach: number }): void {
  const { lists, weights, big } = search
  search.from = from
  search.mover = mover
  search.reach = reach - big * (weights[mover] as number)
  if (search.reach - (lists.limits[mover] as number) < search.cheapest) relist(lists, mover, search.visitAndList)
  else relaxListed(search, mover)
}

function relaxListed(search: Search, mover: number): void {
  const { lists: { roomOf, fits, counts, nets }, prices, distances, reach } = search
  const start = startOf(mover)
  const end = start + (counts[mover] as number)
  for (let place = start; place < end; place += 1) {
    // prices never fall: a choice that was too far when last looked at is so still, and its price need not be fetched
    if (reach - (nets[place] as number) >= search.cheapest) continue
    const room = roomOf[place] as number
    const fit = fits[place] as number
    const net = fit - (prices[room] as number)
    const distance = reach - net
    nets[place] = net
    if (distance < search.cheapest && distance < (distances[room] as number)) visit(search, { room, distance, fit })
  }
}

/** Notes a shorter way to a room, and what it would cost to end there. */
function visit(search: Search, { room, distance, fit }: { room: number; distance: number; fit: number }): void {
  const { distances, holders, uses, prices, heap, seen } = search
  search.before[room] = search.from
  search.stepUses[room] = search.big * (search.weights[search.mover] as number) + fit
  const isNew = distances[room] === Infinity
  distances[room] = distance
  if (isNew) {
    seen[search.seenCount] = room
    search.seenCount += 1
  }
  const isFree = (holders[room] as number) < 0
  const cost = isFree ? distance : distance + (uses[room] as number) - (prices[room] as number)
  if (cost < search.cheapest) {
    search.cheapest = cost
    search.end = room
  }
  if (isFree) return
  if (isNew) push(heap, room)
  else nearer(heap, room)
}

/** Rooms nearer than the end cost so much more that the chain is everybody's best choice. */
function raisePrices({ settled, settledCount, prices, distances, cheapest }: Search): void {
  for (let index = 0; index < settledCount; index += 1) {
    const room = settled[index] as number
    prices[room] = (prices[room] as number) + cheapest - (distances[room] as number)
  }
}

/** Makes the moves of the chain, from its end back to the newcomer. */
function move(search: Search, arrival: number): void {
  const { before, holders, uses, stepUses, end } = search
  if (end >= 0 && (holders[end] as number) < 0) search.assigned += 1
  for (let room = end; room >= 0; room = before[room] as number) {
    const from = before[room] as number
    holders[room] = from < 0 ? arrival : (holders[from] as number)
    uses[room] = stepUses[room] as number
  }
}

function forget(search: Search): void {
  const { seen, seenCount, distances } = search
  for (let index = 0; index < seenCount; index += 1) distances[seen[index] as number] = Infinity
  search.seenCount = 0
  search.settledCount = 0
  search.heap.size = 0
}
