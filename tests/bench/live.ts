/**
 * How soon a place is ready: a town with people who wait and rooms, and the worker's own loop beside it. An arrival comes,
 * a room is taken, a room is freed, each through its command; the time from the answer of the command until the new place
 * stands in the database. The places are checked against the optimum of the town read anew.
 *
 * `npm run bench:live [-- --json]`; the sizes stay here so that anyone can run it again.
 */
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { crowdTown } from '../setup/round-town'
import { json, onBenchServer, say } from './bench-server'

const SIZES = [{ waiting: 60, rooms: 40 }, { waiting: 800, rooms: 400 }, { waiting: 5_000, rooms: 2_000 }] as const
const CITIES = ['oral', 'almaty', 'astana'] as const
const TIMES = 20
/** A city that is worked out as a whole rests a minute and more between two answers. */
const TIMES_SLOW = 1
const MOST_MS = 120_000

function rowsOf(owner: Pool) {
  return async (statement: string, values: unknown[] = []) => (await owner.query<Record<string, unknown>>(statement, values)).rows
}

/** Waits until a statement answers true. @returns milliseconds. */
async function until(owner: Pool, statement: string, values: unknown[]): Promise<number> {
  const begun = performance.now()
  while (performance.now() - begun < MOST_MS) {
    const [row] = await rowsOf(owner)(`select ${statement} as it`, values)
    if (row?.['it'] === true) return performance.now() - begun
    await pause(5)
  }
  throw new Error(`never true: ${statement}`)
}

/** Somebody who comes for two nights from today, with the event of their request. */
async function comes(owner: Pool, cityId: string, number: number): Promise<string> {
  const code = `L${String(number % 10)}-${number.toString(36).toUpperCase().padStart(3, '0')}`
  const [row] = await rowsOf(owner)(`
    with made as (insert into arrival (code, nickname, city_ids, from_date, until_date, adults, languages)
      values ($1, 'guest', array[$2], city_today($2), city_today($2) + 2, 1, '{ru}') returning id)
    select id, add_audit('bench', 'arrival.requested', jsonb_build_object('arrival', id))::text from made`, [code, cityId])
  return String(row?.['id'])
}

const HAS_PLACE = 'exists (select 1 from live_place where arrival_id = $1)'
const HAS_NONE = 'not exists (select 1 from live_place where arrival_id = $1)'

/** One party through its changes: it comes, its place is held for it, and the room is freed again. */
async function through(owner: Pool, cityId: string, number: number) {
  const { propose } = await import('@/lib/placements/commands/propose')
  const { release } = await import('@/lib/placements/commands/release')
  const [person] = await rowsOf(owner)(`select id from "user" where role = 'COORDINATOR' limit 1`)
  const actor = { kind: 'USER', userId: String(person?.['id']), role: 'COORDINATOR', name: 'Aigul', cityIds: [...CITIES], hostId: null } as const
  const arrivalId = await comes(owner, cityId, number)
  const came = await until(owner, HAS_PLACE, [arrivalId])
  const [place] = await rowsOf(owner)('select room_id, from_date::text as from, until_date::text as until from live_place where arrival_id = $1', [arrivalId])
  const once = (what: string) => ({ key: `${what}-of-the-benchmark-${String(number)}`, requestHash: what })
  const leg = { roomId: String(place?.['room_id']), from: String(place?.['from']), until: String(place?.['until']), adults: 1, childrenAges: [], reasons: {} }
  const held = await propose({ ...once('propose'), actor, arrivalId, kind: 'SINGLE', legs: [leg] })
  assert.ok(held.ok, 'the place that stood ready is free')
  const taken = await until(owner, HAS_NONE, [arrivalId])
  const [placementId = ''] = held.value.placementIds
  await release({ ...once('release'), actor, placementId, to: 'CANCELLED', side: 'COORDINATOR', reason: 'NO_LONGER_FITS', close: false })
  return { came, taken, freed: await until(owner, HAS_PLACE, [arrivalId]) }
}

