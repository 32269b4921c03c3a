'use server'

import { defineAction } from '@/lib/actions/define-action'
import { giveAddress } from '@/lib/hosts/commands/home'
import { agreeSchema, answerNoSchema, answerYesSchema, firstYesSchema, guestAnotherSchema, nothingSchema } from '@/lib/hosts/schema'
import { release, sayNoAsGuest } from '@/lib/placements/commands/release'
import { answerExtension, pauseHost } from '@/lib/placements/commands/stay'
import { sayYes } from '@/lib/placements/commands/yes'
import { requireReach } from '@/lib/placements/queries/reach'
import { hostEndSchema } from '@/lib/placements/schema'
import { placementIdSchema } from '@/lib/placements/schema'
import { revealAddress, revealGuestContact } from '@/lib/privacy/reveal'
import { accept } from '@/lib/result'
import { shownAddress } from '../../shown-address'
import { ticketPlacement } from './ticket'

const byHost = { permission: 'placement:answer-as-host', speaker: 'TICKET', limit: 'guess' } as const
const byGuest = { permission: 'placement:answer-as-guest', speaker: 'TICKET', limit: 'guess' } as const

export const hostYesAction = defineAction({
  ...byHost,
  name: 'answer.yes',
  input: answerYesSchema,
  run: ({ actor, key, requestHash }) =>
    sayYes({ actor, key, requestHash, placementId: ticketPlacement(actor), side: 'HOST', way: 'LINK' }),
  done: 'HOST_YES',
})

export const hostFirstYesAction = defineAction({
  ...byHost,
  name: 'answer.first-yes',
  input: firstYesSchema,
  run: async ({ input: { address, entrance }, actor, key, requestHash }) => {
    const placementId = ticketPlacement(actor)
    // a key of its own: two writes, each once
    const given = await giveAddress({ actor, placementId, address, entrance, key: `${key}-address`, requestHash })
    if (!given.ok) return { ok: false as const, reason: given.reason }
    return sayYes({ actor, key, requestHash, placementId, side: 'HOST', way: 'LINK' })
  },
  done: 'HOST_YES',
})

export const hostNoAction = defineAction({
  ...byHost,
  name: 'answer.no',
  input: answerNoSchema,
  run: ({ input, actor, key, requestHash }) => release({
    actor, key, requestHash, placementId: ticketPlacement(actor), to: 'DECLINED', side: 'HOST',
    reason: input.reason ?? 'OTHER', close: false,
  }),
  done: 'HOST_NO',
})

export const hostPauseAction = defineAction({
  ...byHost,
  name: 'answer.pause',
  input: nothingSchema,
  run: async ({ actor, key, requestHash }) => {
    const { hostId } = await requireReach(actor, 'placement:answer-as-host', ticketPlacement(actor))
    return pauseHost({ actor, key, requestHash, hostId, paused: true })
  },
  done: 'HOST_PAUSED',
})

export const hostCancelAction = defineAction({
  ...byHost,
  name: 'answer.cancel',
  input: answerNoSchema,
  run: ({ input, actor, key, requestHash }) => release({
    actor, key, requestHash, placementId: ticketPlacement(actor), to: 'CANCELLED', side: 'HOST',
    reason: input.reason ?? 'OTHER', close: false,
  }),
  done: 'HOST_ENDED',
})

export const hostEndAction = defineAction({
  ...byHost,
  name: 'answer.end',
  input: hostEndSchema,
  run: ({ input, actor, key, requestHash }) => release({
    actor, key, requestHash, placementId: ticketPlacement(actor), to: 'DEPARTED', side: 'HOST',
    reason: input.reason ?? 'HOST_ENDED_EARLY', destination: 'UNKNOWN', close: false,
  }),
  done: 'HOST_ENDED',
})

export const extensionAction = defineAction({
  ...byHost,
  name: 'answer.extension',
  input: agreeSchema,
  run: ({ input, actor, key, requestHash }) =>
    answerExtension({ actor, key, requestHash, placementId: ticketPlacement(actor), agree: input.agree === 'yes' }),
  done: 'SAVED',
})

/** Not the ticket's: it opens no contact, the host signs in. */
export const guestContactAction = defineAction({
  name: 'answer.contact',
  permission: 'placement:reach-guest',
  input: placementIdSchema,
  run: async ({ input: { placementId }, actor }) => {
    const shown = await revealGuestContact({ actor, placementId })
    return shown.ok ? accept({ contact: shown.value.contact ?? '—' }) : shown
  },
  show: ({ contact }) => ({ contact }),
})

export const guestAddressAction = defineAction({
  ...byGuest,
  name: 'answer.address',
  input: nothingSchema,
  run: async ({ actor, locale }) => {
    const opened = await revealAddress({ actor, placementId: ticketPlacement(actor) })
    return opened.ok ? accept(shownAddress(opened.value, locale)) : opened
  },
  show: (value) => value,
})

export const guestYesAction = defineAction({
  ...byGuest,
  name: 'answer.guest-yes',
  input: answerYesSchema,
  run: ({ actor, key, requestHash }) =>
    sayYes({ actor, key, requestHash, placementId: ticketPlacement(actor), side: 'GUEST', way: 'LINK' }),
  done: 'GUEST_YES',
})

export const guestAnotherAction = defineAction({
  ...byGuest,
  name: 'answer.guest-another',
  input: guestAnotherSchema,
  run: ({ input, actor, key, requestHash }) =>
    sayNoAsGuest({ actor, key, requestHash, placementId: ticketPlacement(actor), reason: input.reason ?? 'OTHER' }),
  done: 'GUEST_ANOTHER',
})
