import 'server-only'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

const LATE_AFTER_MS = 180_000

/** How the parts are. Words only: no name, no version, no figure an outsider could use. */
export interface Health {
  database: 'ok' | 'unreachable'
  migrations: 'ok' | 'behind' | 'unknown'
  /** `starting`: no minute has been struck yet. `late`: the worker is away; reads and writes go on, mails wait. */
  queue: 'ok' | 'starting' | 'late' | 'unknown'
}

async function readMigrations(): Promise<Health['migrations']> {
  const applied = await db.$queryRaw<{ name: string }[]>`
    select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null`
  const names = new Set(applied.map(({ name }) => name))
  const entries = await readdir(join(process.cwd(), 'prisma', 'migrations'), { withFileTypes: true })
  return entries.every((entry) => !entry.isDirectory() || names.has(entry.name)) ? 'ok' : 'behind'
}

async function readQueue(): Promise<Health['queue']> {
  const [row] = await db.$queryRaw<{ age: number | null }[]>`
    select (extract(epoch from now() - queue_heartbeat()) * 1000)::float8 as age`
  const age = row?.age ?? null
  if (age === null) return 'starting'
  return age > LATE_AFTER_MS ? 'late' : 'ok'
}

/** Reads how the parts are; never throws. */
export async function readHealth(): Promise<Health> {
  try {
    return { database: 'ok', migrations: await readMigrations(), queue: await readQueue() }
  } catch (error) {
    log.warn({ err: error }, 'health check failed')
    return { database: 'unreachable', migrations: 'unknown', queue: 'unknown' }
  }
}