/** What stands in the database is worth what the town read anew is worth. */
async function checkTown(owner: Pool, cityId: string): Promise<void> {
  const { readLiveCity } = await import('@/lib/jobs/live-input')
  const { openLive } = await import('@/lib/matching/live')
  const { DEFAULT_POLICY } = await import('@/lib/matching/policy')
  const live = openLive(await readLiveCity(cityId, DEFAULT_POLICY))
  const placed = await rowsOf(owner)(`select arrival_id as id from live_place where city_id = $1 and mark = 'BEST_FOR_ALL'`, [cityId])
  const weightOf = (id: string) => live.rows.get(id)?.party.weight ?? 0
  const weight = (ids: string[]) => ids.reduce((sum, id) => sum + weightOf(id), 0)
  assert.equal(weight(placed.map(({ id }) => String(id))), weight([...live.places.keys()]), 'the places kept are an optimum')
}

function percentile(figures: number[], share: number): number {
  return Math.round([...figures].sort((one, other) => one - other)[Math.ceil(figures.length * share) - 1] ?? NaN)
}

async function measure(owner: Pool, { waiting, rooms }: (typeof SIZES)[number], cityId: string, first: number): Promise<void> {
  // the crowds' codes are numbered through: as many more as there are already
  const [before] = await rowsOf(owner)(`select count(*)::int as crowd from arrival where nickname <> 'guest'`)
  await crowdTown({ rows: rowsOf(owner) }, cityId, { waiting: waiting + Number(before?.['crowd']), rooms })
  await rowsOf(owner)(`select add_audit('bench', 'arrival.requested', jsonb_build_object('arrival', id))::text from arrival where city_ids = array[$1] limit 1`, [cityId])
  await rowsOf(owner)(`select add_audit('bench', 'policy.adopted', jsonb_build_object('city', $1::text))::text`, [cityId])
  await until(owner, 'exists (select 1 from live_city where city_id = $1 and arrivals >= $2 or city_id = $1 and failure is not null)', [cityId, waiting])
  const [city] = await rowsOf(owner)('select took_ms, slow, failure, arrivals from live_city where city_id = $1', [cityId])
  const line: Record<string, unknown> = { arrivals: waiting, rooms, wholeMs: city?.['took_ms'], slow: city?.['slow'], failure: city?.['failure'] }
  if (city?.['failure'] === null) {
    const all: { came: number; taken: number; freed: number }[] = []
    const times = city['slow'] === true ? TIMES_SLOW : TIMES
    for (let time = 0; time < times; time += 1) all.push(await through(owner, cityId, first + time))
    for (const kind of ['came', 'taken', 'freed'] as const) {
      const figures = all.map((one) => one[kind])
      Object.assign(line, { [`${kind}P50Ms`]: percentile(figures, 0.5), [`${kind}P95Ms`]: percentile(figures, 0.95) })
    }
    await checkTown(owner, cityId)
  }
  line['residentMegabytes'] = Math.round(process.memoryUsage.rss() / 1e6)
  if (json) process.stdout.write(`${JSON.stringify(line)}\n`)
  say(Object.entries(line).map(([name, figure]) => `${name} ${String(figure)}`).join(', '))
}

await onBenchServer({ settings: [], pool: 8 }, async (owner) => {
  const { keepPlacesLive } = await import('@/lib/jobs/keep-places-live')
  const { keepQueueFilled } = await import('@/lib/jobs/fill-queue')
  await rowsOf(owner)(`insert into "user" (role, name, city_ids) select 'COORDINATOR', 'Aigul', $1`, [[...CITIES]])
  const stop = new AbortController()
  const kept = Promise.all([keepPlacesLive(stop.signal), keepQueueFilled(stop.signal)])
  for (const [index, size] of SIZES.entries()) await measure(owner, size, CITIES[index] ?? '', index * TIMES)
  stop.abort()
  await kept
})
