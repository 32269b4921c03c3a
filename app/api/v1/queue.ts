import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { countText, day, id, instant, nights } from '@/lib/api/schema'
import { listWaiting } from '@/lib/arrivals/queries/waiting'
import { ARRIVAL_SOURCES, ARRIVAL_STATES, QUEUE_VIEWS } from '@/lib/arrivals/schema'
import { scopeOf } from '@/lib/auth/queries'
import { PRIORITY_PARTS } from '@/lib/matching/policy'
import { listStays, STAY_VIEWS } from '@/lib/placements/queries/stays'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'

const partyFields = {
  id, code: z.string(), nickname: z.string(), state: z.enum(ARRIVAL_STATES),
  cityIds: z.array(z.string()), districtId: z.string().nullable(),
  adults: z.int(), childrenAges: z.array(z.int()), nights,
  animals: z.boolean(), stepFree: z.boolean(), womanAlone: z.boolean(), womenOnly: z.boolean(),
  unwell: z.boolean(), unsafeToReturn: z.boolean(), brokenPlacement: z.boolean(),
  waitingSince: instant, timeZone: z.string(),
}

/** Fields of a party that waits, as the queue and the case answer them. No contact, no note. */
export const waitingFields = {
  ...partyFields,
  source: z.enum(ARRIVAL_SOURCES), persons: z.int(), askedNights: nights, flexibleNights: z.int(),
  quietWished: z.boolean(), allWomen: z.boolean(), languages: z.array(z.string()),
  growth: z.object({ persons: z.int(), from: day, keepUntil: day }).nullable(),
  lookedAt: instant.nullable(),
  priority: z.object({
    total: z.int(), maximum: z.int(),
    parts: z.array(z.object({ part: z.enum(PRIORITY_PARTS), points: z.int(), maximum: z.int() })),
  }),
  version: z.int(),
}

const asStaff = { method: 'GET', who: 'COORDINATOR', permission: 'queue:read' } as const
const limit = countText(1, 500, 50)

export const readQueueEndpoint = defineEndpoint({
  name: 'readQueue',
  summary: 'Who waits for a place in the token’s cities, most urgent first.',
  path: '/queue', ...asStaff,
  query: z.strictObject({ view: oneOf(QUEUE_VIEWS).default('ALL'), limit }),
  answer: z.object({ waiting: z.array(z.object(waitingFields)) }),
  run: async ({ actor, query }) => accept({ waiting: await listWaiting(scopeOf(actor), query) }),
})

export const readStaysEndpoint = defineEndpoint({
  name: 'readStays',
  summary: 'Parties by what their placements are doing: late answers, second yeses, arriving, staying, overdue.',
  path: '/stays', ...asStaff,
  query: z.strictObject({ view: oneOf(STAY_VIEWS).default('EVERYBODY'), limit }),
  answer: z.object({ parties: z.array(z.object({ ...partyFields, onward: nights.nullable(), growth: z.boolean() })) }),
  run: async ({ actor, query }) => accept({ parties: await listStays(scopeOf(actor), query) }),
})
