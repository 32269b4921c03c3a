import { CITIES } from '../places/places'

/** A signed-in person. `hostId` is set for people who offer a home, whatever else they do. */
export interface UserActor {
  kind: 'USER'
  userId: string
  role: 'HOST' | 'COORDINATOR' | 'LEAD' | 'ADMIN'
  name: string
  /** Cities they serve; all of them for an ADMIN. */
  cityIds: readonly string[]
  hostId: string | null
  /** Speaks by a token of the team: a host nowhere, while their own home stays one they do not decide about. */
  byTeamToken?: true
}

/** Who acts: nobody known, a newcomer by secret, somebody by a mailed ticket, or a signed-in person. */
export type Actor =
  | { kind: 'ANONYMOUS' }
  | { kind: 'GUEST'; arrivalId: string }
  | { kind: 'TICKET'; placementId: string; side: 'HOST' | 'GUEST' }
  | UserActor

/** What the act is about; only the parts a rule reads. */
export interface Subject {
  arrivalId?: string
  placementId?: string
  hostId?: string
  /** Cities the subject belongs to; an arrival may name several. */
  cityIds?: readonly string[]
}

export const ACTS = [
  'arrival:request', 'arrival:manage-own', 'arrival:new-link', 'arrival:withdraw-for', 'placement:answer-as-guest', 'placement:answer-as-host',
  'placement:reach-guest', 'sign-in', 'home:offer', 'host:manage-own', 'queue:read', 'arrival:enter', 'plan:propose', 'placement:record',
  'placement:second-yes', 'arrival:reopen', 'host:vet', 'policy:edit',
] as const
export type Act = (typeof ACTS)[number]

type Rule = (actor: Actor, subject: Subject) => boolean

const anybody: Rule = () => true
const ownArrival: Rule = (actor, subject) =>
  actor.kind === 'GUEST' && (subject.arrivalId === undefined || subject.arrivalId === actor.arrivalId)
const ownTicket = (side: 'HOST' | 'GUEST'): Rule => (actor, subject) =>
  actor.kind === 'TICKET' && actor.side === side
  && (subject.placementId === undefined || subject.placementId === actor.placementId)
const ownHost: Rule = (actor, subject) =>
  actor.kind === 'USER' && actor.byTeamToken !== true && actor.hostId !== null
  && (subject.hostId === undefined || subject.hostId === actor.hostId)
const staffHere: Rule = (actor, subject) =>
  actor.kind === 'USER' && actor.role !== 'HOST'
  && (subject.cityIds === undefined || subject.cityIds.some((city) => actor.cityIds.includes(city)))
const leadHere: Rule = (actor, subject) =>
  staffHere(actor, subject) && actor.kind === 'USER' && (actor.role === 'LEAD' || actor.role === 'ADMIN')
const either = (...rules: Rule[]): Rule => (actor, subject) => rules.some((rule) => rule(actor, subject))

/** The one table of permissions: acts, not roles. */
const RULES: Record<Act, Rule> = {
  'arrival:request': anybody,
  'arrival:manage-own': ownArrival,
  'placement:answer-as-guest': either(ownArrival, ownTicket('GUEST')),
  'placement:answer-as-host': either(ownHost, ownTicket('HOST')),
  'placement:reach-guest': ownHost,
  'sign-in': anybody,
  'home:offer': anybody,
  'host:manage-own': ownHost,
  'queue:read': staffHere,
  'arrival:enter': staffHere,
  'arrival:new-link': staffHere,
  'arrival:withdraw-for': staffHere,
  'plan:propose': staffHere,
  'placement:record': staffHere,
  'placement:second-yes': leadHere,
  'arrival:reopen': staffHere,
  'host:vet': staffHere,
  'policy:edit': leadHere,
}

/**
 * The cities somebody of the team sees: those they serve. An admin sees every city of the gazetteer, so that a request or
 * a home in a town without a volunteer is seen by somebody.
 */
export function citiesSeenBy({ role, cityIds }: Pick<UserActor, 'role' | 'cityIds'>): readonly string[] {
  return role === 'ADMIN' ? CITIES.map(({ id }) => id) : cityIds
}

/** From the least to the most that a person may do. */
export const ROLES = ['HOST', 'COORDINATOR', 'LEAD', 'ADMIN'] as const

/**
 * Who speaks by a token: its user, with the smaller of both roles and the cities both have. Nobody, when a token of the
 * team belongs to somebody who is in it no more, or a host's to somebody who hosts no more. By a token of the team nobody
 * acts as a host.
 */
export function narrowed(user: UserActor, token: Pick<UserActor, 'role' | 'cityIds'>): UserActor | null {
  if (token.role === 'HOST') return user.hostId === null ? null : { ...user, role: 'HOST', cityIds: [] }
  if (user.role === 'HOST') return null
  const role = ROLES.indexOf(token.role) < ROLES.indexOf(user.role) ? token.role : user.role
  return { ...user, role, cityIds: user.cityIds.filter((city) => token.cityIds.includes(city)), byTeamToken: true }
}

/** Whether an actor may do an act to a subject. Without a subject: whether the act is open to the actor at all. */
export function can(actor: Actor, act: Act, subject: Subject = {}): boolean {
  return RULES[act](actor, subject)
}

/** The actor as the audit trail and idempotency keys name it: kind and id, never a name. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case 'ANONYMOUS': return 'anonymous'
    case 'GUEST': return `arrival:${actor.arrivalId}`
    case 'TICKET': return `ticket:${actor.side.toLowerCase()}:${actor.placementId}`
    case 'USER': return `user:${actor.userId}`
  }
}
