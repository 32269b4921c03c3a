'use server'

import type { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { requestSignInCode } from '@/lib/auth/commands'
import { can } from '@/lib/auth/rules'
import { checkWhen, nextStep, type OfferStep } from '@/lib/hosts/rules'
import { houseSchema, nothingSchema, offerDraftSchema, publishSchema, whatSchema, whenSchema, whereSchema, youSchema, type OfferDraft } from '@/lib/hosts/schema'
import { dropDraft, readDraft, writeDraft } from '@/lib/privacy/draft'
import { newFormKey } from '@/lib/privacy/secret'
import { accept, refuse } from '@/lib/result'
import { todayIn } from '@/lib/time/clock'
import { completeOffer, finishOffer, offeredBefore } from './finish'
import { stepPath } from '@/components/hosts/offer-step'

async function keep(answer: Partial<OfferDraft>, knownHost: boolean): Promise<{ ok: true; value: OfferStep }> {
  const before = (await readDraft('offer', offerDraftSchema)) ?? { key: newFormKey() }
  const draft = { ...before, ...answer }
  await writeDraft('offer', draft)
  return accept(nextStep(draft, knownHost))
}

const ofOffer = { permission: 'home:offer', speaker: 'ANYBODY', leadsTo: stepPath } as const

export const whatAction = defineAction({
  ...ofOffer,
  name: 'offer.what',
  input: whatSchema,
  run: async ({ input, actor }) => keep({ what: input }, can(actor, 'host:manage-own')),
})

export const whereAction = defineAction({
  ...ofOffer,
  name: 'offer.where',
  input: whereSchema,
  run: async ({ input, actor }) => keep({ where: input }, can(actor, 'host:manage-own')),
})

// The city comes along in the form, so that "today" is that of the home and the message stands at the field.
function refuseWrongDays(when: z.infer<typeof whenSchema>, context: z.RefinementCtx<z.infer<typeof whenSchema>>): void {
  checkWhen(when, todayIn(when.city)).forEach(({ field, code }) => context.addIssue({ code: 'custom', path: [field], message: code }))
}

export const whenAction = defineAction({
  ...ofOffer,
  name: 'offer.when',
  input: whenSchema.superRefine(refuseWrongDays),
  run: async ({ input: { city: _city, ...when }, actor }) => keep({ when }, can(actor, 'host:manage-own')),
})

export const houseAction = defineAction({
  ...ofOffer,
  name: 'offer.house',
  input: houseSchema,
  run: async ({ input, actor }) => keep({ house: input }, can(actor, 'host:manage-own')),
})

export const youAction = defineAction({
  ...ofOffer,
  name: 'offer.you',
  input: youSchema,
  run: async ({ input, actor }) => keep({ you: input }, can(actor, 'host:manage-own')),
})

export const publishAction = defineAction({
  name: 'offer.publish',
  permission: 'home:offer',
  speaker: 'ANYBODY',
  limit: 'mail',
  input: publishSchema,
  run: async ({ actor, locale }) => {
    const draft = await readDraft('offer', offerDraftSchema)
    const offer = draft && completeOffer(draft)
    if (!offer) return refuse('DRAFT_GONE')
    if (can(actor, 'host:manage-own')) {
      const answer = await finishOffer({ actor, offer, locale })
      if (!answer.ok) return answer.reason === 'KEY_REUSED' ? offeredBefore(draft) : answer
      await dropDraft('offer')
      return accept('/host')
    }
    if (offer.you === undefined) return refuse('DRAFT_GONE')
    const sent = await requestSignInCode({ mail: offer.you.mail, locale })
    if (!sent.ok) return sent
    await writeDraft('offer', { ...draft, codeId: sent.value.codeId })
    return accept('/host/code')
  },
  leadsTo: (path) => path,
})

/** For answers that are no correction of a home that is listed: they are published once more, as one of their own. */
export const anotherHomeAction = defineAction({
  ...ofOffer,
  name: 'offer.another',
  keyless: true,
  input: nothingSchema,
  run: async ({ actor }) => {
    const draft = await readDraft('offer', offerDraftSchema)
    if (!draft) return refuse('DRAFT_GONE')
    return keep(draft.offered === true ? { key: newFormKey(), offered: false } : {}, can(actor, 'host:manage-own'))
  },
})
