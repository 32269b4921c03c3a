import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { once } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Policy } from '@/lib/matching/policy'
import type { PartyKind } from '../schema'

/** Why a round is not started: another one of its towns goes on, or there is nobody to play it for. */
export type StartRefusal = 'ROUND_RUNNING' | 'NOBODY_LOST' | 'KEY_REUSED'

/** Who was faster, and which round it is. */
export interface StartDetail {
  byName?: string
  minutesAgo?: number
  roundId?: string
}

export type Started = { ok: true; value: { round: string }; replayed: boolean } | { ok: false; reason: StartRefusal; detail: StartDetail }

interface Start {
  actor: UserActor
  /** Idempotency key, made when the form was shown. */
  key: string
  requestHash: string
}

export interface StartRound extends Start {
  cityIds: readonly string[]
  withinNights: number | null
  parties: readonly PartyKind[]
  groupsInPart: boolean
  policy: Policy
}

interface Wanted extends Omit<StartRound, keyof Start | 'parties'> {
  parties: readonly string[]
  rerunOf: string | null
}

class Refused extends Error {
  constructor(readonly reason: StartRefusal, readonly detail: StartDetail = {}) {
    super(reason)
  }
}

const startedSchema = z.object({ round: z.uuid() })

/** Locks the towns, in one order: two who start at once take turns, and the second sees the first's round. */
async function demandFreeCities(tx: Tx, cityIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select 1 from city where id = any (${[...cityIds]}::text[]) order by id for no key update`
  const [rival] = await tx.$queryRaw<{ roundId: string; byName: string; minutesAgo: number }[]>`
    select round.id::text as "roundId", staff.name as "byName", floor(extract(epoch from now() - round.queued_at) / 60)::int as "minutesAgo"
    from round_city join round on round.id = round_city.round_id join "user" staff on staff.id = round.started_by
    where round_city.city_id = any (${[...cityIds]}::text[]) order by round.queued_at limit 1`
  if (rival) throw new Refused('ROUND_RUNNING', rival)
}

async function insert(tx: Tx, { userId }: UserActor, { rerunOf, ...wanted }: Wanted): Promise<string> {
  const { cityIds, withinNights, parties, groupsInPart, policy } = wanted
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    insert into round (city_ids, within_nights, parties, groups_in_part, rerun_of, policy, started_by)
    values (${[...cityIds].sort()}::text[], ${withinNights}::int, ${[...parties]}::text[], ${groupsInPart}, ${rerunOf}::uuid,
      ${JSON.stringify(policy)}::jsonb, ${userId}::uuid) returning id::text`
  if (!row) throw new Error('an insert answers its row')
  await tx.$queryRaw`select queue_round(${row.id}::uuid)::text`
  return row.id
}

async function start({ actor, key, requestHash }: Start, readWanted: (tx: Tx) => Promise<Wanted>): Promise<Started> {
  try {
    return await inTransaction(async (tx) => {
      const label = actorLabel(actor)
      const answer = await once({ tx, actor: label, key, operation: 'round.start', requestHash }, startedSchema, async () => {
        const wanted = await readWanted(tx)
        await demandFreeCities(tx, wanted.cityIds)
        const round = await insert(tx, actor, wanted)
        return { value: { round }, event: { action: 'round.started', subject: { round } } }
      })
      return answer.ok ? answer : { ok: false as const, reason: answer.reason, detail: {} }
    })
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason, detail: error.detail }
    throw error
  }
}

/** Every town is one the actor serves: a round of a stranger's town would hold it up for those who do. */
export function demandCities(actor: UserActor, cityIds: readonly string[]): void {
  const mine = cityIds.length > 0 && cityIds.every((id) => actor.cityIds.includes(id))
  if (!mine || !can(actor, 'plan:propose', { cityIds })) throw new AppError('NOT_FOUND')
}

/**
 * Starts a round: a job matches everybody of the scope at once. Nothing is promised by it; its result is looked at and
 * approved. One round of a town at a time.
 *
 * @returns `ROUND_RUNNING` with who started the other one, and when.
 * @throws AppError NOT_FOUND for a town the actor does not serve.
 */
export async function startRound({ actor, key, requestHash, ...wanted }: StartRound): Promise<Started> {
  demandCities(actor, wanted.cityIds)
  return start({ actor, key, requestHash }, () => Promise.resolve({ ...wanted, rerunOf: null }))
}

/**
 * Starts a round of those alone whose suggested place was lost in an earlier one, under the same scope and weights.
 *
 * @returns `NOBODY_LOST` when nobody's was; else as `startRound`.
 * @throws AppError NOT_FOUND when the earlier round is not one of the actor's towns.
 */
export async function rerunLost({ roundId, ...by }: Start & { roundId: string }): Promise<Started> {
  return start(by, async (tx) => {
    const earlier = await tx.round.findUnique({ where: { id: roundId }, include: { suggestions: { where: { state: 'LOST' }, take: 1 } } })
    if (!earlier) throw new AppError('NOT_FOUND')
    demandCities(by.actor, earlier.cityIds)
    if (earlier.suggestions.length === 0) throw new Refused('NOBODY_LOST')
    const { cityIds, withinNights, groupsInPart } = earlier
    const policy = earlier.policy as unknown as Policy
    return { cityIds, withinNights, parties: earlier.parties, groupsInPart, policy, rerunOf: roundId }
  })
}
