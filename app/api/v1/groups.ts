import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { id } from '@/lib/api/schema'
import { formGroup } from '@/lib/arrivals/commands/group'
import { idText, oneOf } from '@/lib/text/schema'

const MOST_MEMBERS = 50

export const formGroupEndpoint = defineEndpoint({
  name: 'formGroup',
  summary: 'Put requests together that ask to be placed together, the organiser’s first. Their legs may then stand in one plan.',
  method: 'POST', path: '/groups', who: 'COORDINATOR', permission: 'plan:propose', makes: true,
  body: z.strictObject({
    together: oneOf(['SAME_HOME', 'WITHIN_MINUTES', 'SAME_CITY']),
    arrivalIds: z.array(idText, 'CHOICE_INVALID').max(MOST_MEMBERS, 'CHOICE_INVALID').transform((ids) => [...new Set(ids)])
      .refine((ids) => ids.length > 1, 'CHOICE_INVALID'),
  }),
  answer: z.object({ groupId: id }),
  refusals: ['NOT_FOUND', 'ARRIVAL_GONE', 'ALREADY_GROUPED'],
  run: async ({ actor, body, key, requestHash }) => {
    const formed = await formGroup({ actor, key, requestHash, ...body })
    return formed.ok ? { ...formed, value: { groupId: formed.value.group } } : formed
  },
})
