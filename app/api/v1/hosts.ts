import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { countText, day, flag, id, instant, said } from '@/lib/api/schema'
import { scopeOf } from '@/lib/auth/queries'
import { HOME_KINDS, HOST_STATES, MAX_HOMES } from '@/lib/hosts/schema'
import { accept } from '@/lib/result'
import { recordCheck } from '@/lib/safety/commands'
import { hostRecord, listHosts } from '@/lib/safety/queries'
import { CHECK_KINDS, checkedOn } from '@/lib/safety/schema'
import { idText, optionalSharedText, sharedText } from '@/lib/text/schema'
import { todayIn } from '@/lib/time/clock'
import { version } from './parts'

/** East of all our towns: a day that has begun anywhere has begun there. The command asks the host's own town. */
const doneOn = checkedOn(() => todayIn('bishkek'))
const note = optionalSharedText(500, { lines: true })

const rowFields = {
  id, state: z.enum(HOST_STATES), paused: z.boolean(), since: instant, timeZone: z.string(),
  vetting: z.object({ visited: z.boolean(), references: z.int(), completeUntil: day.nullable() }),
  vettedUntil: day.nullable(), renewal: z.enum(['OVER', 'SOON']).nullable(),
  homes: z.array(z.object({
    id, kind: z.enum(HOME_KINDS), cityId: z.string(), districtId: z.string().nullable(), stepFree: z.boolean(), ownEntrance: z.boolean(),
    hasAddress: z.boolean(), toVisit: z.boolean(),
    rooms: z.array(z.object({
      id, name: z.string(), sleeps: z.int(), sharedHall: z.boolean(), quiet: z.boolean(), privateBath: z.boolean(), inService: z.boolean(),
    })),
  })),
}

const asReader = { method: 'GET', who: 'COORDINATOR', permission: 'host:vet' } as const
const asVisitor = { method: 'POST', who: 'COORDINATOR', permission: 'host:vet' } as const
const recorded = z.object({ host: id, state: z.enum(HOST_STATES) })
const refusals = ['STALE_VERSION', 'OWN_HOME', 'HOST_BLOCKED'] as const

export const readHostsEndpoint = defineEndpoint({
  name: 'readHosts',
  summary: 'Hosts with a home in the token’s cities: who must be visited first. No names, no contacts, no addresses.',
  path: '/hosts', ...asReader,
  query: z.strictObject({ limit: countText(1, 200, 50) }),
  answer: z.object({ hosts: z.array(z.object(rowFields)) }),
  run: async ({ actor, query }) => accept({ hosts: await listHosts(scopeOf(actor), { search: null, ...query }) }),
})

export const readHostRecordEndpoint = defineEndpoint({
  name: 'readHostRecord',
  summary: 'One host: the household, and which checks count until when. What was noted at a visit stays on the screen.',
  path: '/hosts/{hostId}', ...asReader,
  answer: z.object({
    ...rowFields, version: z.int(), today: day, own: z.boolean(), languages: z.array(z.string()),
    womenOnlyHousehold: z.boolean(), womenOnlyGuests: z.boolean(), childrenHere: z.boolean(), childrenWelcome: z.boolean(),
    animalsHere: z.boolean(), animalsWelcome: z.boolean(), smoking: z.boolean(),
    checks: z.array(z.object({ id, kind: z.enum(CHECK_KINDS), doneOn: day, expiresOn: day, counts: z.boolean() })),
  }),
  run: async ({ actor, params }) => accept(await hostRecord(scopeOf(actor), params.hostId)),
})

export const recordVisitEndpoint = defineEndpoint({
  name: 'recordVisit',
  summary: 'Record a visit to one or more homes of a host. `seen`: by whoever records it.',
  path: '/hosts/{hostId}/visits', ...asVisitor, makes: true,
  body: z.strictObject({
    version, doneOn, seen: said('SEEN_NEEDED'), womenOnlySeen: flag, note,
    homes: z.array(idText, 'HOMES_NEEDED').min(1, 'HOMES_NEEDED').max(MAX_HOMES, 'INVALID'),
  }),
  answer: recorded,
  refusals,
  run: ({ actor, params, body: { version: of, seen: _seen, ...visit }, key, requestHash }) =>
    recordCheck({ actor, key, requestHash, ...params, version: of, check: { kind: 'VISIT', ...visit } }),
})

export const recordReferenceEndpoint = defineEndpoint({
  name: 'recordReference',
  summary: 'Record what somebody who knows the host says of them. `apart`: they live apart and are no family.',
  path: '/hosts/{hostId}/references', ...asVisitor, makes: true,
  body: z.strictObject({ version, doneOn, referee: sharedText(80), apart: said('APART_NEEDED'), note }),
  answer: recorded,
  refusals: [...refusals, 'SAME_REFEREE'],
  run: ({ actor, params, body: { version: of, apart: _apart, ...reference }, key, requestHash }) =>
    recordCheck({ actor, key, requestHash, ...params, version: of, check: { kind: 'REFERENCE', ...reference } }),
})
