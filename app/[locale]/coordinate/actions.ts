'use server'

import { revalidatePath } from 'next/cache'
import { defineAction } from '@/lib/actions/define-action'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { secondYes } from '@/lib/placements/commands/yes'
import { placementIdSchema } from '@/lib/placements/schema'
import { asStaff } from './access'
import { chosenRoomsSchema } from './chosen-rooms'

export const proposeAction = defineAction({
  name: 'plan.propose',
  permission: 'plan:propose',
  input: chosenRoomsSchema,
  run: async ({ input: { arrivalId, choice }, actor, key, requestHash }) => {
    const result = await proposeMatch({ actor: asStaff(actor), key, requestHash, arrivalId, ...choice })
    // whoever was faster changed the list: it is read anew, with a new key for the next try
    if (!result.ok) revalidatePath('/', 'layout')
    return result
  },
  done: 'PROPOSED',
})

export const secondYesAction = defineAction({
  name: 'placement.second-yes',
  permission: 'placement:second-yes',
  input: placementIdSchema,
  run: ({ input, actor, key, requestHash }) => secondYes({ ...input, actor: asStaff(actor), key, requestHash }),
  done: 'SECOND_YES',
})
