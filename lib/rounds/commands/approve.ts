import 'server-only'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { once } from '@/lib/db/idempotency'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { buildProposals, type RefusalOf, type RoundProposal } from './proposals'
import { claim, readClaimed, unclaim, type Claimed } from './claims'

/** What became of one proposal, as the placements' command answers it. */
export type Outcome = { ok: true; planId: string } | { ok: false; reason: string; detail: object }

interface By {
  actor: UserActor
  /** Idempotency key, made when the form was shown. */
  key: string
  requestHash: string
}

/**
 * The hands that write plans: `proposeMany` and `refusalOf` of the placements, lent by the caller, because no other domain's
 * commands are called from here.
 */
export interface Hands {
  propose: (request: By & { proposals: readonly RoundProposal[] }) => Promise<
    { ok: true; value: { outcomes: readonly Outcome[] } } | { ok: false; reason: 'APPROVALS_STOPPED' | 'KEY_REUSED' }>
  refusalOf: RefusalOf
}

export interface ApproveRound extends By {
  roundId: string
  /** All that is open, those of `numbers`, or one by its number. */
  which: 'all' | 'chosen' | number
  numbers: readonly number[]
}

export type ApproveRefusal = 'APPROVALS_STOPPED' | 'KEY_REUSED' | 'ROUND_NOT_DONE' | 'NOTHING_CHOSEN'
/** How many plans are held now, and how many places were lost meanwhile. */
export type Approved = { ok: true; value: { held: number; lost: number } } | { ok: false; reason: ApproveRefusal; detail: object }

/** Plans of one statement, and so of one answer. */
const AT_ONCE = 1_000
const partSchema = z.object({ held: z.int(), lost: z.int() })
type Part = z.infer<typeof partSchema>

function keyOf(key: string, step: string): string {
  return createHash('sha256').update(`${key}:${step}`).digest('base64url')
}

interface OfPart extends By {
  roundId: string
  part: number
}

/** Writes down what became of each suggestion of a part, once. */
async function recordPart({ actor, key, requestHash, roundId, part }: OfPart, claimed: readonly Claimed[], outcomes: readonly Outcome[]) {
  const rows = claimed.map(({ number }, index) => {
    const outcome = outcomes[index]
    if (!outcome) throw new Error('one outcome for each proposal')
    return outcome.ok ? { number, plan: outcome.planId } : { number, reason: outcome.reason, detail: outcome.detail }
  })
  const held = outcomes.filter(({ ok }) => ok).length
  return inTransaction((tx) => once(
    { tx, actor: actorLabel(actor), key: keyOf(key, `record:${String(part)}`), operation: 'round.approve', requestHash }, partSchema,
    async () => {
      await tx.$executeRaw`
        update suggestion set state = (case when said.plan is null then 'LOST' else 'HELD' end)::suggestion_state, plan_id = said.plan,
          lost_reason = said.reason, lost_detail = said.detail, decided_at = now()
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as said (number int, plan uuid, reason text, detail jsonb)
        where round_id = ${roundId}::uuid and suggestion.number = said.number`
      const value = { held, lost: rows.length - held }
      return { value, event: { action: 'round.approved', subject: { round: roundId, ...value } } }
    },
  ))
}

async function approvePart(by: OfPart, claimed: readonly Claimed[], { propose, refusalOf }: Hands): Promise<{ ok: true; value: Part } | { ok: false; reason: 'APPROVALS_STOPPED' | 'KEY_REUSED' }> {
  const { actor, key, requestHash, part, roundId } = by
  const proposals = await buildProposals(roundId, claimed, refusalOf)
  const answer = await propose({ actor, key: keyOf(key, `propose:${String(part)}`), requestHash, proposals })
  return answer.ok ? recordPart(by, claimed, answer.value.outcomes) : answer
}

/** @throws AppError NOT_FOUND when it is not a round of the actor's towns. */
async function isDone({ actor, roundId }: Pick<ApproveRound, 'actor' | 'roundId'>): Promise<boolean> {
  const round = await db.round.findUnique({ where: { id: roundId }, select: { state: true, cityIds: true } })
  if (!round?.cityIds.every((id) => actor.cityIds.includes(id)) || !can(actor, 'plan:propose')) throw new AppError('NOT_FOUND')
  return round.state === 'DONE' || round.state === 'STOPPED'
}

/**
 * Approves suggestions of a round: each is checked anew by the rules of the match and held all or not at all. What was lost
 * meanwhile is kept with its reason, and the rest goes through. Sent again under the same key it answers the same.
 *
 * @returns how many are held and how many were lost; `ROUND_NOT_DONE` while it runs or when it failed, `NOTHING_CHOSEN` when
 *   nothing of what was named is still open, `APPROVALS_STOPPED` when approvals stop, which leaves what is held as it is.
 * @throws AppError NOT_FOUND when it is not a round of the actor's towns.
 */
export async function approveRound(request: ApproveRound, hands: Hands): Promise<Approved> {
  const { actor, key, requestHash, roundId } = request
  if (!(await isDone(request))) return { ok: false, reason: 'ROUND_NOT_DONE', detail: {} }
  await claim(request)
  const claimed = await readClaimed(roundId, key)
  if (claimed.length === 0) return { ok: false, reason: 'NOTHING_CHOSEN', detail: {} }
  const total = { held: 0, lost: 0 }
  for (let start = 0; start < claimed.length; start += AT_ONCE) {
    const part = { actor, key, requestHash, roundId, part: start / AT_ONCE }
    const answer = await approvePart(part, claimed.slice(start, start + AT_ONCE), hands)
    if (!answer.ok) {
      await unclaim(roundId, key)
      return { ...answer, detail: {} }
    }
    total.held += answer.value.held
    total.lost += answer.value.lost
  }
  return { ok: true, value: total }
}
