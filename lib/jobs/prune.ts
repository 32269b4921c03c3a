import 'server-only'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

const ROUNDS = 100

/** Idempotent answers older than a week, a part at a time; what is left waits for tomorrow. */
async function pruneKeys(): Promise<number> {
  let pruned = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const [row] = await db.$queryRaw<{ pruned: number }[]>`select prune_keys() as pruned`
    if (!row || row.pruned === 0) break
    pruned += row.pruned
  }
  return pruned
}

/**
 * Every night: forgets idempotent answers and checks after a week, sessions and sign-in codes that no longer open anything. Codes somebody
 * tried stay a month: how often an address was guessed at is counted by them. Rounds go after 30 days.
 */
export async function pruneJob(): Promise<void> {
  const keys = await pruneKeys()
  const sessions = await db.$executeRaw`delete from session where expires_at < now()`
  const codes = await db.$executeRaw`
    delete from sign_in_code where expires_at < now() - case when attempts > 0 then interval '31 days' else interval '1 day' end`
  const [checks] = await db.$queryRaw<{ pruned: number }[]>`select prune_checks() as pruned`
  const [rounds] = await db.$queryRaw<{ pruned: number }[]>`select prune_rounds() as pruned`
  log.info({ keys, sessions, codes, checks: checks?.pruned, rounds: rounds?.pruned }, 'pruned')
}
