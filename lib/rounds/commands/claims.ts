import 'server-only'
import { db } from '@/lib/db/client'
import { Prisma } from '@/lib/db/generated/client'
import type { StoredLeg } from '../schema'

/** A suggestion that is being approved. */
export interface Claimed {
  number: number
  arrivalId: string
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  legs: StoredLeg[]
}

interface Claim {
  roundId: string
  key: string
  which: 'all' | 'chosen' | number
  numbers: readonly number[]
}

function named({ which, numbers }: Claim): Prisma.Sql {
  if (which === 'all') return Prisma.sql`true`
  return Prisma.sql`number = any (${which === 'chosen' ? [...numbers] : [which]}::int[])`
}

/**
 * Takes open suggestions into the hand of one approval: of two that approve at the same time each has its own. What an
 * approval left behind that never came to its end is free after a minute.
 */
export async function claim(wanted: Claim): Promise<void> {
  const { roundId, key } = wanted
  await db.$executeRaw`
    update suggestion set approval_key = ${key}, claimed_at = now()
    where round_id = ${roundId}::uuid and state = 'OPEN' and kind is not null and ${named(wanted)}
      and (approval_key is null or claimed_at < now() - interval '1 minute')`
}

/** What an approval has in hand, in the order of the round; decided ones too, so that it can be sent again. */
export async function readClaimed(roundId: string, key: string): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`
    select number, arrival_id::text as "arrivalId", kind::text, legs from suggestion
    where round_id = ${roundId}::uuid and approval_key = ${key} order by number`
}

/** Lets go of what was not decided. */
export async function unclaim(roundId: string, key: string): Promise<void> {
  await db.$executeRaw`
    update suggestion set approval_key = null, claimed_at = null where round_id = ${roundId}::uuid and approval_key = ${key} and state = 'OPEN'`
}
