import type { ClientBase } from 'pg'
import { isLive } from '@/lib/placements/rules'
import { playPlans } from './play'
import { STAFF } from './people'
import { rowsOfPlan } from './rows-of-plans'
import {
  arrivalRow, checkRows, homeRow, hostRow, hostUserRow, openingRows, roomRows, staffRow, type Asked, type Row,
} from './rows-of-world'
import { readStatement } from './statements'
import type { SeedPlan } from './stays'
import type { World } from './world'

const CHUNK = 5_000

function chunksOf<One>(list: readonly One[]): One[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, index) => list.slice(index * CHUNK, (index + 1) * CHUNK))
}

/**
 * Writes rows of one table as sets, as the database's owner: columns are those of the first row, values travel as JSON.
 *
 * The application itself never writes like this: its role may not, and placements have one writer. A seed tells what
 * happened before, so it stands where a backup would.
 */
async function insertRows(client: ClientBase, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (first === undefined) return
  const columns = Object.keys(first).map((column) => client.escapeIdentifier(column)).join(', ')
  const name = client.escapeIdentifier(table)
  for (const chunk of chunksOf(rows)) {
    await client.query(
      `insert into ${name} (${columns}) select ${columns} from json_populate_recordset(null::${name}, $1)`,
      [JSON.stringify(chunk)],
    )
  }
}

/** How often each host was asked and answered in the stays that are written, not played. */
function countAsked(plans: readonly SeedPlan[]): Map<string, Asked> {
  const counts = new Map<string, Asked>()
  for (const { host, state, times } of plans) {
    const { asked, answered } = counts.get(host.id) ?? { asked: 0, answered: 0 }
    const answers = times.hostYes !== null || state === 'DECLINED'
    counts.set(host.id, { asked: asked + 1, answered: answered + (answers ? 1 : 0) })
  }
  return counts
}

async function insertHosts(client: ClientBase, { hosts }: World, written: readonly SeedPlan[]): Promise<void> {
  const asked = countAsked(written)
  const { rows: there } = await client.query<{ id: string }>(`select id from "user" where role <> 'HOST'`)
  // the team is the same in every world: a second one is added to the first one's
  await insertRows(client, 'user', STAFF.filter(({ id }) => there.every((one) => one.id !== id)).map(staffRow))
  await insertRows(client, 'user', hosts.map(hostUserRow))
  await insertRows(client, 'host', hosts.map((host) => hostRow(host, asked.get(host.id) ?? { asked: 0, answered: 0 })))
  await insertRows(client, 'home', hosts.map(homeRow))
  await insertRows(client, 'room', hosts.flatMap(roomRows))
  await insertRows(client, 'opening', hosts.flatMap(openingRows))
  await insertRows(client, 'vetting_check', hosts.flatMap(checkRows))
}

async function insertArrivals(client: ClientBase, { arrivals, groups }: World, played: readonly SeedPlan[]): Promise<void> {
  const live = new Set(played.map(({ arrival }) => arrival.id))
  await insertRows(client, 'arrival', arrivals.map((arrival) => arrivalRow(arrival, { live: live.has(arrival.id) })))
  await insertRows(client, 'arrival_group', groups.map(({ id, organiserId, createdAt }) => (
    { id, organiser_arrival_id: organiserId, together: 'WITHIN_MINUTES', created_at: createdAt })))
  for (const { id, memberIds } of groups) {
    await client.query('update arrival set group_id = $1 where id = any ($2::uuid[])', [id, memberIds])
  }
  const erased = arrivals.filter((arrival) => arrival.erased).map(({ id }) => id)
  await client.query('select erase_arrival(id) from unnest($1::uuid[]) id', [erased])
}

function audited({ hosts, arrivals }: World): Row[] {
  const offered = hosts.map(({ id, userId, home, createdAt }) => (
    { at: createdAt, actor: `user:${userId}`, action: 'host.offered', subject: { host: id, home: home.id } }))
  const asked = arrivals.map(({ id, source, createdAt }) => {
    const entered = source === 'DESK' || source === 'PHONE'
    return { at: createdAt, actor: `arrival:${id}`, action: entered ? 'arrival.entered' : 'arrival.requested', subject: { arrival: id } }
  })
  return [...offered, ...asked]
}

/** Writes plans as they stand: over, or in a world too big to be played. */
async function writePlans(client: ClientBase, world: World, written: readonly SeedPlan[]): Promise<void> {
  const all = written.map(rowsOfPlan)
  const tables = Object.keys(all[0] ?? {}).filter((table) => table !== 'audit')
  for (const table of tables) await insertRows(client, table, all.flatMap((rows) => rows[table] ?? []))
  const events = [...audited(world), ...all.flatMap((rows) => rows['audit'] ?? [])]
  const inOrder = events.sort((one, other) => (one['at'] as Date).getTime() - (other['at'] as Date).getTime())
  await client.query(await readStatement('audit'))
  for (const chunk of chunksOf(inOrder)) await client.query('select pg_temp.add_history($1)', [JSON.stringify(chunk)])
}

/**
 * Writes a world in one transaction: all of it or nothing. What is over is written; what lives now is played by the
 * functions the product uses, unless the world is too big for it.
 *
 * @param client an owner's connection; the caller has begun a transaction whose start is the world's `now`.
 * @param play whether live stays go through the functions, one by one.
 */
export async function loadWorld(client: ClientBase, world: World, { play }: { play: boolean }): Promise<void> {
  const played = play ? world.plans.filter(({ state }) => isLive(state)) : []
  const written = world.plans.filter((plan) => !played.includes(plan))
  await insertHosts(client, world, written)
  await insertArrivals(client, world, played)
  await writePlans(client, world, written)
  const clocks = await playPlans(client, played)
  const waiting = written.filter(({ state }) => state === 'PROPOSED').map(({ id }) => id)
  await client.query(await readStatement('clocks'), [[...waiting, ...clocks]])
  const paused = world.hosts.filter((host) => host.paused).map(({ id }) => id)
  await client.query('update host set paused = true where id = any ($1::uuid[])', [paused])
}
