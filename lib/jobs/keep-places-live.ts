import 'server-only'
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { policyInForce } from '@/lib/db/policies'
import { log } from '@/lib/log'
import { failLiveCity, holdKeeper, releaseKeeper, writePlaces } from '@/lib/rounds/commands/live'
import { listLiveCities, readHappened, readLiveMoment, readTouched, type LiveMoment } from '@/lib/rounds/queries/live'
import { mergeChanges, nextCity, type CityChange, type CityPlan, type WaitingChange } from '@/lib/rounds/rules/live'
import { readLiveChanges, readLiveCity } from './live-input'
import { LiveLost, openLiveThread, type LiveThread } from './live-thread'
import type { LiveReply } from './live-worker'

const LOOK_EVERY_MS = 200
/** Between two looks of a worker that does not keep the places, or whose database is away. */
const WAIT_MS = 2_000
/** A city is read as a whole so often though nothing happened: its nights come nearer. */
const WHOLE_EVERY_MS = 600_000
/** A city that failed, and one that is too large to be kept in memory, rest so long at least. */
const REST_MS = 60_000
/** A large city rests so many times as long as it took: it has a tenth of one processor. */
const REST_TIMES = 9
const BEAT_EVERY_MS = 4_000

/** What a worker that keeps the places remembers. */
export interface Keeper {
  id: string
  thread: LiveThread
  /** The last event it has looked at; `null` while another worker keeps the places. */
  seen: number | null
  changes: Map<string, WaitingChange>
  plans: Map<string, CityPlan>
  /** By city: the version of the weights it was last worked out by. */
  versions: Map<string, number>
  /** It was told to stop: what breaks off now did not fail. */
  ending: boolean
}

export function openKeeper(): Keeper {
  return { id: randomUUID(), thread: openLiveThread(), seen: null, changes: new Map(), plans: new Map(), versions: new Map(), ending: false }
}

/** Ends its thread and lets another worker take over. */
export async function closeKeeper(keeper: Keeper): Promise<void> {
  keeper.ending = true
  await keeper.thread.end()
  await releaseKeeper(keeper.id)
}

function noteChange({ changes }: Keeper, cityId: string, change: CityChange): void {
  const waiting = changes.get(cityId)
  changes.set(cityId, waiting ? { ...waiting, change: mergeChanges(waiting.change, change) } : { change, sinceMs: performance.now() })
}

/** Begins with every city: what happened while nobody looked is in none of our memories. */
async function beginAnew(keeper: Keeper, { place }: LiveMoment): Promise<void> {
  for (const cityId of await listLiveCities()) noteChange(keeper, cityId, 'ALL')
  keeper.seen = place
}

/** Notes what happened since the last look, by city. */
async function noteHappened(keeper: Keeper, moment: LiveMoment): Promise<void> {
  if (keeper.seen === null) return beginAnew(keeper, moment)
  if (moment.place <= keeper.seen) return
  const { until, ids, cityIds } = await readHappened(keeper.seen)
  for (const { cityId, arrivalId, hostId } of await readTouched(ids)) {
    noteChange(keeper, cityId, { arrivals: new Set(arrivalId === null ? [] : [arrivalId]), hosts: new Set(hostId === null ? [] : [hostId]) })
  }
  for (const cityId of cityIds) noteChange(keeper, cityId, 'ALL')
  keeper.seen = until
}

type Places = Extract<LiveReply, { kind: 'PLACES' }>

/** Goes on from what the thread remembers of a city, or reads all of it where it remembers nothing. */
async function askThread({ thread, versions }: Keeper, cityId: string, change: CityChange): Promise<Places & { policyVersion: number }> {
  const policy = await policyInForce(cityId)
  const known = change === 'ALL' || versions.get(cityId) !== policy.version ? null
    : await thread.ask({ cityId, changes: await readLiveChanges(cityId, policy, change) })
  const reply = known !== null && known.kind !== 'UNKNOWN' ? known : await thread.ask({ cityId, input: await readLiveCity(cityId, policy) })
  if (reply.kind !== 'PLACES') throw new LiveLost('BROKEN', reply)
  return { ...reply, policyVersion: policy.version }
}

async function workOut(keeper: Keeper, cityId: string, change: CityChange): Promise<void> {
  const begun = performance.now()
  try {
    const { places, arrivals, whole, kept, policyVersion } = await askThread(keeper, cityId, change)
    const tookMs = performance.now() - begun
    keeper.versions.set(cityId, policyVersion)
    planNext(keeper, cityId, kept ? 0 : Math.max(REST_MS, REST_TIMES * tookMs))
    const written = await writePlaces(keeper.id, { cityId, places, arrivals, tookMs, whole, slow: !kept, policyVersion })
    log.debug({ city: cityId, arrivals, places: places.length, tookMs, written }, 'places worked out')
  } catch (error) {
    if (keeper.ending) return
    log.error({ city: cityId, err: error }, 'the places of a city could not be worked out')
    keeper.versions.delete(cityId)
    planNext(keeper, cityId, REST_MS, REST_MS)
    await failLiveCity(cityId, error instanceof LiveLost ? error.failure : 'BROKEN')
  }
}

function planNext({ plans }: Keeper, cityId: string, restMs: number, wholeMs = WHOLE_EVERY_MS): void {
  const nowMs = performance.now()
  plans.set(cityId, { notBeforeMs: nowMs + restMs, wholeAtMs: nowMs + wholeMs })
}

/**
 * One look: notes what happened, and works out the one city whose turn it is. While a round is played no city is read as a
 * whole.
 *
 * @returns `AWAY` while another worker keeps the places, `IDLE` when nothing was due.
 */
export async function lookOnce(keeper: Keeper): Promise<'AWAY' | 'IDLE' | 'BUSY'> {
  if (!(await holdKeeper(keeper.id))) {
    keeper.seen = null
    keeper.versions.clear()
    return 'AWAY'
  }
  const moment = await readLiveMoment()
  await noteHappened(keeper, moment)
  const next = nextCity(keeper, { nowMs: performance.now(), wholes: moment.playing ? 'WAIT' : 'GO_ON' })
  if (next === null) return 'IDLE'
  keeper.changes.delete(next.cityId)
  const beating = setInterval(() => { holdKeeper(keeper.id).catch(() => undefined) }, BEAT_EVERY_MS)
  try {
    await workOut(keeper, next.cityId, next.change)
  } finally {
    clearInterval(beating)
  }
  return 'BUSY'
}

const PAUSE_MS = { AWAY: WAIT_MS, IDLE: LOOK_EVERY_MS, BUSY: 0 }

/**
 * Keeps the best place of everybody who waits ready until it is told to stop. One worker does it at a time. Whatever fails
 * here is tried again later and stops nothing else.
 */
export async function keepPlacesLive(stop: AbortSignal): Promise<void> {
  const keeper = openKeeper()
  // a large city takes longer than a worker has to end in: it is broken off, and the next worker begins anew
  stop.addEventListener('abort', () => {
    keeper.ending = true
    void keeper.thread.end()
  })
  let away = false
  while (!stop.aborted) {
    const looked = await lookOnce(keeper).catch((error: unknown) => {
      if (!away) log.warn({ err: error }, 'places could not be looked after')
      // what could not be noted is in what is read as a whole
      keeper.seen = null
      return 'AWAY' as const
    })
    away = looked === 'AWAY'
    await pause(PAUSE_MS[looked], undefined, { signal: stop }).catch(() => undefined)
  }
  await closeKeeper(keeper).catch((error: unknown) => { log.warn({ err: error }, 'the places could not be handed over') })
}
