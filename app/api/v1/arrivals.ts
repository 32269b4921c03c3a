import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { countText, day, done, id, instant, nights } from '@/lib/api/schema'
import { checkIntake } from '@/lib/arrivals/commands/checked'
import { enterRequest } from '@/lib/arrivals/commands/request'
import { arrivalCase } from '@/lib/arrivals/queries/case'
import { REACH_CHOICES } from '@/lib/arrivals/schema'
import { scopeOf, type CoordinatorScope } from '@/lib/auth/queries'
import { MISMATCHES } from '@/lib/matching/eligibility'
import { MUST_HAVE_STATES } from '@/lib/matching/must-haves'
import { WISHES } from '@/lib/matching/policy'
import { reopenArrival } from '@/lib/placements/commands/release'
import { withdrawFor } from '@/lib/placements/commands/withdraw-for'
import { countRooms } from '@/lib/placements/queries/city-rooms'
import { findMatches } from '@/lib/placements/queries/match'
import { PLACEMENT_STATES, SIDES } from '@/lib/placements/schema'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'
import { candidatesOf } from './candidates'
import { intakeFields } from './parts'
import { waitingFields } from './queue'

const casePlacement = z.object({
  placementId: id, planId: id, planKind: z.enum(['SINGLE', 'RELAY', 'SEVERAL_ROOMS', 'GROUP']), deadline: instant,
  state: z.enum(PLACEMENT_STATES), roomId: id, roomName: z.string(), homeId: id, hostId: id,
  cityId: z.string(), districtId: z.string().nullable(), nights, adults: z.int(), childrenAges: z.array(z.int()),
  needsSecond: z.boolean(), approverIds: z.array(id),
  yeses: z.array(z.object({ side: z.enum(SIDES), way: z.enum(['LINK', 'PHONE', 'DESK']), at: instant })),
  extension: z.object({ until: day }).nullable(),
  endedSide: z.enum(SIDES).nullable(), endedReason: z.string().nullable(),
  createdAt: instant, confirmedAt: instant.nullable(), arrivedOn: day.nullable(), departedOn: day.nullable(),
  version: z.int(),
})

const values = z.record(z.string(), z.union([z.string(), z.number()]))

const candidate = z.object({
  roomId: id, roomName: z.string(), homeId: id, homeCode: z.string(), homeKind: z.string(), hostId: id,
  cityId: z.string(), districtId: z.string().nullable(), beds: z.int(), nights, shiftNights: z.int(),
  score: z.int(), maximum: z.int(),
  mustHaves: z.array(z.object({ rule: z.enum(MISMATCHES), state: z.enum(MUST_HAVE_STATES), values })),
  wishes: z.array(z.object({ wish: z.enum(WISHES), points: z.int(), maximum: z.int(), values })),
})

const several = z.object({
  homeId: id, nights, rooms: z.array(z.object({ roomId: id, adults: z.int(), childrenAges: z.array(z.int()) })),
})

async function needOf(scope: CoordinatorScope, arrivalId: string) {
  const { need, timeZone, policy } = await arrivalCase(scope, arrivalId)
  return { need, today: dayInZone(now(), timeZone), policy, restedNights: policy.scales.restedNights }
}

const asReader = { method: 'GET', who: 'COORDINATOR', permission: 'queue:read' } as const

export const readArrivalEndpoint = defineEndpoint({
  name: 'readArrival',
  summary: 'One party with all its placements, live and over.',
  path: '/arrivals/{arrivalId}', ...asReader,
  answer: z.object({
    ...waitingFields, onward: nights.nullable(), contactKind: z.enum(REACH_CHOICES), locale: z.string(),
    createdAt: instant, closedAt: instant.nullable(), placements: z.array(casePlacement),
  }),
  run: async ({ actor, params }) => accept(await arrivalCase(scopeOf(actor), params.arrivalId)),
})

export const readCandidatesEndpoint = defineEndpoint({
  name: 'readCandidates',
  summary: 'Rooms for a party, best first, with every rule and wish that was weighed. Nothing is held.',
  path: '/arrivals/{arrivalId}/candidates', ...asReader,
  query: z.strictObject({ limit: countText(1, 50, 10) }),
  answer: z.object({
    arrivalId: id, nights, candidates: z.array(candidate), shifted: z.array(candidate), several: z.array(several),
  }),
  run: async ({ actor, params, query }) => {
    const scope = scopeOf(actor)
    const { need, today, policy } = await needOf(scope, params.arrivalId)
    const matches = await findMatches(scope, { need, today, policy })
    return accept({ arrivalId: params.arrivalId, nights: need.nights, ...candidatesOf(matches, { need, limit: query.limit }) })
  },
})

export const countRoomsEndpoint = defineEndpoint({
  name: 'countRooms',
  summary: 'Every room of the cities a party wants, by the first rule that fails; fitting: none does. Asks more of the database than candidates do.',
  path: '/arrivals/{arrivalId}/rooms', ...asReader,
  answer: z.object({ rooms: z.int(), fitting: z.int(), fallenOut: z.record(z.enum(MISMATCHES), z.int()) }),
  run: async ({ actor, params }) => {
    const scope = scopeOf(actor)
    return accept(await countRooms(scope, await needOf(scope, params.arrivalId)))
  },
})

export const enterEndpoint = defineEndpoint({
  name: 'enterRequest',
  summary: 'Enter the request of somebody who phones or stands at the desk. The secret is theirs: print it, keep it nowhere.',
  method: 'POST', path: '/arrivals', who: 'COORDINATOR', permission: 'arrival:enter', makes: true,
  body: z.strictObject({ ...intakeFields, source: oneOf(['PHONE', 'DESK']) })
    .superRefine(checkIntake)
    .refine(({ who }) => who.adults > 0, { path: ['who', 'adults'], message: 'ADULT_NEEDED' }),
  answer: z.object({ arrivalId: id, code: z.string(), secret: z.string().length(26) }),
  run: async ({ actor, body: { locale, ...asked }, key, requestHash }) => {
    const entered = await enterRequest({ actor, key, requestHash, input: { ...asked, note: null }, locale })
    if (!entered.ok) return entered
    const { token, ...value } = entered.value
    return { ...entered, value: { ...value, secret: token } }
  },
})

export const withdrawForEndpoint = defineEndpoint({
  name: 'withdrawArrival',
  summary: 'Take a waiting request back for somebody who says so on the telephone.',
  method: 'POST', path: '/arrivals/{arrivalId}/withdrawal', who: 'COORDINATOR', permission: 'arrival:withdraw-for',
  answer: done,
  refusals: ['NOT_OPEN', 'ALREADY_DECIDED', 'OWN_HOME'],
  run: async ({ actor, params, key, requestHash }) => {
    const withdrawn = await withdrawFor({ actor, key, requestHash, ...params })
    return withdrawn.ok ? { ...withdrawn, value: {} } : withdrawn
  },
})

export const reopenEndpoint = defineEndpoint({
  name: 'reopenArrival',
  summary: 'Open a closed or withdrawn request again, with its waiting time kept.',
  method: 'POST', path: '/arrivals/{arrivalId}/reopening', who: 'COORDINATOR', permission: 'arrival:reopen',
  answer: done,
  refusals: ['ARRIVAL_ERASED', 'ALREADY_DECIDED'],
  run: async ({ actor, params, key, requestHash }) => {
    const reopened = await reopenArrival({ actor, key, requestHash, ...params })
    return reopened.ok ? { ...reopened, value: {} } : reopened
  },
})
