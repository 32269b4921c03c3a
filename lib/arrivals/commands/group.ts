import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { once } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { accept, refuse, type Result } from '@/lib/result'

export interface FormGroup {
  actor: UserActor
  /** Idempotency key, made when the form was shown. */
  key: string
  requestHash: string
  /** The organiser's request first; two or more. */
  arrivalIds: readonly string[]
  together: 'SAME_HOME' | 'WITHIN_MINUTES' | 'SAME_CITY'
}

const formedSchema = z.object({ group: z.uuid() })

async function lockMembers(tx: Tx, { actor, arrivalIds }: FormGroup): Promise<'FREE' | 'IN_A_GROUP' | 'GONE'> {
  await tx.$queryRaw`select 1 from arrival where id = any (${[...arrivalIds]}::uuid[]) order by id for no key update`
  const rows = await tx.arrival.findMany({ where: { id: { in: [...arrivalIds] } }, select: { cityIds: true, groupId: true, state: true } })
  const ours = rows.length === arrivalIds.length && rows.every(({ cityIds }) => can(actor, 'plan:propose', { cityIds }))
  if (!ours) throw new AppError('NOT_FOUND')
  if (rows.some(({ state }) => state === 'CLOSED' || state === 'WITHDRAWN')) return 'GONE'
  return rows.some(({ groupId }) => groupId !== null) ? 'IN_A_GROUP' : 'FREE'
}

/** Leaves the transaction with a refusal: nothing is written and the key stays free. */
class Refused extends Error {
  constructor(readonly reason: 'ALREADY_GROUPED' | 'ARRIVAL_GONE') {
    super(reason)
  }
}

function write(tx: Tx, request: FormGroup) {
  const { actor, key, requestHash, arrivalIds, together } = request
  return once({ tx, actor: actorLabel(actor), key, operation: 'group.form', requestHash }, formedSchema, async () => {
    const state = await lockMembers(tx, request)
    if (state !== 'FREE') throw new Refused(state === 'GONE' ? 'ARRIVAL_GONE' : 'ALREADY_GROUPED')
    const { id } = await tx.arrivalGroup.create({ data: { organiserArrivalId: arrivalIds[0] ?? '', together }, select: { id: true } })
    await tx.arrival.updateMany({ where: { id: { in: [...arrivalIds] } }, data: { groupId: id } })
    return { value: { group: id }, event: { action: 'group.formed', subject: { group: id, members: arrivalIds.length } } }
  })
}

/**
 * Puts requests together that ask to be placed together: colleagues, friends, a split family. Their rooms may then stand in
 * one plan, all or nothing.
 *
 * @returns `ALREADY_GROUPED` when one of them belongs to a group, `ARRIVAL_GONE` when one is closed.
 * @throws AppError NOT_FOUND when one of them asks for none of the actor's cities.
 */
export async function formGroup(request: FormGroup): Promise<Result<{ group: string }, 'ALREADY_GROUPED' | 'ARRIVAL_GONE' | 'KEY_REUSED'>> {
  try {
    const answer = await inTransaction((tx) => write(tx, request))
    return answer.ok ? { ...accept(answer.value), replayed: answer.replayed } : refuse('KEY_REUSED')
  } catch (error) {
    if (error instanceof Refused) return refuse(error.reason)
    throw error
  }
}
