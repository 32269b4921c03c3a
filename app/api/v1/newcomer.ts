import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { day, done, id, instant, nights, flag } from '@/lib/api/schema'
import { askedToken } from '@/lib/arrivals/commands/desk-token'
import { requestShelter } from '@/lib/arrivals/commands/request'
import { wasErased } from '@/lib/arrivals/queries/erased'
import { stayView } from '@/lib/arrivals/queries/stay'
import { destinationOf, STAGES, stageOf } from '@/lib/arrivals/rules/stay'
import { ARRIVAL_STATES, LEAVING_REASONS } from '@/lib/arrivals/schema'
import { HOME_KINDS } from '@/lib/hosts/schema'
import { release, sayNoAsGuest, withdrawArrival } from '@/lib/placements/commands/release'
import { askExtension, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes } from '@/lib/placements/commands/yes'
import { GUEST_NO_REASONS } from '@/lib/placements/schema'
import { revealAddress } from '@/lib/privacy/reveal'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'
import { askBody, legal, needsPlace } from './parts'

const room = z.object({
  placementId: id, nights, guests: z.int(), sleeps: z.int(), sharedHall: z.boolean(), privateBath: z.boolean(), quiet: z.boolean(),
})

const home = z.object({
  placementId: id,
  state: z.enum(['PROPOSED', 'CONFIRMED', 'ARRIVED']),
  cityId: z.string(), districtId: z.string().nullable(), kind: z.enum(HOME_KINDS),
  stepFree: z.boolean(), ownEntrance: z.boolean(), animalsHere: z.boolean(), childrenHere: z.boolean(), smoking: z.boolean(),
  womenOnlyHousehold: z.boolean(), languages: z.array(z.string()), houseRules: z.string().nullable(),
  householdChanged: z.boolean(),
  nights, rooms: z.array(room),
  extension: z.object({ until: day, state: z.enum(['ASKED', 'AGREED', 'REFUSED']), searching: z.boolean() }).nullable(),
  mayArrive: z.boolean(),
})

const stayAnswer = z.object({
  arrivalId: id, code: z.string(), nickname: z.string(), state: z.enum(ARRIVAL_STATES), stage: z.enum(STAGES),
  cityId: z.string(), today: day, nights, onward: nights.nullable(),
  adults: z.int(), childrenAges: z.array(z.int()),
  queue: z.object({ peopleAhead: z.int(), lookedAt: instant.nullable() }).nullable(),
  plans: z.array(z.object({
    planId: id, deadline: instant, guestSaidYes: z.boolean(), hostsSaidYes: z.boolean(), homes: z.array(home),
  })),
  lastEnd: z.object({ state: z.string(), side: z.string().nullable() }).nullable(),
  deletionDay: day,
})

const asNewcomer = { who: 'NEWCOMER', permission: 'placement:answer-as-guest' } as const
const asOwn = { who: 'NEWCOMER', permission: 'arrival:manage-own' } as const

export const requestEndpoint = defineEndpoint({
  name: 'requestShelter',
  summary: 'Ask for a place. The secret opens everything below /stay; it is answered under this key only, so the key guards it.',
  method: 'POST', path: '/requests', who: 'ANYBODY', permission: 'arrival:request', makes: true, guardedKey: true,
  body: askBody,
  answer: z.object({ arrivalId: id, code: z.string(), secret: z.string().length(26) }),
  refusals: ['ADULT_NEEDED', 'TOO_MANY_OPEN'],
  run: async ({ actor, body: { locale, ...intake }, key, requestHash }) => {
    const token = askedToken({ key, requestHash })
    const asked = await requestShelter({ actor, key, requestHash, intake: { ...intake, note: null }, token, source: 'WEB', locale })
    return asked.ok ? { ...asked, value: { ...asked.value, secret: token } } : asked
  },
})

export const readStayEndpoint = defineEndpoint({
  name: 'readStay',
  summary: 'What the newcomer’s own page shows: place in the queue, proposals with their clocks, the stay. No address.',
  method: 'GET', path: '/stay', ...asOwn,
  answer: stayAnswer,
  run: async ({ actor }) => {
    const view = await stayView(actor.arrivalId)
    return accept({ ...view, stage: stageOf(view) })
  },
})

export const eraseEndpoint = defineEndpoint({
  name: 'eraseStay',
  summary: 'Take the request back and delete all that could name somebody, at once. The secret opens nothing afterwards.',
  method: 'DELETE', path: '/stay', ...asOwn,
  answer: done,
  // known again by the secret, of which nothing else is left: a program may send one key for everybody
  run: async ({ actor, key, bearerHash }) => {
    const erased = await withdrawArrival({ actor, key, requestHash: bearerHash, arrivalId: actor.arrivalId, erase: true })
    return erased.ok ? { ...erased, value: {} } : erased
  },
  doneBefore: async ({ key, bearerHash }) => ((await wasErased(key, bearerHash)) ? { value: {} } : null),
})

