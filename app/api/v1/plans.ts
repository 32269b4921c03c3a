import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { askedNights, id, refuseEmptyNights, whole } from '@/lib/api/schema'
import { MAX_PARTY } from '@/lib/arrivals/schema'
import { proposeLegs } from '@/lib/placements/commands/propose-legs'
import { proposeList } from '@/lib/placements/commands/propose-list'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { idText, oneOf } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'

const MAX_ROOMS = 20
const MAX_PROPOSALS = 200

const proposed = z.object({ planId: id, placementIds: z.array(id), deadline: z.string() })
const asProposer = { method: 'POST', who: 'COORDINATOR', permission: 'plan:propose', makes: true } as const

/** What may stand against any plan. A room that is lost is named in `about`. */
const refusals = [
  'NOT_FOUND', 'APPROVALS_STOPPED', 'ARRIVAL_GONE', 'ARRIVAL_TAKEN', 'ROOM_TAKEN', 'ROOM_STRETCHED', 'NOT_OFFERED', 'OWN_HOME',
  'OUT_OF_SERVICE', 'HOST_NOT_VETTED', 'HOST_PAUSED', 'HOME_TO_VISIT', 'NO_LONGER_FITS', 'TOO_FEW_BEDS', 'BLOCKED', 'REFUSED_BEFORE',
] as const

export const proposeEndpoint = defineEndpoint({
  name: 'propose',
  summary: 'Propose one room, or several of one home, from the nights the candidates named: all are held, or none.',
  path: '/plans', ...asProposer,
  body: z.strictObject({
    arrivalId: idText,
    from: daySchema,
    roomIds: z.array(idText, 'CHOICE_INVALID').min(1, 'CHOICE_INVALID').max(MAX_ROOMS, 'CHOICE_INVALID')
      .transform((ids) => [...new Set(ids)]),
  }),
  answer: proposed,
  refusals: [...refusals, 'NIGHTS_PAST'],
  run: ({ actor, body, key, requestHash }) => proposeMatch({ actor, key, requestHash, ...body }),
})

const leg = z
  .strictObject({
    arrivalId: idText.optional(), roomId: idText, ...askedNights,
    adults: whole(1, MAX_PARTY), childrenAges: z.array(whole(0, 17), 'CHOICE_INVALID').max(MAX_PARTY, 'PARTY_TOO_BIG').default([]),
  })
  .superRefine(refuseEmptyNights)
  .transform(({ arrivalId, ...given }) => (arrivalId === undefined ? given : { ...given, arrivalId }))

const asked = z.strictObject({
  arrivalId: idText, kind: oneOf(['SINGLE', 'RELAY', 'SEVERAL_ROOMS', 'GROUP']),
  legs: z.array(leg, 'CHOICE_INVALID').min(1, 'CHOICE_INVALID').max(MAX_ROOMS, 'CHOICE_INVALID'),
})

export const proposeLegsEndpoint = defineEndpoint({
  name: 'proposeLegs',
  summary: 'Propose a plan of several legs: a relay over homes, a party in several rooms, a group. All are held, or none; about.freeNow names rooms in the stead of a lost one.',
  path: '/plans/legs', ...asProposer,
  body: asked,
  answer: proposed,
  refusals: [...refusals, 'PARTY_MISMATCH', 'NIGHTS_PAST', 'NOT_A_GROUP', 'NOT_ONE_HOME'],
  run: ({ actor, body, key, requestHash }) => proposeLegs({ actor, key, requestHash, ...body }),
})

const outcome = z.discriminatedUnion('ok', [
  z.object({ arrivalId: id, ok: z.literal(true), ...proposed.shape }),
  z.object({ arrivalId: id, ok: z.literal(false), reason: z.string(), detail: z.record(z.string(), z.unknown()) }),
])

export const proposeManyEndpoint = defineEndpoint({
  name: 'proposeMany',
  summary: 'Propose up to 200 plans at once, each all or nothing. A plan that was lost meanwhile is answered by name, in its place, and the rest goes through.',
  path: '/plans/many', ...asProposer,
  body: z.strictObject({ proposals: z.array(asked, 'CHOICE_INVALID').min(1, 'CHOICE_INVALID').max(MAX_PROPOSALS, 'CHOICE_INVALID') }),
  answer: z.object({ outcomes: z.array(outcome) }),
  refusals: ['APPROVALS_STOPPED'],
  run: async ({ actor, body, key, requestHash }) => {
    const many = await proposeList({ actor, key, requestHash, ...body })
    return many.ok ? { ...many, value: { outcomes: many.value.outcomes.map((one) => (one.ok ? one : { ...one, detail: { ...one.detail } })) } } : many
  },
})
