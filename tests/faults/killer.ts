// Breaks a database from outside, in a process of its own: `backends` ends one connection after the other,
// `server` kills every process of it as often as it comes back. Says each one in a line. SIGUSR2: begin. SIGTERM: no more of it.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { killEverything } from './processes'
import { dice } from './soak/dice'

export interface KillOrder {
  what: 'backends' | 'server'
  connectionString: string
  dataDir: string
  seed: number
  /** Between two kills, in milliseconds of a server that takes connections. */
  fromMs: number
  untilMs: number
  /** So many and no more; without it until told to stop. */
  atMost?: number
}

const AGAIN_AFTER_MS = 20
const over = new AbortController()
let kills = 0
const isOver = () => over.signal.aborted || kills >= (order.atMost ?? Infinity)
process.on('SIGTERM', () => { over.abort() })

const order = JSON.parse(process.argv[2] ?? '{}') as KillOrder
const { roll } = dice(order.seed)
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)
const rest = (ms: number) => pause(ms, undefined, { signal: over.signal }).catch(() => undefined)
const note = () => readFile(join(order.dataDir, 'postmaster.pid'), 'utf8').catch(() => '')

async function tryConnect(): Promise<Client | null> {
  const client = new Client({ connectionString: order.connectionString })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return client
  } catch {
    return null
  }
}

/** Mostly somebody who is in the middle of something: there the outcome is in doubt. */
async function endOne(client: Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>(`
    select pid, pg_terminate_backend(pid) from (
      select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      order by state = 'active' desc, random() limit 1) one`)
  if (!rows[0]) return
  kills += 1
  say({ killed: 'backend', pid: rows[0].pid })
}

async function killBackends(client: Client): Promise<void> {
  try {
    while (!isOver()) {
      await rest(order.fromMs + roll(order.untilMs - order.fromMs))
      await endOne(client)
    }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Lets it work for a while, takes it away and waits until somebody has started it again. */
async function killServer(client: Client): Promise<void> {
  await client.end()
  await rest(order.fromMs + roll(order.untilMs - order.fromMs))
  if (isOver()) return
  const pid = Number((await note()).split('\n')[0])
  const processes = await killEverything(pid)
  kills += 1
  say({ killed: 'server', pid, processes })
  while (!isOver() && (await note()).startsWith(`${pid}\n`)) await rest(AGAIN_AFTER_MS)
}

const begin = new Promise<void>((done) => process.once('SIGUSR2', () => { done() }))
say({ ready: true })
await Promise.race([begin, rest(600_000)])
while (!isOver()) {
  const client = await tryConnect()
  if (client === null) await rest(AGAIN_AFTER_MS)
  else await (order.what === 'backends' ? killBackends(client) : killServer(client)).catch(() => undefined)
}
process.exit(0)
