'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { reachInput, whereInput, whoInput } from '@/lib/arrivals/commands/checked'
import { dropNeed, intakeOf, keepPart, keepWhere, readNeed, secretToSend } from '@/lib/arrivals/commands/draft'
import { openStay } from '@/lib/arrivals/commands/open'
import { requestShelter } from '@/lib/arrivals/commands/request'
import { currentGuest, rememberStay } from '@/lib/auth/session'
import { accept, refuse } from '@/lib/result'

export const keepWhereAction = defineAction({
  name: 'need.where',
  permission: 'arrival:request',
  speaker: 'ANYBODY',
  keyless: true,
  input: whereInput,
  run: async ({ input }) => accept(await keepWhere(input)),
  leadsTo: (path) => path,
})

export const keepWhoAction = defineAction({
  name: 'need.who',
  permission: 'arrival:request',
  speaker: 'ANYBODY',
  keyless: true,
  input: whoInput,
  run: async ({ input }) => {
    if (input.adults === 0) {
      // children alone: nothing about them stays, also not in the browser
      await dropNeed()
      return accept('/need/alone')
    }
    return accept(await keepPart({ who: input }))
  },
  leadsTo: (path) => path,
})

export const keepReachAction = defineAction({
  name: 'need.reach',
  permission: 'arrival:request',
  speaker: 'ANYBODY',
  keyless: true,
  input: reachInput,
  run: async ({ input }) => accept(await keepPart({ reach: input })),
  leadsTo: (path) => path,
})

// Other answers than those that were sent: the draft stays, and the page of what was sent opens. Not with a secret that
// opens nothing any more: this browser may have its new one.
async function sentBefore(token: string) {
  if ((await openStay({ secret: token })).ok) await rememberStay(token)
  return refuse('SENT_BEFORE')
}

export const sendAction = defineAction({
  name: 'need.send',
  permission: 'arrival:request',
  speaker: 'ANYBODY',
  limit: 'request',
  input: z.strictObject({}),
  run: async ({ actor, requestHash, locale }) => {
    const draft = await readNeed()
    const intake = draft && intakeOf(draft)
    // sent already from this browser: the answer to the first press was lost, the page it opened is there
    if (!intake) return (await currentGuest()) ? accept(null) : refuse('DRAFT_GONE')
    const token = await secretToSend(draft)
    const sent = await requestShelter({ actor, requestHash, intake, token, source: draft.source, locale })
    if (!sent.ok) return sent.reason === 'KEY_REUSED' ? sentBefore(token) : sent
    await rememberStay(token)
    await dropNeed()
    return accept(null)
  },
  leadsTo: () => '/stay',
})