export const withdrawEndpoint = defineEndpoint({
  name: 'withdrawStay',
  summary: 'Take the whole request back. Whatever is live ends, and the hosts are told.',
  method: 'POST', path: '/stay/withdrawal', ...asOwn,
  answer: done,
  run: async ({ actor, key, requestHash }) => {
    const withdrawn = await withdrawArrival({ actor, key, requestHash, arrivalId: actor.arrivalId, erase: false })
    return withdrawn.ok ? { ...withdrawn, value: {} } : withdrawn
  },
})

export const guestYesEndpoint = defineEndpoint({
  name: 'sayYesAsGuest',
  summary: 'Say yes to the whole plan this placement is part of.',
  method: 'POST', path: '/stay/placements/{placementId}/yes', ...asNewcomer,
  body: z.strictObject({ legal }),
  answer: z.object({ confirmed: z.boolean() }),
  refusals: ['ALREADY_DECIDED', 'NOT_OPEN', 'LAPSED', 'APPROVALS_STOPPED'],
  run: ({ actor, params, key, requestHash }) => sayYes({ actor, key, requestHash, ...params, side: 'GUEST', way: 'LINK' }),
})

export const guestNoEndpoint = defineEndpoint({
  name: 'sayNoAsGuest',
  summary: 'Ask for another place. FOUND_A_PLACE and MOVED_ON close the request.',
  method: 'POST', path: '/stay/placements/{placementId}/no', ...asNewcomer,
  body: z.strictObject({ reason: oneOf(GUEST_NO_REASONS).default('OTHER') }),
  answer: z.object({ ended: z.int() }),
  refusals: ['NOT_OPEN'],
  run: ({ actor, params, body, key, requestHash }) => sayNoAsGuest({ actor, key, requestHash, ...params, ...body }),
})

export const revealEndpoint = defineEndpoint({
  name: 'revealAddress',
  summary: 'Open the address of an agreed stay. Every call is recorded, so no key goes with it.',
  method: 'POST', path: '/stay/placements/{placementId}/address', ...asNewcomer, keyless: true,
  answer: z.object({ cityId: z.string(), address: z.string().nullable(), entrance: z.string().nullable(), firstName: z.string().nullable() }),
  refusals: ['NOT_OPEN', 'HOUSEHOLD_CHANGED'],
  run: ({ actor, params }) => revealAddress({ actor, ...params }),
})

export const guestArrivedEndpoint = defineEndpoint({
  name: 'recordArrivalAsGuest',
  summary: 'Say "I am there and was let in".',
  method: 'POST', path: '/stay/placements/{placementId}/arrival', ...asNewcomer,
  answer: done,
  refusals: ['NOT_OPEN', 'TOO_EARLY'],
  run: async ({ actor, params, key, requestHash }) => {
    const arrived = await recordArrived({ actor, key, requestHash, ...params })
    return arrived.ok ? { ...arrived, value: {} } : arrived
  },
})

export const askLongerEndpoint = defineEndpoint({
  name: 'askExtension',
  summary: 'Ask to stay until a later morning. Nothing is held until the host agrees.',
  method: 'POST', path: '/stay/placements/{placementId}/extension', ...asNewcomer,
  body: z.strictObject({ until: daySchema }),
  answer: z.object({ until: day }),
  refusals: ['NOT_OPEN', 'NIGHTS_INVALID', 'NIGHTS_NOT_MORE', 'NIGHTS_TOO_MANY', 'NOT_OFFERED', 'ALREADY_ASKED'],
  run: ({ actor, params, body, key, requestHash }) => askExtension({ actor, key, requestHash, ...params, ...body }),
})

export const leaveEndpoint = defineEndpoint({
  name: 'leaveStay',
  summary: 'Leave before the last morning, or on it.',
  method: 'POST', path: '/stay/placements/{placementId}/departure', ...asNewcomer,
  body: z.strictObject({ reason: oneOf(LEAVING_REASONS).default('GUEST_LEFT_EARLY'), needsPlace: flag }),
  answer: z.object({ ended: z.int() }),
  refusals: ['NOT_OPEN'],
  run: ({ actor, params, body: { reason, needsPlace: needs }, key, requestHash }) => release({
    actor, key, requestHash, ...params, to: 'DEPARTED', side: 'GUEST', reason, destination: destinationOf(reason), close: !needs,
  }),
})

export const guestCancelEndpoint = defineEndpoint({
  name: 'cancelAsGuest',
  summary: 'Take an agreed stay back before it begins; another place is looked for unless none is needed.',
  method: 'POST', path: '/stay/placements/{placementId}/cancellation', ...asNewcomer,
  body: z.strictObject({ needsPlace: needsPlace.default(true) }),
  answer: z.object({ ended: z.int() }),
  refusals: ['NOT_OPEN'],
  run: ({ actor, params, body, key, requestHash }) => release({
    actor, key, requestHash, ...params, to: 'CANCELLED', side: 'GUEST', reason: 'OTHER', close: !body.needsPlace,
  }),
})
