'use server'

import { defineAction } from '@/lib/actions/define-action'
import { requestSignInCode, spendSignInCode } from '@/lib/auth/commands'
import { askCodeSchema, enterCodeSchema, noFieldsSchema, signInDraftSchema } from '@/lib/auth/schema'
import { startSession } from '@/lib/auth/session'
import { dropDraft, readDraft, writeDraft } from '@/lib/privacy/draft'
import { accept, refuse } from '@/lib/result'

const ofSignIn = { permission: 'sign-in', speaker: 'ANYBODY' } as const

export const askCodeAction = defineAction({
  ...ofSignIn,
  name: 'sign-in.ask',
  limit: 'mail',
  input: askCodeSchema,
  run: async ({ input, locale }) => {
    const sent = await requestSignInCode({ mail: input.mail, locale })
    if (!sent.ok) return sent
    await writeDraft('sign-in', { codeId: sent.value.codeId, mail: input.mail })
    return accept(null)
  },
  leadsTo: () => '/sign-in/code',
})

export const enterCodeAction = defineAction({
  ...ofSignIn,
  name: 'sign-in.enter',
  limit: 'guess',
  input: enterCodeSchema,
  run: async ({ input, key }) => {
    const draft = await readDraft('sign-in', signInDraftSchema)
    if (draft === null) return refuse('CODE_SPENT')
    const spent = await spendSignInCode({ ...draft, code: input.code, key })
    if (!spent.ok) return spent
    await dropDraft('sign-in')
    // only the holder of the mailbox learns that nobody has this address yet
    if (spent.value.person === null) return accept('/sign-in/unknown')
    await startSession(spent.value.person.userId)
    return accept(spent.value.person.staff ? '/coordinate' : '/host')
  },
  leadsTo: (path) => path,
})

export const mailCodeAgainAction = defineAction({
  ...ofSignIn,
  name: 'sign-in.again',
  limit: 'mail',
  input: noFieldsSchema,
  run: async ({ locale }) => {
    const draft = await readDraft('sign-in', signInDraftSchema)
    if (draft === null) return refuse('CODE_SPENT')
    const sent = await requestSignInCode({ mail: draft.mail, locale })
    if (!sent.ok) return sent
    await writeDraft('sign-in', { codeId: sent.value.codeId, mail: draft.mail })
    return accept(null)
  },
  done: 'CODE_SENT',
})
