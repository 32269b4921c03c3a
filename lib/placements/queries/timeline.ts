import 'server-only'
import { dayOf } from '@/lib/db/dates'
import type { Day } from '@/lib/time/day'
import type { PlacementState, Side } from '../schema'
import type { RecordRow } from './record-row'

/** Who did it, as far as a coordinator may know: staff by name, the two sides without. */
export type Who = { kind: 'STAFF'; name: string } | { kind: 'HOST' | 'GUEST' | 'CLOCK' }

/** One line of a placement's history. */
export type HistoryEntry = { at: Date } & (
  | { kind: 'MOVE'; from: PlacementState | null; to: PlacementState; reason: string | null; who: Who }
  | { kind: 'YES'; side: Side; way: 'LINK' | 'PHONE' | 'DESK'; who: Who }
  | { kind: 'SECOND_YES'; who: Who }
  | { kind: 'REVEAL'; field: string; who: Who }
  | { kind: 'MESSAGE'; message: string; side: Side; outcome: 'SENT' | 'WAITING' | 'FAILED' }
  | { kind: 'EXTENSION'; until: Day; answer: 'ASKED' | 'AGREED' | 'REFUSED'; way: 'LINK' | 'PHONE' | 'DESK' | null; who: Who }
)

/** Somebody by the account that acted, else by the side that spoke. */
export function whoOf(user: { name: string } | null, side: Side): Who {
  if (user) return { kind: 'STAFF', name: user.name }
  return { kind: side === 'COORDINATOR' ? 'CLOCK' : side }
}

// the label an actor has in events: kind and id, see `actorLabel`
function actorOf(label: string, row: RecordRow, names: ReadonlyMap<string, string>): Who {
  if (label.startsWith('user:')) {
    const id = label.slice('user:'.length)
    return id === row.host.userId ? { kind: 'HOST' } : { kind: 'STAFF', name: names.get(id) ?? '—' }
  }
  if (label.startsWith('ticket:host')) return { kind: 'HOST' }
  return label.startsWith('ticket:guest') || label.startsWith('arrival:') ? { kind: 'GUEST' } : { kind: 'CLOCK' }
}

function moves(row: RecordRow, names: ReadonlyMap<string, string>): HistoryEntry[] {
  return row.placementEvents.map(({ at, fromState, toState, reason, actor }) => (
    { kind: 'MOVE', at, from: fromState, to: toState, reason, who: actorOf(actor, row, names) }))
}

// the proposal itself is the coordinator's yes and the first approval: it is not told twice
function yeses({ yeses: said, approvals, plan, host }: RecordRow): HistoryEntry[] {
  const sides = said.filter(({ side }) => side !== 'COORDINATOR').map(({ side, way, at, byUser }): HistoryEntry => (
    { kind: 'YES', side, way, at, who: whoOf(byUser?.id === host.userId ? null : byUser, side) }))
  const seconds = approvals.filter(({ approver }) => approver.id !== plan.proposedById)
    .map(({ approver, at }): HistoryEntry => ({ kind: 'SECOND_YES', at, who: whoOf(approver, 'COORDINATOR') }))
  return [...sides, ...seconds]
}

function reveals({ reveals: opened, host }: RecordRow): HistoryEntry[] {
  return opened.map(({ at, field, toSide, user }) => (
    { kind: 'REVEAL', at, field, who: whoOf(user?.id === host.userId ? null : user, toSide) }))
}

function messages({ messages: posted }: RecordRow): HistoryEntry[] {
  return posted.map(({ createdAt, kind, toSide, deliveredAt, deadAt }) => (
    { kind: 'MESSAGE', at: createdAt, message: kind, side: toSide, outcome: deliveredAt ? 'SENT' : deadAt ? 'FAILED' : 'WAITING' }))
}

// a wish that was asked and answered in one call is one line
function extensions({ extensions: asked, host }: RecordRow): HistoryEntry[] {
  return asked.flatMap(({ askedAt, answeredAt, untilDate, state, answeredWay, answeredBy }): HistoryEntry[] => {
    const until = dayOf(untilDate)
    const wish: HistoryEntry = { kind: 'EXTENSION', at: askedAt, until, answer: 'ASKED', way: null, who: { kind: 'GUEST' } }
    if (answeredAt === null) return [wish]
    const who = whoOf(answeredBy?.id === host.userId ? null : answeredBy, 'HOST')
    const answer: HistoryEntry = { kind: 'EXTENSION', at: answeredAt, until, answer: state, way: answeredWay, who }
    return answeredAt.getTime() === askedAt.getTime() ? [answer] : [wish, answer]
  })
}

// what one transaction wrote has one instant: the answer comes before what it led to, the messages last
const RANK: Record<HistoryEntry['kind'], number> = { EXTENSION: 0, YES: 1, SECOND_YES: 1, MOVE: 2, REVEAL: 3, MESSAGE: 4 }

/** Everything that happened to a placement, oldest first. */
export function timelineOf(row: RecordRow, names: ReadonlyMap<string, string>): HistoryEntry[] {
  const entries = [...moves(row, names), ...yeses(row), ...reveals(row), ...messages(row), ...extensions(row)]
  return entries.sort((one, other) => one.at.getTime() - other.at.getTime() || RANK[one.kind] - RANK[other.kind])
}
