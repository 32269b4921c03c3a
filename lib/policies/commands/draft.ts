import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { once, type Recorded } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { accept, refuse, type Result } from '@/lib/result'
import { weightsOf } from '../rules'
import { weightsSchema, type Weights } from '../schema'

/** What every change of a policy carries: who, and the key of the form with the hash of its request. */
export interface Change {
  actor: UserActor
  key: string
  requestHash: string
}

/** Why a policy was not changed. Nothing was written. */
export type PolicyRefusal = 'STALE_VERSION' | 'NOT_REHEARSED' | 'ALREADY_IN_FORCE'

/** Leaves a transaction with a refusal: everything is rolled back and the key stays free. */
export class Refused extends Error {
  constructor(readonly reason: PolicyRefusal) {
    super(reason)
    this.name = 'Refused'
  }
}

/** One change of a policy: once per key, in one transaction, with its audit event in the last statement. */
export async function changeOnce<Schema extends z.ZodType>(
  { change: { actor, key, requestHash }, operation }: { change: Change; operation: string }, schema: Schema,
  work: (tx: Tx) => Promise<{ value: z.infer<Schema>; event: Recorded | null }>,
): Promise<Result<z.infer<Schema>, PolicyRefusal | 'KEY_REUSED'>> {
  try {
    const answer = await inTransaction((tx) => once({ tx, actor: actorLabel(actor), key, requestHash, operation }, schema, () => work(tx)))
    return answer.ok ? { ...accept(answer.value), replayed: answer.replayed } : refuse(answer.reason)
  } catch (error) {
    if (error instanceof Refused) return refuse(error.reason)
    throw error
  }
}

/** Two leads of one city take turns. @throws AppError NOT_FOUND for a city the actor does not lead. */
export async function lockCity(tx: Tx, { actor }: Change, cityId: string): Promise<void> {
  if (!can(actor, 'policy:edit', { cityIds: [cityId] })) throw new AppError('NOT_FOUND')
  const rows = await tx.$queryRaw<unknown[]>`select 1 from city where id = ${cityId} for no key update`
  if (rows.length === 0) throw new AppError('NOT_FOUND')
}

/** The version in force must still be the one the form was drawn from. Answers it. */
export async function requireInForce(tx: Tx, { cityId, basedOn }: { cityId: string; basedOn: number }): Promise<number> {
  const { _max: { version } } = await tx.policy.aggregate({ where: { cityId }, _max: { version: true } })
  if ((version ?? DEFAULT_POLICY.version) !== basedOn) throw new Refused('STALE_VERSION')
  return basedOn
}

interface Drafted { cityId: string; basedOn: number; name: string; weights: Weights }

/** Writes weights down. They are never changed afterwards: other weights are another draft. */
export async function insertDraft(tx: Tx, { actor }: Change, { cityId, basedOn, name, weights }: Drafted): Promise<string> {
  // through JSON: what the database keeps is what was checked
  const { wishes, priority, scales } = weightsSchema.parse(weightsOf(weights))
  const { id } = await tx.policyDraft.create({
    data: { cityId, basedOn, name, wishes, priority, scales, madeById: actor.userId }, select: { id: true },
  })
  return id
}

const draftedSchema = z.object({ draft: z.uuid() })

/**
 * Keeps weights a lead has put together, to be looked at and rehearsed. Nothing is decided by them.
 *
 * @returns `STALE_VERSION` when another version was adopted since the form was drawn.
 * @throws AppError NOT_FOUND for a city the actor does not lead.
 */
export async function savePolicyDraft(request: Change & Drafted) {
  const { cityId } = request
  return changeOnce({ change: request, operation: 'policy.draft' }, draftedSchema, async (tx) => {
    await lockCity(tx, request, cityId)
    await requireInForce(tx, request)
    const draft = await insertDraft(tx, request, request)
    return { value: { draft }, event: { action: 'policy.drafted', subject: { city: cityId, draft } } }
  })
}
