import { describe, expect, it, test } from 'vitest'
import { ACTS, actorLabel, can, citiesSeenBy, narrowed, type Act, type Actor, type UserActor } from '@/lib/auth/rules'

const user = (role: 'HOST' | 'COORDINATOR' | 'LEAD' | 'ADMIN', hostId: string | null = null): Actor => (
  { kind: 'USER', userId: 'u1', role, name: 'N', cityIds: ['almaty'], hostId })
const PEOPLE = {
  nobody: { kind: 'ANONYMOUS' },
  guest: { kind: 'GUEST', arrivalId: 'a1' },
  'host ticket': { kind: 'TICKET', placementId: 'p1', side: 'HOST' },
  'guest ticket': { kind: 'TICKET', placementId: 'p1', side: 'GUEST' },
  host: user('HOST', 'h1'),
  coordinator: user('COORDINATOR'),
  lead: user('LEAD'),
  admin: user('ADMIN'),
} satisfies Record<string, Actor>
type Person = keyof typeof PEOPLE
const EVERYBODY = Object.keys(PEOPLE) as Person[]
const STAFF: Person[] = ['coordinator', 'lead', 'admin']

/** Who may do an act to something of their own, in their own city. */
const ALLOWED: Record<Act, Person[]> = {
  'arrival:request': EVERYBODY,
  'arrival:manage-own': ['guest'],
  'placement:answer-as-guest': ['guest', 'guest ticket'],
  'placement:answer-as-host': ['host ticket', 'host'],
  'placement:reach-guest': ['host'],
  'sign-in': EVERYBODY,
  'home:offer': EVERYBODY,
  'host:manage-own': ['host'],
  'queue:read': STAFF,
  'arrival:enter': STAFF,
  'arrival:new-link': STAFF,
  'arrival:withdraw-for': STAFF,
  'plan:propose': STAFF,
  'placement:record': STAFF,
  'placement:second-yes': ['lead', 'admin'],
  'arrival:reopen': ['coordinator', 'lead', 'admin'],
  'host:vet': STAFF,
  'policy:edit': ['lead', 'admin'],
}
const OWN = { arrivalId: 'a1', placementId: 'p1', hostId: 'h1', cityIds: ['almaty', 'astana'] }

describe.each(ACTS)('%s', (act) => {
  test.each(EVERYBODY)('is open or closed to %s as the table says', (person) => {
    expect(can(PEOPLE[person], act, OWN)).toBe(ALLOWED[act].includes(person))
  })
})

const FOREIGN: [Act, Person, object][] = [
  ['arrival:manage-own', 'guest', { arrivalId: 'a2' }],
  ['placement:answer-as-guest', 'guest', { arrivalId: 'a2', placementId: 'p1' }],
  ['placement:answer-as-guest', 'guest ticket', { placementId: 'p2' }],
  ['placement:answer-as-host', 'host ticket', { placementId: 'p2' }],
  ['placement:answer-as-host', 'host', { hostId: 'h2' }],
  ['placement:reach-guest', 'host', { hostId: 'h2' }],
  ['host:manage-own', 'host', { hostId: 'h2' }],
  ['plan:propose', 'coordinator', { cityIds: ['bishkek'] }],
  ['placement:record', 'lead', { cityIds: ['bishkek'] }],
  ['placement:second-yes', 'lead', { cityIds: ['bishkek'] }],
  ['host:vet', 'admin', { cityIds: [] }],
]
test.each(FOREIGN)('%s is closed to a %s for what is not theirs', (act, person, subject) => {
  expect(can(PEOPLE[person], act, subject)).toBe(false)
})

it('names actors by kind and id, never by name', () => {
  expect(EVERYBODY.map((person) => actorLabel(PEOPLE[person])).join(' ')).toBe(
    'anonymous arrival:a1 ticket:host:p1 ticket:guest:p1 user:u1 user:u1 user:u1 user:u1')
})

test('a team’s token makes no host of its owner, a host’s token does, and both know the home', () => {
  const own: UserActor = { kind: 'USER', userId: 'u1', role: 'LEAD', name: 'N', cityIds: ['almaty'], hostId: 'h1' }
  const [team, host] = [narrowed(own, { role: 'COORDINATOR', cityIds: ['almaty'] }), narrowed(own, { role: 'HOST', cityIds: [] })]
  const acts = ['placement:answer-as-host', 'placement:reach-guest', 'host:manage-own'] as const
  for (const [actor, expected] of [[own, true], [team, false], [host, true]] as const) {
    expect(actor).toMatchObject({ hostId: 'h1' })
    expect(acts.map((act) => actor !== null && can(actor, act, OWN))).toEqual(acts.map(() => expected))
  }
})

test('an admin sees every town, everybody else the towns they serve', () => {
  expect(citiesSeenBy({ role: 'LEAD', cityIds: ['oral'] })).toEqual(['oral'])
  expect(citiesSeenBy({ role: 'ADMIN', cityIds: [] })).toEqual(expect.arrayContaining(['oral', 'almaty', 'bishkek', 'talgar']))
})
