import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { once } from '@/lib/db/idempotency'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { readSamePlans } from '@/lib/placements/queries/same-plans'
import { buildProposals, type RefusalOf, type RoundProposal } from './proposals'
import { claim, keyOf, readOpen, unclaim, type Claimed } from './claims'

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

interface OfPart extends By {
  roundId: string
  /** When the round was over. */
  since: Date
  part: number
  numbers: readonly number[]
}

/** What became of one suggestion. */
type Said = { number: number; plan: string } | { number: number; reason: string; detail: object }

/**
 * By number what became of each suggestion of a part. Its very plan may live although it was refused: an approval that came to
 * no end, or goes on beside this one, has made it since the round was over. What was suggested is held then, and nothing is lost.
 */
async function sayOfEach({ since, numbers }: OfPart, open: readonly Claimed[], outcomes: readonly Outcome[]): Promise<Said[]> {
  const refused = new Set(numbers.filter((_number, index) => outcomes[index]?.ok === false))
  const same = await readSamePlans(open.filter(({ number }) => refused.has(number)), since)
  return numbers.map((number, index) => {
    const outcome = outcomes[index]
    if (!outcome) throw new Error('one outcome for each proposal')
    if (outcome.ok) return { number, plan: outcome.planId }
    const plan = same.get(number)
    return plan === undefined ? { number, reason: outcome.reason, detail: outcome.detail } : { number, plan }
  })
}

/** Writes down what became of each suggestion of a part, once. What is held stays so, whoever else says that it is lost. */
async function recordPart({ actor, key, requestHash, roundId, part, numbers }: OfPart, said: readonly Said[]) {
  return inTransaction((tx) => once(
    { tx, actor: actorLabel(actor), key: keyOf(key, `record:${String(part)}`), operation: 'round.approve', requestHash }, partSchema,
    async () => {
      const decided = await tx.$executeRaw`
        update suggestion set state = (case when said.plan is null then 'LOST' else 'HELD' end)::suggestion_state, plan_id = said.plan,
          lost_reason = said.reason, lost_detail = said.detail, decided_at = now()
        from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as said (number int, plan uuid, reason text, detail jsonb)
        where round_id = ${roundId}::uuid and suggestion.number = said.number
          and (state = 'OPEN' or (state = 'LOST' and said.plan is not null))`
      const [counted] = await tx.$queryRaw<Part[]>`
        select count(*) filter (where state = 'HELD')::int as held, count(*) filter (where state = 'LOST')::int as lost
        from suggestion where round_id = ${roundId}::uuid and number = any (${[...numbers]}::int[])`
      const value = counted ?? { held: 0, lost: 0 }
      return { value, event: decided === 0 ? null : { action: 'round.approved', subject: { round: roundId, ...value } } }
    },
  ))
}

async function approvePart(by: OfPart, { propose, refusalOf }: Hands): Promise<{ ok: true; value: Part } | { ok: false; reason: 'APPROVALS_STOPPED' | 'KEY_REUSED' }> {
  const { actor, key, requestHash, part, roundId, numbers } = by
  const open = await readOpen(roundId, numbers)
  const proposals = await buildProposals(roundId, { numbers, open }, refusalOf)
  // the outcomes are good for this list and no other
  const listHash = keyOf(requestHash, numbers.join())
  const answer = await propose({ actor, key: keyOf(key, `propose:${String(part)}`), requestHash: listHash, proposals })
  return answer.ok ? recordPart(by, await sayOfEach(by, open, answer.value.outcomes)) : answer
}

/**
 * When the round was over; `null` while it runs and when it failed.
 *
 * @throws AppError NOT_FOUND when it is not a round of the actor's towns.
 */
async function readEnd({ actor, roundId }: Pick<ApproveRound, 'actor' | 'roundId'>): Promise<Date | null> {
  const round = await db.round.findUnique({ where: { id: roundId }, select: { state: true, cityIds: true, finishedAt: true } })
  if (!round?.cityIds.every((id) => actor.cityIds.includes(id)) || !can(actor, 'plan:propose')) throw new AppError('NOT_FOUND')
  return round.state === 'DONE' || round.state === 'STOPPED' ? round.finishedAt : null
}

/**
 * Approves suggestions of a round: each is checked anew by the rules of the match and held all or not at all. What was lost
 * meanwhile is kept with its reason, and the rest goes through. Sent again under the same key it is about the same suggestions
 * and answers the same, also when it was cut off and somebody else has ended it meanwhile.
 *
 * @returns how many are held and how many were lost; `ROUND_NOT_DONE` while it runs or when it failed, `NOTHING_CHOSEN` when
 *   nothing of what was named is still open, `APPROVALS_STOPPED` when approvals stop, which leaves what is held as it is.
 * @throws AppError NOT_FOUND when it is not a round of the actor's towns.
 */
export async function approveRound(request: ApproveRound, hands: Hands): Promise<Approved> {
  const { actor, key, requestHash, roundId } = request
  const since = await readEnd(request)
  if (since === null) return { ok: false, reason: 'ROUND_NOT_DONE', detail: {} }
  const claimed = await claim(request)
  if (!claimed.ok) return { ...claimed, detail: {} }
  const { numbers } = claimed.value
  const total = { held: 0, lost: 0 }
  for (let start = 0; start < numbers.length; start += AT_ONCE) {
    const part = { actor, key, requestHash, roundId, since, part: start / AT_ONCE, numbers: numbers.slice(start, start + AT_ONCE) }
    const answer = await approvePart(part, hands)
    if (!answer.ok) {
      await unclaim(roundId, key)
      return { ...answer, detail: {} }
    }
    total.held += answer.value.held
    total.lost += answer.value.lost
  }
  return { ok: true, value: total }
}
