import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { day, id, instant } from '@/lib/api/schema'
import { confirmOffer } from '@/lib/hosts/commands/household'
import { hostHome } from '@/lib/hosts/queries/home'
import { liveStays, needsAnswer } from '@/lib/hosts/queries/requests'
import { HOME_KINDS, HOST_STATES } from '@/lib/hosts/schema'
import { release } from '@/lib/placements/commands/release'
import { answerExtension, pauseHost } from '@/lib/placements/commands/stay'
import { sayYes } from '@/lib/placements/commands/yes'
import { HOST_NO_REASONS } from '@/lib/placements/schema'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'
import { legal } from './parts'

const asHost = { who: 'HOST', permission: 'host:manage-own' } as const
const asAnswering = { method: 'POST', who: 'HOST', permission: 'placement:answer-as-host' } as const

const stay = z.object({
  placementId: id, homeId: id, cityId: z.string(), kind: z.enum(HOME_KINDS),
  state: z.enum(['ASK', 'WAITING', 'CONFIRMED', 'ARRIVED', 'DEPARTED', 'DECLINED', 'LAPSED', 'CANCELLED', 'NOT_ARRIVED']),
  party: z.object({
    nickname: z.string(), adults: z.int(), childrenAges: z.array(z.int()), animals: z.boolean(), languages: z.array(z.string()),
    growth: z.object({ persons: z.int(), from: day, keepUntil: day }).nullable(),
  }).nullable(),
  from: day, until: day, rooms: z.array(z.string()), deadline: instant, awaits: z.array(z.enum(['HOST', 'GUEST', 'LEAD'])),
  hasAddress: z.boolean(), askedUntil: day.nullable(), needsAnswer: z.boolean(),
})

const home = z.object({
  id, kind: z.string(), cityId: z.string(), districtId: z.string().nullable(), hasAddress: z.boolean(), toVisit: z.boolean(),
  rooms: z.array(z.object({ id, name: z.string(), sleeps: z.int(), inService: z.boolean() })),
})

export const readHostEndpoint = defineEndpoint({
  name: 'readHost',
  summary: 'The host’s own offer: homes and rooms, the state of vetting, the pause. No name, no contact, no address.',
  method: 'GET', path: '/host', ...asHost,
  answer: z.object({
    hostId: id, state: z.enum(HOST_STATES), paused: z.boolean(), confirmedAt: instant, version: z.int(),
    visited: z.boolean(), references: z.int(), homes: z.array(home),
  }),
  run: async ({ actor }) => accept(await hostHome(actor.hostId)),
})

export const confirmOfferEndpoint = defineEndpoint({
  name: 'confirmOffer',
  summary: 'Say that the offer still stands.',
  method: 'POST', path: '/host/confirmation', ...asHost,
  answer: z.object({ host: id }),
  run: ({ actor, key, requestHash }) => confirmOffer({ actor, hostId: actor.hostId, key, requestHash }),
})

export const pauseEndpoint = defineEndpoint({
  name: 'pauseHost',
  summary: 'Pause, or end the pause. Proposals are released; guests who are confirmed or there stay.',
  method: 'PUT', path: '/host/pause', ...asHost,
  body: z.strictObject({ paused: z.boolean('CHOICE_INVALID') }),
  answer: z.object({ released: z.int() }),
  run: ({ actor, body, key, requestHash }) => pauseHost({ actor, hostId: actor.hostId, key, requestHash, ...body }),
})

export const readHostStaysEndpoint = defineEndpoint({
  name: 'readHostStays',
  summary: 'Proposals, agreed stays and guests who are there, earliest first; needsAnswer where the host is asked now.',
  method: 'GET', path: '/host/stays', ...asHost,
  answer: z.object({ stays: z.array(stay) }),
  run: async ({ actor }) => {
    const stays = await liveStays(actor.hostId)
    return accept({ stays: stays.map((one) => ({ ...one, kind: one.kind as (typeof HOME_KINDS)[number], needsAnswer: needsAnswer(one) })) })
  },
})

export const hostYesEndpoint = defineEndpoint({
  name: 'sayYesAsHost',
  summary: 'Say yes for all rooms of the home in this plan.',
  path: '/host/placements/{placementId}/yes', ...asAnswering,
  body: z.strictObject({ legal }),
  answer: z.object({ confirmed: z.boolean() }),
  refusals: ['ALREADY_DECIDED', 'NOT_OPEN', 'LAPSED', 'NO_ADDRESS', 'APPROVALS_STOPPED'],
  run: ({ actor, params, key, requestHash }) => sayYes({ actor, key, requestHash, ...params, side: 'HOST', way: 'LINK' }),
})

export const hostNoEndpoint = defineEndpoint({
  name: 'sayNoAsHost',
  summary: 'Say "not this time".',
  path: '/host/placements/{placementId}/no', ...asAnswering,
  body: z.strictObject({ reason: oneOf(HOST_NO_REASONS).default('OTHER') }),
  answer: z.object({ ended: z.int() }),
  refusals: ['NOT_OPEN'],
  run: ({ actor, params, body, key, requestHash }) => release({
    actor, key, requestHash, ...params, ...body, to: 'DECLINED', side: 'HOST', close: false,
  }),
})

export const hostExtensionEndpoint = defineEndpoint({
  name: 'answerExtension',
  summary: 'Answer guests who ask to stay longer.',
  path: '/host/placements/{placementId}/extension', ...asAnswering,
  body: z.strictObject({ agree: z.boolean('CHOICE_INVALID') }),
  answer: z.object({ agreed: z.boolean() }),
  refusals: ['ALREADY_DECIDED', 'EXTEND_NOT_OPEN', 'EXTEND_OVER', 'EXTEND_ROOM_TAKEN', 'EXTEND_ARRIVAL_TAKEN', 'NOT_OFFERED'],
  run: ({ actor, params, body, key, requestHash }) => answerExtension({ actor, key, requestHash, ...params, ...body }),
})
