import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { askedNights, day, done, flag, id, instant, nights, refuseEmptyNights } from '@/lib/api/schema'
import { scopeOf } from '@/lib/auth/queries'
import { HOME_KINDS } from '@/lib/hosts/schema'
import { release } from '@/lib/placements/commands/release'
import { answerExtension, extend, moveStay, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { placementRecord } from '@/lib/placements/queries/history'
import { decidedBy, endsTheNeed } from '@/lib/placements/rules'
import {
  DESTINATIONS, ENDED_REASONS, GUEST_NO_REASONS, HOST_NO_REASONS, PLACEMENT_STATES, SIDES,
} from '@/lib/placements/schema'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'
import { legal, needsPlace, version } from './parts'

const ofVersion = z.strictObject({ version })
const asStaff = { method: 'POST', who: 'COORDINATOR', permission: 'placement:record' } as const
const ended = z.object({ ended: z.int() })
const changed = ['NOT_OPEN', 'STALE_VERSION', 'OWN_HOME'] as const

/** A no of one side, with a reason of that side's list. */
const ofSide = { version, side: oneOf(['HOST', 'GUEST']), reason: oneOf([...HOST_NO_REASONS, ...GUEST_NO_REASONS]), needsPlace }

function fitsSide({ side, reason }: { side: string; reason: string }): boolean {
  if (side === 'COORDINATOR') return reason === 'OTHER'
  return (side === 'HOST' ? HOST_NO_REASONS : GUEST_NO_REASONS).some((one) => one === reason)
}
const wrongReason = { path: ['reason'], message: 'CHOICE_INVALID' }

export const readPlacementEndpoint = defineEndpoint({
  name: 'readPlacement',
  summary: 'One placement: its state and version, which every change names, and who has said yes.',
  method: 'GET', path: '/placements/{placementId}', who: 'COORDINATOR', permission: 'queue:read',
  answer: z.object({
    placementId: id, arrivalId: id, code: z.string(), nickname: z.string(), adults: z.int(), childrenAges: z.array(z.int()),
    state: z.enum(PLACEMENT_STATES), version: z.int(), nights, deadline: instant, hostId: id, roomName: z.string(),
    homeKind: z.enum(HOME_KINDS), cityId: z.string(), districtId: z.string().nullable(), timeZone: z.string(), hasAddress: z.boolean(),
    womenChanged: z.boolean(), ownHome: z.boolean(), approvedByMe: z.boolean(), needsSecond: z.boolean(),
    yeses: z.array(z.object({ side: z.enum([...SIDES, 'SECOND']), way: z.enum(['LINK', 'PHONE', 'DESK']).nullable(), at: instant })),
    askedUntil: day.nullable(), endedSide: z.enum(SIDES).nullable(), endedReason: z.string().nullable(), endedTo: z.string().nullable(),
    others: z.array(z.object({ placementId: id, roomName: z.string(), nights, state: z.enum(PLACEMENT_STATES) })),
  }),
  run: async ({ actor, params }) => accept(await placementRecord(scopeOf(actor), params.placementId)),
})

export const recordYesEndpoint = defineEndpoint({
  name: 'recordYes',
  summary: 'Write down the yes of a host or a guest, as heard on the phone or at the desk.',
  path: '/placements/{placementId}/yes', ...asStaff,
  body: z.strictObject({ version, side: oneOf(['HOST', 'GUEST']), way: oneOf(['PHONE', 'DESK']), legal }),
  answer: z.object({ confirmed: z.boolean() }),
  refusals: [...changed, 'ALREADY_DECIDED', 'LAPSED', 'NO_ADDRESS', 'APPROVALS_STOPPED'],
  run: ({ actor, params, body: { legal: _read, ...body }, key, requestHash }) => sayYes({ actor, key, requestHash, ...params, ...body }),
})

export const recordNoEndpoint = defineEndpoint({
  name: 'recordNo',
  summary: 'Write down the no of a host or a guest. A guest who needs no place any more closes the request.',
  path: '/placements/{placementId}/no', ...asStaff,
  body: z.strictObject(ofSide).refine(fitsSide, wrongReason),
  answer: ended,
  refusals: changed,
  run: ({ actor, params, body: { needsPlace: needs, ...body }, key, requestHash }) => release({
    actor, key, requestHash, ...params, ...body, to: 'DECLINED', close: body.side === 'GUEST' && !needs,
  }),
})

export const secondYesEndpoint = defineEndpoint({
  name: 'saySecondYes',
  summary: 'A lead’s second yes, where a second pair of eyes is due.',
  method: 'POST', path: '/placements/{placementId}/second-yes', who: 'LEAD', permission: 'placement:second-yes',
  body: ofVersion,
  answer: z.object({ confirmed: z.boolean() }),
  refusals: [...changed, 'ALREADY_DECIDED', 'LAPSED', 'APPROVALS_STOPPED'],
  run: ({ actor, params, body, key, requestHash }) => secondYes({ actor, key, requestHash, ...params, ...body }),
})

export const recordArrivedEndpoint = defineEndpoint({
  name: 'recordArrival',
  summary: 'Write down that the guests have come and were let in.',
  path: '/placements/{placementId}/arrival', ...asStaff,
  body: ofVersion,
  answer: done,
  refusals: [...changed, 'TOO_EARLY'],
  run: async ({ actor, params, body, key, requestHash }) => {
    const arrived = await recordArrived({ actor, key, requestHash, ...params, ...body })
    return arrived.ok ? { ...arrived, value: {} } : arrived
  },
})

export const noShowEndpoint = defineEndpoint({
  name: 'recordNoShow',
  summary: 'Write down that the guests did not come, once the first evening is over.',
  path: '/placements/{placementId}/no-show', ...asStaff,
  body: z.strictObject({ version, needsPlace }),
  answer: ended,
  refusals: [...changed, 'TOO_EARLY'],
  run: ({ actor, params, body, key, requestHash }) => release({
    actor, key, requestHash, ...params, version: body.version, side: 'GUEST', reason: 'NO_SHOW', to: 'NOT_ARRIVED', close: !body.needsPlace,
  }),
})

export const departEndpoint = defineEndpoint({
  name: 'recordDeparture',
  summary: 'Write down that a stay is over, why, and where the guests went.',
  path: '/placements/{placementId}/departure', ...asStaff,
  body: z.strictObject({ version, reason: oneOf(ENDED_REASONS), destination: oneOf(DESTINATIONS).optional(), needsPlace }),
  answer: ended,
  refusals: changed,
  run: ({ actor, params, body: { version: of, reason, destination, needsPlace: needs }, key, requestHash }) => release({
    actor, key, requestHash, ...params, version: of, reason, to: 'DEPARTED', side: decidedBy(reason),
    ...(destination === undefined ? {} : { destination }), close: !needs && endsTheNeed(reason),
  }),
})

export const cancelEndpoint = defineEndpoint({
  name: 'cancelPlacement',
  summary: 'Take a placement back before the guests come.',
  path: '/placements/{placementId}/cancellation', ...asStaff,
  body: z.strictObject({ ...ofSide, side: oneOf(SIDES) }).refine(fitsSide, wrongReason),
  answer: ended,
  refusals: changed,
  run: ({ actor, params, body: { needsPlace: needs, ...body }, key, requestHash }) => release({
    actor, key, requestHash, ...params, ...body, to: 'CANCELLED', close: !needs,
  }),
})

export const extendEndpoint = defineEndpoint({
  name: 'extendPlacement',
  summary: 'Change the last morning. Later needs the host’s yes, which whoever writes it down has heard.',
  path: '/placements/{placementId}/extension', ...asStaff,
  body: z.strictObject({ version, until: daySchema, hostAgreed: flag }),
  answer: z.object({ until: day }),
  refusals: [...changed, 'HOST_NOT_ASKED', 'NIGHTS_INVALID', 'NIGHTS_TOO_MANY', 'NOT_OFFERED', 'EXTEND_ROOM_TAKEN', 'EXTEND_ARRIVAL_TAKEN'],
  run: ({ actor, params, body, key, requestHash }) => extend({ actor, key, requestHash, ...params, ...body }),
})

export const moveEndpoint = defineEndpoint({
  name: 'movePlacement',
  summary: 'Guests who have not come yet come on other nights, to the same room. Other nights than the host agreed to need the host’s yes.',
  path: '/placements/{placementId}/move', ...asStaff,
  body: z.strictObject({ version, ...askedNights, hostAgreed: flag }).superRefine(refuseEmptyNights),
  answer: nights,
  refusals: [...changed, 'HOST_NOT_ASKED', 'NIGHTS_INVALID', 'NIGHTS_TOO_MANY', 'NOT_OFFERED', 'EXTEND_ROOM_TAKEN', 'EXTEND_ARRIVAL_TAKEN'],
  run: ({ actor, params, body, key, requestHash }) => moveStay({ actor, key, requestHash, ...params, ...body }),
})

export const notLongerEndpoint = defineEndpoint({
  name: 'refuseExtension',
  summary: 'Write down that the host does not agree to a longer stay. The nights after it go back into the queue.',
  path: '/placements/{placementId}/extension-refusal', ...asStaff,
  answer: z.object({ agreed: z.boolean() }),
  refusals: ['ALREADY_DECIDED', 'OWN_HOME'],
  run: ({ actor, params, key, requestHash }) => answerExtension({ actor, key, requestHash, ...params, agree: false }),
})
