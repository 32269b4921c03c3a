import { execFile } from 'node:child_process'
import { chmod, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { migrateDatabase } from '@/lib/db/migrate'
import { listViolations } from './checks'
import { missingKeys } from './http/book'
import { startCaller } from './http/caller'
import { insist } from './http/insist'
import { KEY_MARK } from './http/kill-at'
import { openLane } from './http/lane'
import { asking, timed } from './http/scene'
import { openStage } from './http/stage'
import { counted, type Check, type Part, type PartRun } from './part'
import { freshDatabase, startPostgres, withClient, type Postgres } from './postgres'
import { dice, seedOf } from './soak/dice'

// Faults of the database server itself that are neither a crash under load nor a network: too slow for every test run.

const SHUTDOWNS = 6
const SMALL_DISK = '220m'
const FULL_FOR_MS = 6_000
const BLOCK = Buffer.alloc(1 << 20)
const run = promisify(execFile)

/** Everything a schema is made of, as one text. */
const FINGERPRINT = `select md5(string_agg(line, chr(10) order by line)) as print from (
  select 'function ' || pg_get_functiondef(oid) as line from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'
    and not exists (select 1 from pg_depend where objid = pg_proc.oid and deptype = 'e')
  union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || pg_get_indexdef(indexrelid) from pg_index where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
  union all select 'column ' || attrelid::regclass || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull from pg_attribute
    where attnum > 0 and not attisdropped and attrelid in (select oid from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace)) all_lines`

async function printOf(connectionString: string): Promise<string> {
  return withClient(connectionString, async (client) => String((await client.query<{ print: string }>(FINGERPRINT)).rows[0]?.print))
}

async function empty(postgres: Postgres, name: string): Promise<string> {
  await withClient(postgres.connectionTo('postgres'), (client) => client.query(`create database ${name}`))
  return postgres.connectionTo(name)
}

/** An immediate shutdown at several moments of a migration, which is then run again. */
async function shutDownWhileMigrating({ seed, onProgress }: PartRun, postgres: Postgres): Promise<Check> {
  const whole = await empty(postgres, 'whole')
  const begun = performance.now()
  await migrateDatabase({ connectionString: whole })
  const wholeMs = performance.now() - begun
  const wanted = await printOf(whole)
  const { roll } = dice(seedOf(seed, 'migration'))
  const outcomes: string[] = []
  for (let index = 0; index < SHUTDOWNS; index += 1) {
    const connectionString = await empty(postgres, `cut_${index}`)
    const migrating = migrateDatabase({ connectionString }).then(() => 'done', () => 'cut')
    await pause((wholeMs * (index + roll(1000) / 1000)) / SHUTDOWNS)
    process.kill(postgres.pid(), 'SIGQUIT')
    const first = await migrating
    await postgres.restart()
    await migrateDatabase({ connectionString })
    outcomes.push(`${first}: ${(await printOf(connectionString)) === wanted ? 'the same' : 'ANOTHER'}`)
    onProgress(`migration shut down ${index + 1} times`)
  }
  const ok = outcomes.every((words) => words.endsWith('the same')) && outcomes.some((words) => words.startsWith('cut'))
  return { name: 'F-07: a migration cut off by an immediate shutdown is there or not, and run again gives the whole schema', ok, found: outcomes.join(', ') }
}

async function fill(file: string): Promise<void> {
  const handle = await open(file, 'w')
  try {
    // until there is no room for another block; then for no byte
    for (const block of [BLOCK, BLOCK.subarray(0, 4096)]) {
      for (;;) if (await handle.write(block).then(() => false, () => true)) break
    }
  } finally {
    await handle.close()
  }
}

interface OnFullDisk {
  codes: Record<string, number>
  servedAfterMs: number
  lost: string[]
  violations: string[]
}

async function fillUnderLoad({ seed, folder, onProgress }: PartRun, { disk, postgres }: { disk: string; postgres: Postgres }): Promise<OnFullDisk> {
  const stage = await openStage({ connectionString: await freshDatabase(postgres, 'small_disk'), folder })
  const web = await stage.startWeb()
  // a town somebody serves
  await openLane(stage)
  const { key, roll } = dice(seedOf(seed, 'disk'))
  const caller = startCaller({ address: () => `10.4.${roll(250)}.${roll(250)}` })
  const [known, codes] = [new Set<string>(), {} as Record<string, number>]
  const ask = async () => {
    const request = asking(`${KEY_MARK}${key()}`)
    const { answer } = await timed(caller.call(web.url, request))
    const status = String(answer?.status ?? 'cut')
    codes[status] = (codes[status] ?? 0) + 1
    if (answer?.status === 201) known.add(request.key ?? '')
    return status
  }
  for (let times = 0; times < 20; times += 1) await ask()
  await fill(join(disk, 'filler'))
  onProgress('the disk is full')
  const until = performance.now() + FULL_FOR_MS
  while (performance.now() < until) await ask()
  await rm(join(disk, 'filler'))
  // a server that could not write its log has ended; whoever keeps it running starts it again
  if (postgres.isGone()) await postgres.restart()
  const begun = performance.now()
  const request = asking(`${KEY_MARK}${key()}`)
  const { answer: { status } } = await insist({ caller, request, whereTo: () => web.url })
  codes[status] = (codes[status] ?? 0) + 1
  const servedAfterMs = Math.round(performance.now() - begun)
  for (let times = 0; times < 20; times += 1) await ask()
  const found = { codes, servedAfterMs, lost: await missingKeys(stage, known), violations: await listViolations(stage.connectionString) }
  caller.close()
  await web.stop()
  await stage.stop()
  return found
}

/** Needs the right to mount a small disk; where there is none, this is not run and the report says so. */
async function fullDisk(order: PartRun): Promise<{ checks: Check[]; lost: string[]; violations: string[]; notRun?: string }> {
  const disk = join(order.folder, 'disk')
  await mkdir(disk)
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK}`, 'tmpfs', disk])
  } catch (error) {
    return { checks: [], lost: [], violations: [], notRun: `F-10: no small disk may be mounted here (${(error as Error).message.trim()})` }
  }
  await chmod(disk, 0o755)
  const postgres = await startPostgres({ folder: disk })
  try {
    const { codes, servedAfterMs, lost, violations } = await fillUnderLoad(order, { disk, postgres })
    const refused = codes['503'] ?? 0
    const others = Object.keys(codes).filter((code) => !['201', '503'].includes(code))
    const ok = refused > 0 && others.length === 0 && servedAfterMs < 30_000
    return { lost, violations, checks: [{
      name: 'F-10: on a full disk everybody is told "not now", and served again when there is room', ok, found: `${JSON.stringify(codes)}, served after ${servedAfterMs} ms` }] }
  } finally {
    await postgres.stop()
    await run('umount', ['--lazy', disk])
  }
}

/** An immediate shutdown during a migration, and a disk that is full. */
export const server: Part = {
  name: 'server',
  run: async (order) => {
    const begun = performance.now()
    const postgres = await startPostgres({ folder: order.folder })
    const migration = await shutDownWhileMigrating(order, postgres).finally(() => postgres.stop())
    const { checks, lost, violations, notRun } = await fullDisk(order)
    const all = [migration, ...checks]
    return {
      name: server.name, seed: order.seed, seconds: (performance.now() - begun) / 1_000, operations: all.length, acknowledged: all.filter(({ ok }) => ok).length,
      kills: { postgres: SHUTDOWNS, web: 0, worker: 0, backends: 0 }, violations: counted(violations), lost: counted(lost), duplicated: counted([]),
      checks: all, figures: notRun === undefined ? {} : { notRun },
    }
  },
}
