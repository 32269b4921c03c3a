'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { renewLink } from '@/lib/arrivals/commands/desk'
import { env } from '@/lib/config/env'
import { withdrawFor } from '@/lib/placements/commands/withdraw-for'
import { accept } from '@/lib/result'
import { idText } from '@/lib/text/schema'
import { asStaff } from '../../access'

const heard = z.literal('on', 'HEARD_NEEDED')

export const renewLinkAction = defineAction({
  name: 'arrival.new-link',
  permission: 'arrival:new-link',
  input: z.strictObject({ arrivalId: idText, heardCode: heard, heardFact: heard }),
  run: async ({ input: { arrivalId }, actor, key, requestHash }) => {
    const renewed = await renewLink({ actor: asStaff(actor), key, requestHash, arrivalId })
    if (!renewed.ok) return renewed
    const { code, locale, token } = renewed.value
    const letters = await getTranslations('stay.letters')
    return accept({
      code,
      spelt: Array.from(code.replace('-', ''), (letter) => letters(letter)).join(' · '),
      // in the language of the guest; the secret stands in the fragment, which no browser sends to a server (docs/adr/0009)
      link: `${env.NEXTAUTH_URL}/${locale}/stay#${token}`,
    })
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
