import 'server-only'
import { parentPort } from 'node:worker_threads'
import { bestPlace, openLive, withChanges, type Live, type LiveChanges, type LivePlace } from '@/lib/matching/live'
import { openMemory } from '@/lib/matching/live-memory'
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

/** Choices of a party among what is free that are kept in memory, of all cities together: some 160 MB. */
const CHOICES_KEPT = 20_000_000

const memory = openMemory(CHOICES_KEPT)

function answer(request: LiveRequest): LiveReply {
  const { cityId } = request
  // whatever goes wrong now, what was in memory is no longer the city
  const before = memory.take(cityId)
  if ('changes' in request && before === undefined) return { kind: 'UNKNOWN' }
  const live = 'input' in request ? openLive(request.input) : withChanges(before as Live, request.changes)
  const places = [...live.rows.keys()].flatMap((arrivalId) => bestPlace(live, arrivalId) ?? [])
  return { kind: 'PLACES', places, arrivals: live.rows.size, whole: live.isWhole, kept: memory.keep(cityId, live) }
}

parentPort?.on('message', (request: LiveRequest) => {
  try {
    parentPort?.postMessage(answer(request))
  } catch (error) {
    parentPort?.postMessage({ kind: 'BROKEN', message: String(error) } satisfies LiveReply)
  }
})
