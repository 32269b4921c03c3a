'use server'

import { defineAction } from '@/lib/actions/define-action'
import { adoptPolicy, returnToPolicy } from '@/lib/policies/commands/adopt'
import { savePolicyDraft } from '@/lib/policies/commands/draft'
import { askRehearsal } from '@/lib/policies/commands/rehearse'
import { draftIdSchema, draftSchema, rehearseSchema, returnSchema } from '@/lib/policies/schema'
import { asStaff } from '../../coordinate/access'

export const saveDraftAction = defineAction({
  name: 'policy.draft',
  permission: 'policy:edit',
  input: draftSchema,
  run: ({ input, actor, key, requestHash }) => savePolicyDraft({ ...input, actor: asStaff(actor), key, requestHash }),
  leadsTo: ({ draft }) => `/admin/policy/${draft}`,
})

export const rehearseAction = defineAction({
  name: 'policy.rehearse',
  permission: 'policy:edit',
  input: rehearseSchema,
  run: ({ input, actor, key, requestHash }) => askRehearsal({ ...input, actor: asStaff(actor), key, requestHash }),
})

export const adoptAction = defineAction({
  name: 'policy.adopt',
  permission: 'policy:edit',
  input: draftIdSchema,
  run: ({ input, actor, key, requestHash }) => adoptPolicy({ ...input, actor: asStaff(actor), key, requestHash }),
  leadsTo: ({ city }) => `/admin/policy?city=${city}`,
})

export const returnAction = defineAction({
  name: 'policy.return',
  permission: 'policy:edit',
  input: returnSchema,
  run: ({ input, actor, key, requestHash }) => returnToPolicy({ ...input, actor: asStaff(actor), key, requestHash }),
  done: 'POLICY_RETURNED',
})
