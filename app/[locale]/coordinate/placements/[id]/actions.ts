'use server'

import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { release } from '@/lib/placements/commands/release'
import { answerExtension, extend, moveStay, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { decidedBy, endsTheNeed } from '@/lib/placements/rules'
import {
  endStaySchema, extendSchema, GUEST_NO_REASONS, HOST_NO_REASONS, placementIdSchema, recordSchema, type Side,
} from '@/lib/placements/schema'
import { revealAddress, revealGuestContact, revealHostContact } from '@/lib/privacy/reveal'
import { accept } from '@/lib/result'
import { flag, oneOf } from '@/lib/text/schema'
import { asStaff } from '../../access'
import { withStateNow } from './told'

const phoneYesSchema = recordSchema.extend({ side: oneOf(['HOST', 'GUEST']), legal: z.literal('on', 'LEGAL_NEEDED') })

const phoneNoSchema = recordSchema.extend({
  side: oneOf(['HOST', 'GUEST']), reason: oneOf([...HOST_NO_REASONS, ...GUEST_NO_REASONS]), needsPlace: flag,
}).refine(({ side, reason }) => (side === 'HOST' ? HOST_NO_REASONS : GUEST_NO_REASONS).some((one) => one === reason), {
  path: ['reason'], message: 'CHOICE_INVALID',
})

const notArrivedSchema = recordSchema.extend({ needsPlace: flag })

const CANCEL_REASONS = [
  ...GUEST_NO_REASONS.map((reason) => `GUEST:${reason}` as const),
  ...HOST_NO_REASONS.map((reason) => `HOST:${reason}` as const),
  'COORDINATOR:OTHER',
] as const
const cancelSchema = recordSchema.extend({
  needsPlace: flag,
  why: z.enum(CANCEL_REASONS, 'CHOICE_INVALID').transform((why) => {
    const [side, reason] = why.split(':')
    return { side: side as Side, reason: reason ?? 'OTHER' }
  }),
})

export const sayYesForAction = defineAction({
  name: 'placement.yes-for',
  permission: 'placement:record',
  input: phoneYesSchema,
  run: async ({ input: { placementId, version, side }, actor, key, requestHash }) =>
    withStateNow(await sayYes({ actor, key, requestHash, placementId, version, side, way: 'PHONE' })),
})

export const sayNoForAction = defineAction({
  name: 'placement.no-for',
  permission: 'placement:record',
  input: phoneNoSchema,
  run: async ({ input: { placementId, version, side, reason, needsPlace }, actor, key, requestHash }) => withStateNow(await release({
    actor, key, requestHash, placementId, version, side, reason, to: 'DECLINED', close: side === 'GUEST' && !needsPlace,
  })),
})

export const secondYesAction = defineAction({
  name: 'placement.second-yes',
  permission: 'placement:second-yes',
  input: recordSchema,
  run: async ({ input: { placementId, version }, actor, key, requestHash }) =>
    withStateNow(await secondYes({ actor: asStaff(actor), key, requestHash, placementId, version })),
})

export const arrivedAction = defineAction({
  name: 'placement.arrived',
  permission: 'placement:record',
  input: recordSchema,
  run: async ({ input: { placementId, version }, actor, key, requestHash }) =>
    withStateNow(await recordArrived({ actor, key, requestHash, placementId, version })),
})

export const notArrivedAction = defineAction({
  name: 'placement.not-arrived',
  permission: 'placement:record',
  input: notArrivedSchema,
  run: async ({ input: { placementId, version, needsPlace }, actor, key, requestHash }) => withStateNow(await release({
    actor, key, requestHash, placementId, version, side: 'GUEST', reason: 'NO_SHOW', to: 'NOT_ARRIVED', close: !needsPlace,
  })),
})

export const departedAction = defineAction({
  name: 'placement.departed',
  permission: 'placement:record',
  input: endStaySchema,
  run: async ({ input: { placementId, version, reason, destination, needsPlace }, actor, key, requestHash }) => withStateNow(await release({
    actor, key, requestHash, placementId, version, reason, to: 'DEPARTED', side: decidedBy(reason),
    ...(destination === undefined ? {} : { destination }),
    close: !needsPlace && endsTheNeed(reason),
  })),
})

export const cancelAction = defineAction({
  name: 'placement.cancel',
  permission: 'placement:record',
  input: cancelSchema,
  run: async ({ input: { placementId, version, why, needsPlace }, actor, key, requestHash }) => withStateNow(await release({
    actor, key, requestHash, placementId, version, ...why, to: 'CANCELLED', close: !needsPlace,
  })),
})

export const extendAction = defineAction({
  name: 'placement.extend',
  permission: 'placement:record',
  input: extendSchema,
  run: async ({ input: { from, drawnFrom, ...nights }, actor, key, requestHash }) => {
    const change = { actor, key, requestHash, ...nights }
    return withStateNow(from === undefined || from === drawnFrom ? await extend(change) : await moveStay({ ...change, from }))
  },
  fieldOf: () => ({ NIGHTS_INVALID: 'until', NIGHTS_TOO_MANY: 'until', HOST_NOT_ASKED: 'hostAgreed' }),
  done: 'nightsChanged',
})

export const notLongerAction = defineAction({
  name: 'placement.not-longer',
  permission: 'placement:record',
  input: recordSchema,
  run: async ({ input, actor, key, requestHash }) =>
    withStateNow(await answerExtension({ actor, key, requestHash, ...input, agree: false })),
})

export const revealAddressAction = defineAction({
  name: 'reveal.address',
  permission: 'placement:record',
  input: placementIdSchema,
  run: async ({ input: { placementId }, actor }) => {
    const opened = await revealAddress({ actor, placementId })
    if (!opened.ok) return opened
    const nothing = (await getTranslations('coordinate.record'))('nothing')
    const { address, entrance, firstName } = opened.value
    return accept({ address: address ?? nothing, entrance: entrance ?? nothing, firstName: firstName ?? nothing })
  },
  show: (value) => value,
})

export const revealContactAction = defineAction({
  name: 'reveal.contact',
  permission: 'placement:record',
  input: placementIdSchema,
  run: async ({ input: { placementId }, actor }) => {
    const opened = await revealGuestContact({ actor, placementId })
    if (!opened.ok) return opened
    return accept({ contact: opened.value.contact ?? (await getTranslations('coordinate.record'))('nothing') })
  },
  show: (value) => value,
})

export const revealHostContactAction = defineAction({
  name: 'reveal.host-contact',
  permission: 'placement:record',
  input: placementIdSchema,
  run: async ({ input: { placementId }, actor }) => {
    const opened = await revealHostContact({ actor, placementId })
    if (!opened.ok) return opened
    return accept({ contact: opened.value.contact ?? (await getTranslations('coordinate.record'))('nothing') })
  },
  show: (value) => value,
})
