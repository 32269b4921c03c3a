/**
 * One by one, each answered at once and for good, two parties a room: what is sheltered by whom comes first, with prices,
 * and by who knew everybody beforehand.
 *
 * The prices are those of rounds over the people of the last period (as many, other ones) and the rooms still free, a
 * round every so often, smoothed over rooms of the same city and beds (S. Agrawal, Z. Wang, Y. Ye, "A dynamic near-optimal
 * algorithm for online linear programming", Operations Research 62, 2014).
 */
import assert from 'node:assert/strict'
import { certifyPairs } from '@/lib/matching/optimum/certificate'
import type { AddPair, PairSource } from '@/lib/matching/optimum/edges'
import { solvePairs } from '@/lib/matching/optimum/solver'
import { peakMegabytes, round, timed } from './match-clock'
import { placeGreedily, type Sums } from './match-greedy'
import type { Line } from './match-run'
import { LARGEST_FIT, listFeasible, makeWorld, type World } from './match-world'

/** Rounds while the arrivals of one period come. */
const ROUNDS = 25
const PARTIES_PER_ROOM = 2
/** Beds a room has at most, with one more for counting. */
const BEDS = 8

type Priced = PairSource & { largestFit: number }

/** Arrivals `from` to `from + count` of the land, and its rooms that are still free. */
function partOf(world: World, { from, count, taken }: { from: number; count: number; taken: Uint8Array }): Priced {
  let add: AddPair = () => undefined
  const addFree: AddPair = (room, fit) => {
    if (taken[room] === 0) add(room, fit)
  }
  const listRooms = (arrival: number, take: AddPair) => {
    add = take
    listFeasible(world, from + arrival, addFree)
  }
  return { arrivals: count, rooms: world.rooms, weights: world.weights.slice(from, from + count), listRooms, largestFit: LARGEST_FIT }
}

/** Each free room's price: the mean over free rooms of its city and beds. */
function smooth(world: World, prices: Float64Array, taken: Uint8Array): Float64Array {
  const cities = world.areaStarts.length - 1
  const [sums, counts] = [new Float64Array(cities * BEDS), new Int32Array(cities * BEDS)]
  const groupOf = new Int32Array(world.rooms)
  for (let city = 0; city < cities; city += 1) {
    for (let room = world.areaStarts[city]!; room < world.areaStarts[city + 1]!; room += 1) {
      const group = city * BEDS + world.beds[room]!
      groupOf[room] = group
      if (taken[room] !== 0) continue
      sums[group]! += prices[room]!
      counts[group]! += 1
    }
  }
  return prices.map((_, room) => sums[groupOf[room]!]! / Math.max(1, counts[groupOf[room]!]!))
}

/** Everybody gets the free room they gain most from at the prices of their day; nobody a room that costs more than they gain. */
function comeOneByOne(world: World, { arrivals, priced }: { arrivals: number; priced: boolean }): Sums {
  const taken = new Uint8Array(world.rooms)
  const sums = { assigned: 0, weight: 0, fit: 0 }
  const everybody = partOf(world, { from: arrivals, count: arrivals, taken })
  let prices: Float64Array = new Float64Array(world.rooms)
  let big = 1
  let [best, bestNet, bestFit] = [-1, 0, 0]
  const look: AddPair = (room, fit) => {
    const net = fit - prices[room]!
    if (net <= bestNet) return
    best = room
    bestNet = net
    bestFit = fit
  }
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    if (priced && arrival % Math.ceil(arrivals / ROUNDS) === 0) {
      const round = solvePairs(partOf(world, { from: 0, count: arrivals - arrival, taken }))
      big = round.big
      prices = smooth(world, round.prices, taken)
    }
    best = -1
    bestNet = priced ? -big * world.weights[arrivals + arrival]! : -1
    everybody.listRooms(arrival, look)
    if (best < 0) continue
    taken[best] = 1
    sums.assigned += 1
    sums.weight += world.weights[arrivals + arrival]!
    sums.fit += bestFit
  }
  return sums
}

/** Shares of what hindsight shelters, by weight; `ratio` is with prices over first come. */
export function runOnline({ arrivals, seed }: { arrivals: number; seed: number }): Line {
  const rooms = Math.max(1, Math.round(arrivals / PARTIES_PER_ROOM))
  const world = makeWorld({ arrivals: 2 * arrivals, rooms, geography: 'ZIPF', seed })
  const hindsight = partOf(world, { from: arrivals, count: arrivals, taken: new Uint8Array(rooms) })
  const { answer: optimum, seconds: cpuSeconds } = timed(() => solvePairs(hindsight))
  const { gap } = certifyPairs(hindsight, optimum)
  const firstCome = comeOneByOne(world, { arrivals, priced: false })
  const { answer: withPrices, seconds: onlineSeconds } = timed(() => comeOneByOne(world, { arrivals, priced: true }))
  const byUrgency = placeGreedily(hindsight)
  assert.equal(gap, 0, 'the certificate closes')
  for (const { weight } of [firstCome, withPrices, byUrgency]) assert.ok(weight <= optimum.weight, 'nobody beats hindsight')
  let pairs = 0
  for (let arrival = 0; arrival < arrivals; arrival += 1) hindsight.listRooms(arrival, () => (pairs += 1))
  const share = ({ weight }: Sums) => round(weight / Math.max(1, optimum.weight))
  return {
    geography: 'ZIPF', arrivals, rooms, edges: pairs,
    assigned: optimum.assigned, weight: optimum.weight, fit: optimum.fit, gap, cpuSeconds, peakMegabytes: peakMegabytes(),
    firstComeShare: share(firstCome), withPricesShare: share(withPrices), urgencyShare: share(byUrgency),
    ratio: round(withPrices.weight / Math.max(1, firstCome.weight)), onlineSeconds,
  }
}
