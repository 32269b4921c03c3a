'use server'

import type { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { changeRoom, closeNights, offerNights } from '@/lib/hosts/commands/room'
import type { Changed } from '@/lib/hosts/commands/write-once'
import { checkNightsAnywhere } from '@/lib/hosts/rules'
import { nightsSchema, roomSchema } from '@/lib/hosts/schema'
import type { Locale } from '@/lib/i18n/routing'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { asHost } from '../../access'
import { inWords } from '../../night-words'

type NightsInput = z.infer<typeof nightsSchema>

function runOf({ from, lastNight }: NightsInput) {
  return { from, until: addDays(lastNight, 1) }
}

// Midnight comes to Bishkek first and to Oral last; the command asks the room's own town.
function refuseWrongNights(input: NightsInput, context: z.RefinementCtx<NightsInput>): void {
  const days = { firstToday: todayIn('bishkek'), lastToday: todayIn('oral') }
  checkNightsAnywhere(runOf(input), days).forEach(({ field, code }) => context.addIssue({ code: 'custom', path: [field], message: code }))
}

const fieldOf = () => ({ NIGHTS_TOO_FAR: 'lastNight' })

// said at its field, as of every day that is over
function atField<Value>(answer: Changed<Value>, locale: Locale) {
  if (answer.ok || answer.reason !== 'NIGHTS_PAST') return inWords(answer, locale)
  return { ok: false as const, reason: 'CHECK_FIELDS', detail: { faults: [{ field: 'from', path: ['from'], code: 'DAY_PAST' }] } }
}

const input = nightsSchema.superRefine(refuseWrongNights)

export const offerNightsAction = defineAction({
  name: 'opening.offer',
  permission: 'host:manage-own',
  input,
  run: async ({ input: nights, actor, key, requestHash, locale }) => atField(await offerNights({
    roomId: nights.roomId, version: nights.version, nights: runOf(nights), actor: asHost(actor), key, requestHash,
  }), locale),
  fieldOf,
  done: 'SAVED',
})

export const closeNightsAction = defineAction({
  name: 'opening.close',
  permission: 'host:manage-own',
  input,
  run: async ({ input: nights, actor, key, requestHash, locale }) => atField(await closeNights({
    roomId: nights.roomId, version: nights.version, nights: runOf(nights), actor: asHost(actor), key, requestHash,
  }), locale),
  fieldOf,
  done: 'SAVED',
})

export const changeRoomAction = defineAction({
  name: 'room.change',
  permission: 'host:manage-own',
  input: roomSchema,
  run: async ({ input: facts, actor, key, requestHash, locale }) =>
    inWords(await changeRoom({ ...facts, actor: asHost(actor), key, requestHash }), locale),
  done: 'SAVED',
})
