'use server'

import { defineAction } from '@/lib/actions/define-action'
import { requestSignInCode, spendSignInCode } from '@/lib/auth/commands'
import { enterCodeSchema } from '@/lib/auth/schema'
import { startSession } from '@/lib/auth/session'
import { nothingSchema, offerDraftSchema } from '@/lib/hosts/schema'
import { dropDraft, readDraft, writeDraft } from '@/lib/privacy/draft'
import { accept, refuse } from '@/lib/result'
import { completeOffer, finishOffer, offeredBefore } from '../offer/finish'

export const confirmOfferAction = defineAction({
  name: 'offer.confirm',
  permission: 'home:offer',
  speaker: 'ANYBODY',
  limit: 'guess',
  input: enterCodeSchema,
  run: async ({ input, key, locale }) => {
    const draft = await readDraft('offer', offerDraftSchema)
    const offer = draft && completeOffer(draft)
    if (!offer?.you || draft?.codeId === undefined) return refuse('DRAFT_GONE')
    const spent = await spendSignInCode({ codeId: draft.codeId, mail: offer.you.mail, code: input.code, key })
    if (!spent.ok) return spent
    const answer = await finishOffer({ actor: { kind: 'ANONYMOUS' }, offer, locale })
    if (!answer.ok) {
      if (answer.reason !== 'KEY_REUSED') return answer
      // whose mail it is was proved, and with it the way to what they have listed
      if (spent.value.person !== null) await startSession(spent.value.person.userId)
      return offeredBefore(draft)
    }
    await startSession(answer.value.user)
    await dropDraft('offer')
    return accept('/host')
  },
  leadsTo: (path) => path,
})

export const mailOfferCodeAgainAction = defineAction({
  name: 'offer.code-again',
  permission: 'home:offer',
  speaker: 'ANYBODY',
  limit: 'mail',
  input: nothingSchema,
  run: async ({ locale }) => {
    const draft = await readDraft('offer', offerDraftSchema)
    if (draft?.you === undefined) return refuse('DRAFT_GONE')
    const sent = await requestSignInCode({ mail: draft.you.mail, locale })
    if (!sent.ok) return sent
    await writeDraft('offer', { ...draft, codeId: sent.value.codeId })
    return accept(null)
  },
  done: 'CODE_SENT',
})
