'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { openStay } from '@/lib/arrivals/commands/open'
import { wasErased } from '@/lib/arrivals/queries/erased'
import { stayView } from '@/lib/arrivals/queries/stay'
import { destinationOf } from '@/lib/arrivals/rules/stay'
import { cancelSchema, leaveSchema, longerSchema, secretSchema, spokenCodeSchema } from '@/lib/arrivals/schema'
import { forgetStay, rememberStay } from '@/lib/auth/session'
import { AppError } from '@/lib/errors'
import { release, sayNoAsGuest, withdrawArrival } from '@/lib/placements/commands/release'
import { askExtension, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes } from '@/lib/placements/commands/yes'
import { codesIn } from '@/lib/placements/queries/search-text'
import { guestNoSchema, guestYesSchema, placementIdSchema } from '@/lib/placements/schema'
import { dropDraft } from '@/lib/privacy/draft'
import { revealAddress, revealHostContact } from '@/lib/privacy/reveal'
import { accept, refuse } from '@/lib/result'
import { addDays } from '@/lib/time/day'
import { shownAddress } from '../shown-address'

export const openStayAction = defineAction({
  name: 'stay.open',
  permission: 'arrival:request',
  speaker: 'ANYBODY',
  keyless: true,
  limit: 'guess',
  input: secretSchema,
  run: async ({ input }) => {
    const found = await openStay(input)
    if (!found.ok) return found
    await rememberStay(found.value.token)
    return accept(null)
  },
  leadsTo: () => '/stay',
})

/** For a phone that is passed on: the request stays, this browser forgets it and what was typed for another. */
export const closeAction = defineAction({
  name: 'stay.close',
  permission: 'arrival:request',
  speaker: 'ANYBODY',
  keyless: true,
  input: z.strictObject({}),
  run: async () => {
    await forgetStay()
    await dropDraft('need')
    return accept(null)
  },
  leadsTo: () => '',
})

/** Uncovers a page that nobody touched for a while; changes nothing. */
export const showAgainAction = defineAction({
  name: 'stay.show-again',
  permission: 'arrival:manage-own',
  speaker: 'GUEST',
  keyless: true,
  limit: 'guess',
  input: spokenCodeSchema,
  run: async ({ input, actor }) => {
    if (actor.kind !== 'GUEST') throw new AppError('UNAUTHENTICATED')
    const { code } = await stayView(actor.arrivalId)
    return codesIn(input.code).includes(code) ? accept(null) : refuse('SPOKEN_CODE_WRONG')
  },
})

export const yesAction = defineAction({
  name: 'stay.yes',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: guestYesSchema,
  run: ({ input, actor, key, requestHash }) =>
    sayYes({ actor, key, requestHash, placementId: input.placementId, side: 'GUEST', way: 'LINK' }),
  leadsTo: () => '/stay',
})

export const noAction = defineAction({
  name: 'stay.no',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: guestNoSchema,
  run: ({ input: { placementId, reason }, actor, key, requestHash }) =>
    sayNoAsGuest({ actor, key, requestHash, placementId, reason: reason ?? 'OTHER' }),
  leadsTo: () => '/stay',
})

export const revealAction = defineAction({
  name: 'stay.reveal',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: placementIdSchema,
  run: async ({ input, actor, locale }) => {
    const opened = await revealAddress({ actor, placementId: input.placementId })
    return opened.ok ? accept(shownAddress(opened.value, locale)) : opened
  },
  show: (value) => value,
})

export const contactAction = defineAction({
  name: 'stay.contact',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: placementIdSchema,
  run: ({ input, actor }) => revealHostContact({ actor, placementId: input.placementId }),
  show: (value) => ({ ...value }),
})

export const arrivedAction = defineAction({
  name: 'stay.arrived',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: placementIdSchema,
  run: ({ input, actor, key, requestHash }) => recordArrived({ actor, key, requestHash, placementId: input.placementId }),
  leadsTo: () => '/stay',
})

export const longerAction = defineAction({
  name: 'stay.longer',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: longerSchema,
  run: async ({ input: { placementId, wish }, actor, key, requestHash }) => {
    if (actor.kind !== 'GUEST') throw new AppError('UNAUTHENTICATED')
    const { plans } = await stayView(actor.arrivalId)
    const home = plans.flatMap(({ homes }) => homes).find((one) => one.placementId === placementId)
    if (!home) throw new AppError('NOT_FOUND')
    const until = 'until' in wish ? wish.until : addDays(home.nights.until, wish.nights)
    return askExtension({ actor, key, requestHash, placementId, until })
  },
  fieldOf: ({ wish }) => {
    const field = 'until' in wish ? 'day' : 'more'
    return { NIGHTS_INVALID: field, NIGHTS_NOT_MORE: field, NIGHTS_TOO_MANY: field }
  },
  leadsTo: () => '/stay',
})

export const leaveAction = defineAction({
  name: 'stay.leave',
  permission: 'placement:answer-as-guest',
  speaker: 'GUEST',
  input: leaveSchema,
  run: ({ input: { placementId, reason, needsPlace }, actor, key, requestHash }) =>
    release({
      actor, key, requestHash, placementId, to: 'DEPARTED', side: 'GUEST',
      reason, destination: destinationOf(reason), close: !needsPlace,
    }),
  leadsTo: () => '/stay',
})

export const cancelAction = defineAction({
  name: 'stay.cancel',
  permission: 'arrival:manage-own',
  speaker: 'GUEST',
  input: cancelSchema,
  run: async ({ input: { what }, actor, key, requestHash }) => {
    if (actor.kind !== 'GUEST') throw new AppError('UNAUTHENTICATED')
    if (what === 'all') return withdrawArrival({ actor, key, requestHash, arrivalId: actor.arrivalId, erase: false })
    return release({
      actor, key, requestHash, placementId: what, to: 'CANCELLED', side: 'GUEST', reason: 'OTHER', close: false,
    })
  },
  leadsTo: () => '/stay',
})

export const eraseAction = defineAction({
  name: 'stay.erase',
  permission: 'arrival:manage-own',
  speaker: 'GUEST',
  input: z.strictObject({}),
  run: async ({ actor, key, requestHash }) => {
    if (actor.kind !== 'GUEST') throw new AppError('UNAUTHENTICATED')
    const erased = await withdrawArrival({ actor, key, requestHash, arrivalId: actor.arrivalId, erase: true })
    if (!erased.ok) return erased
    await forgetStay()
    // answers that were changed after they were sent are still there
    await dropDraft('need')
    return erased
  },
  // the second press of a double click comes from somebody who is nobody any more
  doneBefore: async (key) => ((await wasErased(key)) ? { value: null } : null),
  leadsTo: () => '/stay/gone',
})
