'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { renewLink } from '@/lib/arrivals/commands/desk'
import { withdrawFor } from '@/lib/placements/commands/withdraw-for'
import { accept } from '@/lib/result'
import { idText } from '@/lib/text/schema'
import { asStaff } from '../../access'
import { writeSlip } from '../../slip'

const heard = z.literal('on', 'HEARD_NEEDED')

export const renewLinkAction = defineAction({
  name: 'arrival.new-link',
  permission: 'arrival:new-link',
  input: z.strictObject({ arrivalId: idText, heardCode: heard, heardFact: heard }),
  run: async ({ input: { arrivalId }, actor, key, requestHash }) => {
    const renewed = await renewLink({ actor: asStaff(actor), key, requestHash, arrivalId })
    return renewed.ok ? accept(await writeSlip(renewed.value)) : renewed
  },
  show: (value) => value,
})

export const withdrawForAction = defineAction({
  name: 'arrival.withdraw-for',
  permission: 'arrival:withdraw-for',
  input: z.strictObject({ arrivalId: idText, heardCode: heard }),
  run: ({ input: { arrivalId }, actor, key, requestHash }) =>
    withdrawFor({ actor: asStaff(actor), key, requestHash, arrivalId }),
  done: 'WITHDRAWN_FOR',
})
