'use server'

import { defineAction } from '@/lib/actions/define-action'
import { intakeInput } from '@/lib/arrivals/commands/checked'
import { enterRequest } from '@/lib/arrivals/commands/request'
import { accept } from '@/lib/result'
import { asStaff } from '../access'
import { writeSlip } from '../slip'

export const enterAction = defineAction({
  name: 'arrival.enter',
  permission: 'arrival:enter',
  input: intakeInput,
  run: async ({ input, actor, key, requestHash, locale }) => {
    const entered = await enterRequest({ actor: asStaff(actor), key, requestHash, input, locale })
    return entered.ok ? accept(await writeSlip({ ...entered.value, locale })) : entered
  },
  show: (value) => value,
})
