'use server'

import type { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { changeRoom, closeNights, offerNights } from '@/lib/hosts/commands/room'
import { checkNights } from '@/lib/hosts/rules'
import { nightsSchema, roomSchema } from '@/lib/hosts/schema'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { asHost } from '../../access'
import { inWords } from '../../night-words'

type NightsInput = z.infer<typeof nightsSchema>

function runOf({ from, lastNight }: NightsInput) {
  return { from, until: addDays(lastNight, 1) }
}

// Here the westernmost town's day is enough to point at the field; the command asks the room's own town.
function refuseWrongNights(input: NightsInput, context: z.RefinementCtx<NightsInput>): void {
  checkNights(runOf(input), todayIn('oral')).forEach(({ field, code }) => context.addIssue({ code: 'custom', path: [field], message: code }))
}

const input = nightsSchema.superRefine(refuseWrongNights)

export const offerNightsAction = defineAction({
  name: 'opening.offer',
  permission: 'host:manage-own',
  input,
  run: async ({ input: nights, actor, key, requestHash, locale }) => inWords(await offerNights({
    roomId: nights.roomId, version: nights.version, nights: runOf(nights), actor: asHost(actor), key, requestHash,
  }), locale),
  done: 'SAVED',
})

export const closeNightsAction = defineAction({
  name: 'opening.close',
  permission: 'host:manage-own',
  input,
  run: async ({ input: nights, actor, key, requestHash, locale }) => inWords(await closeNights({
    roomId: nights.roomId, version: nights.version, nights: runOf(nights), actor: asHost(actor), key, requestHash,
  }), locale),
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
