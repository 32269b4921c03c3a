import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { can, type UserActor } from '@/lib/auth/rules'
import { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { detailOf, transition, type RefusalDetail, type Transition } from './call'
import { proposedSchema, type Propose, type Proposed, type ProposeRefusal } from './propose'

export interface ProposeMany extends Transition {
  actor: UserActor
  /** Each all or nothing; where two want the same room or party for the same night, the earlier has it. */
  proposals: readonly Proposal[]
}

/** One plan of many. */
export type Proposal = Pick<Propose, 'arrivalId' | 'kind' | 'legs' | 'refused'>

/** What became of one proposal. */
export type ProposalOutcome = { arrivalId: string } & (
  | ({ ok: true } & Proposed)
  | { ok: false; reason: ProposeRefusal; detail: RefusalDetail })

/** Most proposals in one call: a whole round of a large city. */
export const MOST_PROPOSALS = 20_000
/** Proposals of one statement: their rooms are locked meanwhile, and nobody should wait for them longer than a breath. */
const AT_ONCE = 1_000

const answeredSchema = z.object({ outcomes: z.array(z.looseObject({ code: z.string() })) })

function outcomeOf(answer: z.infer<typeof answeredSchema>['outcomes'][number], arrivalId = ''): ProposalOutcome {
  if (answer.code === 'OK') return { arrivalId, ok: true, ...proposedSchema.parse(answer) }
  return { arrivalId, ok: false, reason: answer.code as ProposeRefusal, detail: detailOf(answer) }
}

function proposePart({ actor, key, requestHash, proposals }: ProposeMany) {
  return transition<ProposalOutcome[], 'APPROVALS_STOPPED'>(
    Prisma.sql`select propose_many(${actor.userId}::uuid, ${key}, ${requestHash}, ${[...actor.cityIds]}::text[],
      ${JSON.stringify(proposals)}::jsonb) as answer`,
    (answer) => answeredSchema.parse(answer).outcomes.map((outcome, index) => outcomeOf(outcome, proposals[index]?.arrivalId)),
  )
}

// each part is done once under a key of its own: sent again after a crash, what is done is answered and the rest is done
function partsOf({ key, proposals, ...by }: ProposeMany): ProposeMany[] {
  const parts = Math.max(1, Math.ceil(proposals.length / AT_ONCE))
  return Array.from({ length: parts }, (_, part) => ({
    ...by,
    key: parts === 1 ? key : createHash('sha256').update(`${key}:${String(part)}`).digest('base64url'),
    proposals: proposals.slice(part * AT_ONCE, (part + 1) * AT_ONCE),
  }))
}

/**
 * Proposes many plans, a thousand to a statement: all they stand on is locked once and in order, what nothing stands against
 * is written together. Whatever was lost meanwhile is answered by name, in its place, and the rest goes through. Sent again
 * under the same key it answers the same and does nothing.
 *
 * @returns one outcome for each proposal, in their order; `KEY_REUSED` when the key came with other proposals;
 *   `APPROVALS_STOPPED` when they stop, which leaves parts that went before as they are.
 * @throws AppError NOT_FOUND for somebody who proposes nothing; RangeError for more than `MOST_PROPOSALS`.
 */
export async function proposeMany(request: ProposeMany) {
  if (!can(request.actor, 'plan:propose')) throw new AppError('NOT_FOUND')
  if (request.proposals.length > MOST_PROPOSALS) throw new RangeError(`more than ${String(MOST_PROPOSALS)} proposals`)
  const outcomes: ProposalOutcome[] = []
  let replayed = true
  for (const part of partsOf(request)) {
    const answer = await proposePart(part)
    if (!answer.ok) return answer
    outcomes.push(...answer.value)
    replayed &&= answer.replayed
  }
  return { ok: true as const, value: { outcomes }, replayed }
}
