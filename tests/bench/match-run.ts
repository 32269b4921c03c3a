import assert from 'node:assert/strict'
import { certify, certifyPairs, type Certificate } from '@/lib/matching/optimum/certificate'
import { buildEdges, sourceOf, type Edges, type PairSource } from '@/lib/matching/optimum/edges'
import { solveOptimum, solvePairs, type Optimum } from '@/lib/matching/optimum/solver'
import { peakMegabytes, round, timed } from './match-clock'
import { placeGreedily } from './match-greedy'
import { solveWithHighs, solveWithPython, type PeerAnswer } from './match-peers'
import { LARGEST_FIT, listFeasible, listHeardOf, makeWorld, type Geography } from './match-world'

/** What one size gives; seconds are of cpu. */
export interface Line {
  arrivals: number
  rooms: number
  edges: number
  assigned: number
  weight: number
  fit: number
  gap: number
  cpuSeconds: number
  peakMegabytes: number
  [more: string]: unknown
}

/** npm highs takes minutes beyond, the Python ones too. */
const HIGHS_EDGES = 600_000
const PYTHON_EDGES = 2_000_000

function check(source: PairSource, { optimum, certificate }: { optimum: Optimum; certificate: Certificate }): number {
  assert.equal(certificate.gap, 0, 'the certificate closes')
  const greedy = placeGreedily(source)
  const isBetter = greedy.weight > optimum.weight || (greedy.weight === optimum.weight && greedy.fit > optimum.fit)
  assert.ok(!isBetter, 'the most urgent first is never better')
  return round((1 - greedy.weight / Math.max(1, optimum.weight)) * 100)
}

/** Stored edges: built, solved, proved, and given to the peers. */
export async function runSparse({ arrivals, geography, seed, withPeers }: {
  arrivals: number
  geography: Geography
  seed: number
  withPeers: boolean
}): Promise<Line> {
  const world = makeWorld({ arrivals, geography, seed })
  const list = geography === 'AREAS' ? listFeasible : listHeardOf
  const { answer: edges, seconds: buildSeconds } = timed(() => buildEdges({ ...world, listRooms: (arrival, add) => list(world, arrival, add) }))
  const { answer: optimum, seconds: solveSeconds } = timed(() => solveOptimum(edges))
  const { answer: certificate, seconds: certifySeconds } = timed(() => certify(edges, optimum))
  const peak = peakMegabytes()
  const greedyWorsePercent = check(sourceOf(edges), { optimum, certificate })
  const peers = withPeers ? await askPeers(edges, optimum) : {}
  return {
    geography, arrivals, rooms: world.rooms, edges: edges.roomOf.length,
    assigned: optimum.assigned, weight: optimum.weight, fit: optimum.fit, gap: certificate.gap,
    buildSeconds, cpuSeconds: solveSeconds, certifySeconds, peakMegabytes: peak, greedyWorsePercent, peers,
  }
}

async function askPeers(edges: Edges, optimum: Optimum): Promise<Record<string, number>> {
  const count = edges.roomOf.length
  const answers: Record<string, PeerAnswer> = count > PYTHON_EDGES ? {} : solveWithPython(edges, optimum.big)
  if (count <= HIGHS_EDGES) answers['highs'] = await solveWithHighs(edges, optimum.big)
  return Object.fromEntries(Object.entries(answers).map(([name, { weight, fit, cpuSeconds }]) => {
    assert.deepEqual({ weight, fit }, { weight: optimum.weight, fit: optimum.fit }, `${name} finds the same sums`)
    return [name, round(cpuSeconds)]
  }))
}

/** All pairs of a Zipf land, none stored: `edges` counts those looked through. */
export function runFull({ arrivals, seed }: { arrivals: number; seed: number }): Line {
  const world = makeWorld({ arrivals, geography: 'ZIPF', seed })
  const source = { ...world, largestFit: LARGEST_FIT, listRooms: (arrival: number, add: (room: number, fit: number) => void) => listFeasible(world, arrival, add) }
  const { answer: pairs, seconds: enumerateSeconds } = timed(() => countPairs(source))
  const { answer: optimum, seconds: solveSeconds } = timed(() => solvePairs(source))
  const { answer: certificate, seconds: certifySeconds } = timed(() => certifyPairs(source, optimum))
  const peak = peakMegabytes()
  const greedyWorsePercent = check(source, { optimum, certificate })
  return {
    geography: 'ZIPF', arrivals, rooms: world.rooms, edges: pairs,
    assigned: optimum.assigned, weight: optimum.weight, fit: optimum.fit, gap: certificate.gap,
    buildSeconds: enumerateSeconds, cpuSeconds: solveSeconds, certifySeconds, peakMegabytes: peak, greedyWorsePercent, peers: {},
  }
}

function countPairs({ arrivals, listRooms }: PairSource): number {
  let pairs = 0
  const count = () => (pairs += 1)
  for (let arrival = 0; arrival < arrivals; arrival += 1) listRooms(arrival, count)
  return pairs
}

/** A foreign instance: the same check, no peers. */
export function solveInstance(edges: Edges): Line {
  const { answer: optimum, seconds } = timed(() => solveOptimum(edges))
  const certificate = certify(edges, optimum)
  const peak = peakMegabytes()
  check(sourceOf(edges), { optimum, certificate })
  return {
    arrivals: edges.arrivals, rooms: edges.rooms, edges: edges.roomOf.length,
    assigned: optimum.assigned, weight: optimum.weight, fit: optimum.fit, gap: certificate.gap,
    cpuSeconds: seconds, peakMegabytes: peak,
  }
}
