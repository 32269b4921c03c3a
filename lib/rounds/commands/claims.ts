import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { actorLabel, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import { once } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import type { StoredLeg } from '../schema'

/** A suggestion that is being approved. */
export interface Claimed {
  number: number
  arrivalId: string
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  legs: StoredLeg[]
}

interface Claim {
  actor: UserActor
  /** Idempotency key of the approval. */
  key: string
  requestHash: string
  roundId: string
  which: 'all' | 'chosen' | number
  numbers: readonly number[]
}

/** The numbers of the suggestions an approval is about, in the order of the round. */
export type ClaimedList = { ok: true; value: { numbers: number[] } } | { ok: false; reason: 'NOTHING_CHOSEN' | 'KEY_REUSED' }

const listSchema = z.object({ numbers: z.array(z.int()) })

/** Nothing of what was named is open: nothing is written, and the key stays free. */
class NothingOpen extends Error {}

/** The key of one step of an approval. */
export function keyOf(key: string, step: string): string {
  return createHash('sha256').update(`${key}:${step}`).digest('base64url')
}

function named({ which, numbers }: Claim): Prisma.Sql {
  if (which === 'all') return Prisma.sql`true`
  return Prisma.sql`number = any (${which === 'chosen' ? [...numbers] : [which]}::int[])`
}

async function takeOpen(tx: Tx, wanted: Claim): Promise<number[]> {
  const { roundId, key } = wanted
  const rows = await tx.$queryRaw<{ number: number }[]>`
    update suggestion set approval_key = ${key}, claimed_at = now()
    where round_id = ${roundId}::uuid and state = 'OPEN' and kind is not null and ${named(wanted)}
      and (approval_key is null or claimed_at < now() - interval '1 minute')
    returning number`
  if (rows.length === 0) throw new NothingOpen()
  return rows.map(({ number }) => number).sort((one, other) => one - other)
}

/**
 * Takes open suggestions into the hand of one approval: of two that approve at the same time each has its own. What an
 * approval left behind that never came to its end is free after a minute. What was taken is written down with it: sent
 * again under the same key, an approval is about the same suggestions, no more and no fewer.
 */
export async function claim(wanted: Claim): Promise<ClaimedList> {
  const { actor, key, requestHash } = wanted
  try {
    return await inTransaction((tx) => once(
      { tx, actor: actorLabel(actor), key: keyOf(key, 'claim'), operation: 'round.claim', requestHash }, listSchema,
      async () => ({ value: { numbers: await takeOpen(tx, wanted) }, event: null }),
    ))
  } catch (error) {
    if (error instanceof NothingOpen) return { ok: false, reason: 'NOTHING_CHOSEN' }
    throw error
  }
}

/** Those of a list that are still to be decided. */
export async function readOpen(roundId: string, numbers: readonly number[]): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`
    select number, arrival_id::text as "arrivalId", kind::text, legs from suggestion
    where round_id = ${roundId}::uuid and number = any (${[...numbers]}::int[]) and state = 'OPEN' order by number`
}

/** Lets go of what was not decided. */
export async function unclaim(roundId: string, key: string): Promise<void> {
  await db.$executeRaw`
    update suggestion set approval_key = null, claimed_at = null where round_id = ${roundId}::uuid and approval_key = ${key} and state = 'OPEN'`
}
