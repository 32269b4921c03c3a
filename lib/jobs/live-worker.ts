import 'server-only'
import { parentPort } from 'node:worker_threads'
import { bestPlace, openLive, withChanges, type Live, type LiveChanges, type LivePlace } from '@/lib/matching/live'
import type { RoundInput } from '@/lib/matching/round-types'

/** What the thread is asked: to read a city anew, or to go on from what it knows of it. */
export type LiveRequest =
  | { cityId: string; input: Pick<RoundInput, 'needs' | 'rooms' | 'apart' | 'policy'> }
  | { cityId: string; changes: LiveChanges }

/** What it answers. `UNKNOWN`: it does not have the city in memory, and must be given all of it. */
export type LiveReply =
  | { kind: 'PLACES'; places: LivePlace[]; arrivals: number; whole: boolean; kept: boolean }
  | { kind: 'UNKNOWN' }
  | { kind: 'BROKEN'; message: string }

/** Pairs of a party and a free run that are kept in memory, of all cities together: some 300 MB. */
const PAIRS_KEPT = 4_000_000

/** The cities in memory, the one that changed last at the end. */
const known = new Map<string, Live>()

function pairsOf({ rows, slots }: Live): number {
  return rows.size * [...slots.values()].reduce((sum, ofHost) => sum + ofHost.length, 0)
}

/** Keeps a city in memory if there is room, in place of those that have not changed for longest. */
function keep(cityId: string, live: Live): boolean {
  known.delete(cityId)
  if (pairsOf(live) > PAIRS_KEPT) return false
  known.set(cityId, live)
  let pairs = [...known.values()].reduce((sum, one) => sum + pairsOf(one), 0)
  for (const [oldest, one] of known) {
    if (pairs <= PAIRS_KEPT) break
    known.delete(oldest)
    pairs -= pairsOf(one)
  }
  return true
}

function answer(request: LiveRequest): LiveReply {
  const { cityId } = request
  const before = known.get(cityId)
  // whatever goes wrong now, what is in memory is no longer the city
  known.delete(cityId)
  if ('changes' in request && before === undefined) return { kind: 'UNKNOWN' }
  const live = 'input' in request ? openLive(request.input) : withChanges(before as Live, request.changes)
  const places = [...live.rows.keys()].flatMap((arrivalId) => bestPlace(live, arrivalId) ?? [])
  return { kind: 'PLACES', places, arrivals: live.rows.size, whole: live.isWhole, kept: keep(cityId, live) }
}

parentPort?.on('message', (request: LiveRequest) => {
  try {
    parentPort?.postMessage(answer(request))
  } catch (error) {
    parentPort?.postMessage({ kind: 'BROKEN', message: String(error) } satisfies LiveReply)
  }
})
