import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { askedNights, day, flag, id, nights, refuseEmptyNights, whole } from '@/lib/api/schema'
import { changeRoom, closeNights, offerNights } from '@/lib/hosts/commands/room'
import { homeDetail, roomCalendar } from '@/lib/hosts/queries/details'
import { accept } from '@/lib/result'
import { sharedText } from '@/lib/text/schema'
import { addDays } from '@/lib/time/day'
import { version } from './parts'

const MOST_NIGHTS = 92

const asHost = { who: 'HOST', permission: 'host:manage-own' } as const
const changed = z.object({ room: id })

const span = z.strictObject(askedNights).superRefine(refuseEmptyNights)
  .refine(({ from, until }) => until <= addDays(from, MOST_NIGHTS), { path: ['until'], message: 'DAY_TOO_FAR' })
const nightsOfRoom = z.strictObject({ version, ...askedNights }).superRefine(refuseEmptyNights)

export const readHomeEndpoint = defineEndpoint({
  name: 'readHome',
  summary: 'One home of the host and its rooms. Its address stays on the host’s page.',
  method: 'GET', path: '/host/homes/{homeId}', ...asHost,
  answer: z.object({
    id, kind: z.string(), cityId: z.string(), districtId: z.string().nullable(), stepFree: z.boolean(), ownEntrance: z.boolean(),
    noticeHours: z.int(), houseRules: z.string().nullable(), toVisit: z.boolean(), version: z.int(),
    rooms: z.array(z.object({ id, name: z.string(), sleeps: z.int(), sharedHall: z.boolean(), inService: z.boolean() })),
  }),
  run: async ({ actor, params }) => accept(await homeDetail(actor.hostId, params.homeId)),
})

export const readRoomEndpoint = defineEndpoint({
  name: 'readRoom',
  summary: 'A room with its openings, and what each night of a span of at most 92 is: free, held, taken or not offered.',
  method: 'GET', path: '/host/rooms/{roomId}', ...asHost,
  query: span,
  answer: z.object({
    id, homeId: id, cityId: z.string(), today: day, name: z.string(), sleeps: z.int(), sharedHall: z.boolean(), quiet: z.boolean(),
    privateBath: z.boolean(), inService: z.boolean(), version: z.int(), openings: z.array(nights),
    nights: z.array(z.object({ day, state: z.enum(['FREE', 'HELD', 'TAKEN', 'NOT_OFFERED']) })),
  }),
  run: async ({ actor, params, query }) => accept(await roomCalendar({ hostId: actor.hostId, ...params, ...query })),
})

export const changeRoomEndpoint = defineEndpoint({
  name: 'changeRoom',
  summary: 'Rename a room, change its beds, or take it out of service.',
  method: 'PUT', path: '/host/rooms/{roomId}', ...asHost,
  body: z.strictObject({ version, name: sharedText(60), sleeps: whole(1, 50), quiet: flag, privateBath: flag, inService: z.boolean('CHOICE_INVALID') }),
  answer: changed,
  refusals: ['STALE_VERSION', 'BEDS_HELD', 'ROOM_HELD'],
  run: ({ actor, params, body, key, requestHash }) => changeRoom({ actor, key, requestHash, ...params, ...body }),
})

export const offerNightsEndpoint = defineEndpoint({
  name: 'offerNights',
  summary: 'Offer a room for more nights. Openings that touch become one.',
  method: 'POST', path: '/host/rooms/{roomId}/openings', ...asHost,
  body: nightsOfRoom,
  answer: changed,
  refusals: ['STALE_VERSION', 'NIGHTS_PAST', 'NIGHTS_TOO_FAR', 'OPENING_TOO_LONG'],
  run: ({ actor, params, body: { version: of, ...run }, key, requestHash }) =>
    offerNights({ actor, key, requestHash, ...params, version: of, nights: run }),
})

export const closeNightsEndpoint = defineEndpoint({
  name: 'closeNights',
  summary: 'Close nights of a room. Nothing is closed while one of them is promised.',
  method: 'POST', path: '/host/rooms/{roomId}/closures', ...asHost,
  body: nightsOfRoom,
  answer: changed,
  refusals: ['STALE_VERSION', 'NIGHTS_PAST', 'NIGHTS_TOO_FAR', 'NIGHTS_HELD'],
  run: ({ actor, params, body: { version: of, ...run }, key, requestHash }) =>
    closeNights({ actor, key, requestHash, ...params, version: of, nights: run }),
})
