import type { Client } from 'pg'
import type { JournalEntry, Proposal, Requests } from '../journal'

/** An event of the audit, in the order of the commits. */
export interface AuditEvent {
  seq: string
  /** Milliseconds since 1970: when its transaction began, which is the day its functions went by. */
  at: number
  actor: string
  action: string
  subject: Subject
}

/** What the events name; which of it, the action says. */
export interface Subject {
  plan?: string
  group?: string
  placement?: string
  placements?: string[]
  arrival?: string
  host?: string
  room?: string
  side?: 'HOST' | 'GUEST' | 'COORDINATOR'
  way?: 'LINK' | 'PHONE' | 'DESK'
  reason?: string
  from?: string
  until?: string
  hostAgreed?: string
  agreed?: boolean
  confirmed?: number
  ended?: number
  released?: number
}

const AT_ONCE = 5_000

/** All events after one, a few thousand at a time. */
export async function* eventsAfter(client: Client, seq: number): AsyncGenerator<AuditEvent> {
  for (let last = String(seq); ;) {
    const { rows } = await client.query<AuditEvent>(`
      select seq::text, round(extract(epoch from at) * 1000)::float8 as at, actor, action, subject
      from audit_event where audit_event.seq > $1 order by audit_event.seq limit ${AT_ONCE}`, [last])
    yield* rows
    const [end] = rows.slice(-1)
    if (end === undefined) return
    last = end.seq
  }
}

/** What the journal knows of writes that took place, where the event itself does not say it. */
export interface Asked {
  /** By the id of the plan. */
  proposals: Map<string, { proposal: Proposal; placementIds: readonly string[] }>
  /** Who is in a group, by its id. */
  groups: Map<string, readonly string[]>
  /** Whether an arrival needs nothing more, by placement and state. */
  closes: Map<string, boolean>
  /** The form of a room's host, by room and the version it was drawn from. */
  forms: Map<string, Form>
}

export type Form =
  | { operation: 'room.change'; request: Requests['room.change'] }
  | { operation: 'opening.offer'; request: Requests['opening.offer'] }
  | { operation: 'opening.close'; request: Requests['opening.close'] }

interface KeptAnswer {
  code: string
  value?: { group?: string }
  planId: string
  placementIds: string[]
}

/** Looks up in the journal what the database kept an answer for: only that was written. */
export async function readAsked(client: Client, journal: Iterable<JournalEntry>): Promise<Asked> {
  const { rows } = await client.query<{ actor: string; key: string; answer: KeptAnswer & { outcomes?: KeptAnswer[] } }>(
    'select actor, key, answer from idempotency_key where answer is not null')
  const kept = new Map(rows.map(({ actor, key, answer }) => [`${actor} ${key}`, answer]))
  const asked: Asked = { proposals: new Map(), groups: new Map(), closes: new Map(), forms: new Map() }
  for (const entry of journal) {
    const answer = kept.get(`${entry.actor} ${entry.key}`)
    if (answer !== undefined) learn(asked, entry, answer.outcomes ?? [answer])
  }
  return asked
}

function learn({ proposals, groups, closes, forms }: Asked, entry: JournalEntry, answers: readonly KeptAnswer[]): void {
  if (entry.operation === 'plan.propose' || entry.operation === 'plan.propose-many') {
    const asked = entry.operation === 'plan.propose' ? [entry.request] : entry.request.proposals
    asked.forEach((proposal, index) => {
      const { code, planId, placementIds } = answers[index] ?? { code: '', planId: '', placementIds: [] }
      if (code === 'OK') proposals.set(planId, { proposal, placementIds })
    })
  }
  if (entry.operation === 'group.form') groups.set(answers[0]?.value?.group ?? '', entry.request.arrivalIds)
  if (entry.operation === 'placement.release') closes.set(`${entry.request.placementId} ${entry.request.to}`, entry.request.close)
  if (entry.operation === 'room.change' || entry.operation === 'opening.offer' || entry.operation === 'opening.close') {
    forms.set(`${entry.request.roomId} ${entry.request.version}`, entry)
  }
}
