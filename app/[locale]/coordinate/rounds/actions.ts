'use server'

import { revalidatePath } from 'next/cache'
import { defineAction } from '@/lib/actions/define-action'
import { proposeMany } from '@/lib/placements/commands/propose-many'
import { refusalOf } from '@/lib/placements/commands/rule-refusal'
import { readPolicy } from '@/lib/policies/queries/versions'
import { approveRound } from '@/lib/rounds/commands/approve'
import { demandCities, rerunLost, startRound } from '@/lib/rounds/commands/start'
import { stopRound } from '@/lib/rounds/commands/stop'
import { approveRoundSchema, roundIdSchema, startFormSchema } from '@/lib/rounds/schema'
import { asStaff } from '../access'

const toRound = ({ round }: { round: string }) => `/coordinate/rounds/${round}`

export const startRoundAction = defineAction({
  name: 'round.start',
  permission: 'plan:propose',
  input: startFormSchema,
  run: async ({ input: { cities, nights, policyOf, ...scope }, actor, key, requestHash }) => {
    const staff = asStaff(actor)
    demandCities(staff, cities)
    const policy = await readPolicy(policyOf)
    return startRound({ actor: staff, key, requestHash, ...scope, cityIds: cities, withinNights: nights, policy })
  },
  leadsTo: toRound,
})

export const stopRoundAction = defineAction({
  name: 'round.stop',
  permission: 'plan:propose',
  input: roundIdSchema,
  run: ({ input, actor, key, requestHash }) => stopRound({ ...input, actor: asStaff(actor), key, requestHash }),
})

export const approveRoundAction = defineAction({
  name: 'round.approve',
  permission: 'plan:propose',
  input: approveRoundSchema,
  run: async ({ input, actor, key, requestHash }) => {
    const result = await approveRound({ ...input, actor: asStaff(actor), key, requestHash }, { propose: proposeMany, refusalOf })
    // what was decided by somebody else meanwhile is shown, with a new key for the next try
    if (!result.ok) revalidatePath('/', 'layout')
    return result
  },
})

export const rerunRoundAction = defineAction({
  name: 'round.rerun',
  permission: 'plan:propose',
  input: roundIdSchema,
  run: ({ input, actor, key, requestHash }) => rerunLost({ ...input, actor: asStaff(actor), key, requestHash }),
  leadsTo: toRound,
})
