'use server'

import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { reopenArrival } from '@/lib/placements/commands/release'
import { secondYes } from '@/lib/placements/commands/yes'
import { placementIdSchema } from '@/lib/placements/schema'
import { idText } from '@/lib/text/schema'
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

export const reopenAction = defineAction({
  name: 'arrival.reopen',
  permission: 'arrival:reopen',
  input: z.strictObject({ arrivalId: idText }),
  run: ({ input: { arrivalId }, actor, key, requestHash }) =>
    reopenArrival({ actor: asStaff(actor), key, requestHash, arrivalId }),
  done: 'REOPENED',
})
