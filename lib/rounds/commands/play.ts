import 'server-only'
import { Prisma } from '@/lib/db/generated/client'
import { db } from '@/lib/db/client'
import { inTransaction, withRetry, type Tx } from '@/lib/db/transaction'
import type { Policy } from '@/lib/matching/policy'
import type { RoundCertificate, RoundProgress } from '@/lib/matching/round-types'
import type { Suggested } from '../rules/result'
import type { RoundFailure } from '../schema'

/** Rows of one statement. */
const AT_ONCE = 1_000

/** A round the worker has taken. */
export interface TakenRound {
  id: string
  cityIds: string[]
  withinNights: number | null
  parties: string[]
  groupsInPart: boolean
  rerunOf: string | null
  policy: Policy
}

/** Takes a round that waits; `null` when it is taken, stopped or gone: a second worker then does nothing. */
export async function takeRound(roundId: string): Promise<TakenRound | null> {
  const rows = await withRetry(() => db.$queryRaw<TakenRound[]>`
    update round set state = 'RUNNING', started_at = now(), beat_at = now(), step = 'READING' where id = ${roundId}::uuid and state = 'QUEUED'
    returning id::text, city_ids as "cityIds", within_nights as "withinNights", parties, groups_in_part as "groupsInPart",
      rerun_of::text as "rerunOf", policy`)
  return rows[0] ?? null
}

/** Asks for a round again in a moment, for a worker whose hands are full. */
export async function askAgain(roundId: string): Promise<void> {
  await withRetry(() => db.$queryRaw`
    select queue_round(id, interval '2 seconds')::text from round where id = ${roundId}::uuid and state = 'QUEUED'`)
}

/** What a round is about, once it has been read. */
export async function recordSize(roundId: string, size: { arrivals: number; persons: number; rooms: number }): Promise<void> {
  await db.$executeRaw`update round set arrivals = ${size.arrivals}::int, persons = ${size.persons}::int, rooms = ${size.rooms}::int
    where id = ${roundId}::uuid and state = 'RUNNING'`
}

/**
 * Writes how far a round is, which is also the sign that it lives.
 *
 * @returns `STOP` when somebody asked for it, `GONE` when it is no longer ours.
 */
export async function recordProgress(roundId: string, { step, done, of, placed }: RoundProgress): Promise<'GO_ON' | 'STOP' | 'GONE'> {
  const [row] = await db.$queryRaw<{ stop: boolean }[]>`
    update round set step = ${step}, step_done = ${done}::int, step_of = ${of}::int, placed = ${placed}::int, beat_at = now()
    where id = ${roundId}::uuid and state = 'RUNNING' returning stop_asked_at is not null as stop`
  if (!row) return 'GONE'
  return row.stop ? 'STOP' : 'GO_ON'
}

/** Ends a round without a result. Nothing of it is kept, and its towns are free again. */
export async function failRound(roundId: string, failure: RoundFailure): Promise<void> {
  await withRetry(() => db.$executeRaw`
    update round set state = 'FAILED', failure = ${failure}, finished_at = now() where id = ${roundId}::uuid and state = 'RUNNING'`)
}

async function insertPart(tx: Tx, roundId: string, part: readonly (Suggested & { number: number })[]): Promise<void> {
  await tx.$executeRaw`
    insert into suggestion (round_id, number, arrival_id, arrival_ids, kind, legs, persons, score, maximum, reason, nearest, needs_decision, company)
    select ${roundId}::uuid, number, "arrivalId", "arrivalIds", kind, legs, persons, score, maximum, reason,
      case when jsonb_typeof(nearest) = 'object' then nearest end, "needsDecision",
      case when jsonb_typeof(company) = 'object' then company end
    from jsonb_to_recordset(${JSON.stringify(part)}::jsonb) as one (number int, "arrivalId" uuid, "arrivalIds" uuid[], kind plan_kind,
      legs jsonb, persons int, score int, maximum int, reason text, nearest jsonb, "needsDecision" boolean, company jsonb)`
  // who asked to be forgotten since the round was read is in none of it; asked of each row by itself, thousands take many seconds
  await tx.$queryRaw`
    select forget_in_suggestions(id)::text from arrival where erased_at is not null and id = any (${part.flatMap(({ arrivalIds }) => arrivalIds)}::uuid[])`
}

async function replacePrices(tx: Tx, roundId: string, prices: ReadonlyMap<string, number>): Promise<void> {
  await tx.$executeRaw`delete from room_price using room, home, round where room.id = room_price.room_id and home.id = room.home_id
    and round.id = ${roundId}::uuid and home.city_id = any (round.city_ids)`
  const paid = [...prices].filter(([, points]) => points > 0)
  await tx.$executeRaw`insert into room_price (room_id, points, round_id)
    select room_id, points, ${roundId}::uuid
    from unnest(${paid.map(([id]) => id)}::uuid[], ${paid.map(([, points]) => points)}::float8[]) given (room_id, points)
    where exists (select 1 from room where id = room_id)`
}

/** What a round found. */
export interface Finished {
  suggestions: readonly Suggested[]
  /** Points by room; `null`: they say nothing of the towns, because only some parties took part. */
  prices: ReadonlyMap<string, number> | null
  certificate: RoundCertificate
  persons: number
  stopped: boolean
}

/**
 * Writes a round's result and ends it, all in one transaction.
 *
 * @returns false when the round is no longer ours, and nothing was written.
 */
export async function finishRound(roundId: string, { suggestions, prices, certificate, persons, stopped }: Finished): Promise<boolean> {
  const numbered = suggestions.map((one, index) => ({ ...one, number: index + 1 }))
  return inTransaction(async (tx) => {
    const [ours] = await tx.$queryRaw<{ id: string }[]>`
      select id::text from round where id = ${roundId}::uuid and state = 'RUNNING' for no key update`
    if (!ours) return false
    for (let start = 0; start < numbered.length; start += AT_ONCE) await insertPart(tx, roundId, numbered.slice(start, start + AT_ONCE))
    if (prices !== null) await replacePrices(tx, roundId, prices)
    await tx.$executeRaw(Prisma.sql`
      update round set state = ${stopped ? 'STOPPED' : 'DONE'}::round_state, finished_at = now(), placed = ${persons}::int,
        certificate = ${JSON.stringify(certificate)}::jsonb where id = ${roundId}::uuid`)
    return true
  })
}
