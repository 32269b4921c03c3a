import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'
import { isCheckLate, newestDated, publicCount, publicWait } from './rules'
import { keptViolationsSchema, soakSchema, type Soak } from './schema'

/** Where a full run of the fault harness leaves its summary; it ships with the product. */
const SOAK_FOLDER = join(process.cwd(), 'docs', 'faults')

/** The gate before approvals: closed since when, or `null` while it is open. The database's own clock beside it. */
export async function readGate(): Promise<{ stoppedSince: Date | null; now: Date }> {
  const [row] = await db.$queryRaw<{ stoppedSince: Date | null; now: Date }[]>`
    select stopped_since as "stoppedSince", now() as now from approval_gate`
  if (!row) throw new Error('there is no gate')
  return row
}

export interface LastCheck {
  at: Date
  seconds: number
  /** Checks come every minute: this one is so old that the watch must be away. */
  late: boolean
  /** By invariant, I1 first: how many rows contradict it. */
  results: { id: string; violations: number }[]
  /** `null`: too few to be shown. */
  placementsAlive: number | null
  peopleNow: number | null
  peopleEver: number | null
  waitMinutes: number | null
}

/** What everybody may know: the last check, the gate, and the last soak that ships with the product. */
export interface Proof {
  check: LastCheck | null
  stoppedSince: Date | null
  soak: Soak | null
  now: Date
}

async function readCheck(now: Date): Promise<LastCheck | null> {
  const row = await db.invariantCheck.findFirst({ orderBy: { at: 'desc' } })
  if (!row) return null
  const kept = Object.entries(keptViolationsSchema.parse(row.violations)).map(([id, { count }]) => ({ id, violations: count }))
  return {
    at: row.at,
    seconds: row.seconds,
    late: isCheckLate({ at: row.at, now }),
    results: kept.sort((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1))),
    placementsAlive: publicCount(row.placementsAlive),
    peopleNow: publicCount(row.peopleNow),
    peopleEver: publicCount(row.peopleEver),
    waitMinutes: publicWait({ minutes: row.waitMinutes, waits: row.waits }),
  }
}

/** The newest summary in `docs/faults`; `null` when none was made yet, or when it is not what we expect of one. */
export async function readSoak(folder = SOAK_FOLDER): Promise<Soak | null> {
  const newest = newestDated(await readdir(folder).catch(() => []))
  if (newest === null) return null
  try {
    return soakSchema.parse(JSON.parse(await readFile(join(folder, newest), 'utf8')))
  } catch (error) {
    log.warn({ file: newest, err: error }, 'the summary of the soak cannot be read')
    return null
  }
}

/** Reads what the public page shows: two rows and a file, no person. */
export async function readProof(): Promise<Proof> {
  const { stoppedSince, now } = await readGate()
  return { check: await readCheck(now), stoppedSince, soak: await readSoak(), now }
}
