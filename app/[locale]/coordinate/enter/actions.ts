'use server'

import { getTranslations } from 'next-intl/server'
import { defineAction } from '@/lib/actions/define-action'
import { intakeInput } from '@/lib/arrivals/commands/checked'
import { enterRequest } from '@/lib/arrivals/commands/request'
import { env } from '@/lib/config/env'
import { accept } from '@/lib/result'
import { asStaff } from '../access'

export const enterAction = defineAction({
  name: 'arrival.enter',
  permission: 'arrival:enter',
  input: intakeInput,
  run: async ({ input, actor, key, requestHash, locale }) => {
    const entered = await enterRequest({ actor: asStaff(actor), key, requestHash, input, locale })
    if (!entered.ok) return entered
    const { code, token } = entered.value
    const letters = await getTranslations('stay.letters')
    return accept({
      code,
      spelt: Array.from(code.replace('-', ''), (letter) => letters(letter)).join(' · '),
      // the secret stands in the fragment, which no browser sends to a server (docs/adr/0009)
      link: `${env.NEXTAUTH_URL}/${locale}/stay#${token}`,
    })
  },
  show: (value) => value,
})
