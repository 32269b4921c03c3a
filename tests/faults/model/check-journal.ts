import { Client } from 'pg'
import type { JournalEntry, Operation } from '../journal'

/** I13: what clients were told is in the database, once. */
export interface JournalCheck {
  /** Different keys with an answer OK that somebody has seen. */
  acknowledged: number
  lost: string[]
  duplicated: string[]
  /** Keys nobody ever had an answer for, and what became of them. */
  unknown: { committed: number; notCommitted: number }
}

interface Stored {
  operation: string
  answer: Record<string, unknown>
}


/** Events by which each kind of write is known, and what the event names of it. */
const EVENTS: Partial<Record<Operation, { actions: readonly string[]; subject: string; of: string }>> = {
  'placement.yes': { actions: ['placement.yes'], subject: 'placement', of: 'placementId' },
  'placement.second-yes': { actions: ['placement.second-yes'], subject: 'placement', of: 'placementId' },
  'placement.release': {
    actions: ['placement.declined', 'placement.cancelled', 'placement.not-arrived', 'placement.departed'], subject: 'placement', of: 'placementId',
  },
  'placement.arrived': { actions: ['placement.arrived'], subject: 'placement', of: 'placementId' },
  'placement.extend': { actions: ['placement.nights-changed'], subject: 'placement', of: 'placementId' },
  'placement.move': { actions: ['placement.nights-changed'], subject: 'placement', of: 'placementId' },
  'extension.ask': { actions: ['extension.asked'], subject: 'placement', of: 'placementId' },
  'extension.answer': { actions: ['extension.answered'], subject: 'placement', of: 'placementId' },
  'arrival.withdraw': { actions: ['arrival.withdrawn', 'arrival.erased'], subject: 'arrival', of: 'arrivalId' },
  'arrival.reopen': { actions: ['arrival.reopened'], subject: 'arrival', of: 'arrivalId' },
  'host.pause': { actions: ['host.paused', 'host.resumed'], subject: 'host', of: 'hostId' },
  'room.change': { actions: ['room.changed'], subject: 'room', of: 'roomId' },
  'opening.offer': { actions: ['opening.changed'], subject: 'room', of: 'roomId' },
  'opening.close': { actions: ['opening.changed'], subject: 'room', of: 'roomId' },
}

/** Writes beside the model's that keep an answer too; whatever else is done leaves none. */
const OTHERS = ['arrival.request']

const nameOf = ({ operation, actor, key }: Pick<JournalEntry, 'actor' | 'key'> & { operation: string }) => `${operation} by ${actor} under ${key}`
const keyOf = ({ actor, key }: Pick<JournalEntry, 'actor' | 'key'>) => `${actor} ${key}`

/** Every answer that is kept for replays, by actor and key. */
async function readStored(client: Client): Promise<Map<string, Stored>> {
  const { rows } = await client.query<Stored & { actor: string; key: string }>(
    'select actor, key, operation, answer from idempotency_key where answer is not null')
  return new Map(rows.map(({ actor, key, ...stored }) => [keyOf({ actor, key }), stored]))
}

/**
 * Whether the stored answer says what the client was told, as far as both name the same things. A spoken code is taken
 * out of the stored answer when its request is erased.
 */
function isSameAnswer(told: unknown, { answer }: Stored): boolean {
  if (typeof told !== 'object' || told === null) return true
  const kept = { ...answer, ...(answer['value'] as Record<string, unknown> | undefined) }
  return Object.entries(told).every(([name, value]) => (
    name === 'code' || !(name in kept) || name === 'outcomes' || JSON.stringify(kept[name]) === JSON.stringify(value)))
}

/** What is wrong with one acknowledged answer, or null. */
function lossOf(entry: JournalEntry, stored: Stored | undefined): string | null {
  if (stored === undefined) return `${nameOf(entry)}: acknowledged, and not there`
  if (operationOf(entry) !== stored.operation) return `${nameOf(entry)}: kept as ${stored.operation}`
  const told = entry.answer?.ok === true ? entry.answer.value : null
  return isSameAnswer(told, stored) ? null : `${nameOf(entry)}: told ${JSON.stringify(told)}, kept ${JSON.stringify(stored.answer)}`
}

function operationOf({ operation, request }: JournalEntry): string {
  return operation === 'other.write' ? request.operation : operation
}

/** One entry for each key: the first answer OK where there was one, else whatever was tried. */
function byKey(journal: Iterable<JournalEntry>): JournalEntry[] {
  const keys = new Map<string, JournalEntry>()
  for (const entry of journal) {
    const known = keys.get(keyOf(entry))
    if (entry.key !== '' && (known === undefined || (known.answer?.ok !== true && entry.answer !== null))) keys.set(keyOf(entry), entry)
  }
  return [...keys.values()]
}

/** How many of each there are: operation or action, actor, and what it was done to. */
type Sums = Map<string, number>

function add(sums: Sums, key: string, count = 1): void {
  sums.set(key, (sums.get(key) ?? 0) + count)
}

function effectOf({ operation, actor, request }: JournalEntry): string | null {
  const known = EVENTS[operation]
  // what is proposed is counted by its plans
  if (known === undefined) return null
  const subject = (request as unknown as Record<string, unknown>)[known.of]
  return `${known.actions[0] ?? ''} ${actor} ${String(subject)}`
}

/** The events of the audit, counted under the first of the actions their kind of write is known by. */
async function readEffects(client: Client): Promise<Sums> {
  const { rows } = await client.query<{ action: string; actor: string; subject: Record<string, string | null>; count: number }>(`
    select action, actor, subject, count(*)::int from (
      select action, actor, jsonb_build_object('placement', subject -> 'placement', 'arrival', subject -> 'arrival', 'host', subject -> 'host',
        'room', subject -> 'room') as subject from audit_event where actor <> 'system') events group by 1, 2, 3`)
  const sums: Sums = new Map()
  for (const { action, actor, subject, count } of rows) {
    const known = Object.values(EVENTS).find(({ actions }) => actions.includes(action))
    // an event that names nothing of its kind is part of a larger change
    if (known !== undefined && typeof subject[known.subject] === 'string') add(sums, `${known.actions[0] ?? ''} ${actor} ${subject[known.subject] ?? ''}`, count)
  }
  return sums
}

/** Two sums that must be the same: an effect for each key and a key for each effect. */
function compareSums(keys: Sums, effects: Sums): Pick<JournalCheck, 'lost' | 'duplicated'> {
  const lost = [...keys].filter(([what, count]) => (effects.get(what) ?? 0) < count)
  const duplicated = [...effects].filter(([what, count]) => (keys.get(what) ?? 0) < count)
  return {
    lost: lost.map(([what, count]) => `${what}: ${count} answers, ${effects.get(what) ?? 0} effects`),
    duplicated: duplicated.map(([what, count]) => `${what}: ${keys.get(what) ?? 0} answers, ${count} effects`),
  }
}

/** Plans: each is named by one stored answer, of one proposal or of many, and each that is named is there with its placements. */
async function checkPlans(client: Client, stored: Map<string, Stored>): Promise<Pick<JournalCheck, 'lost' | 'duplicated'>> {
  const { rows } = await client.query<{ id: string; placements: number }>(`
    select plan.id, count(placement.id)::int as placements from plan left join placement on placement.plan_id = plan.id group by 1`)
  const made = new Map(rows.map(({ id, placements }) => [id, placements]))
  const [named, lost, duplicated]: [Set<string>, string[], string[]] = [new Set(), [], []]
  for (const [key, { answer }] of stored) {
    for (const { planId, placementIds = [] } of plansIn(answer)) {
      if (named.has(planId)) duplicated.push(`plan ${planId} is the answer to two keys, one of them ${key}`)
      named.add(planId)
      if (made.get(planId) !== placementIds.length) lost.push(`plan ${planId} of ${key}: ${placementIds.length} placements, ${made.get(planId) ?? 'no plan'}`)
    }
  }
  for (const id of made.keys()) if (!named.has(id)) duplicated.push(`plan ${id} is the answer to no key`)
  return { lost, duplicated }
}

interface PlanAnswer {
  planId: string
  placementIds?: string[]
}

function plansIn(answer: Record<string, unknown>): PlanAnswer[] {
  const outcomes = (answer['outcomes'] ?? [answer]) as Partial<PlanAnswer>[]
  return outcomes.flatMap(({ planId, placementIds }) => (planId === undefined ? [] : [{ planId, placementIds: placementIds ?? [] }]))
}

/** Each yes and each approval whose answer was kept stands in its table. */
async function missingRows(client: Client, kept: readonly JournalEntry[]): Promise<string[]> {
  const yeses = kept.flatMap((entry) => (entry.operation === 'placement.yes' ? [entry.request] : []))
  const seconds = kept.flatMap((entry) => (entry.operation === 'placement.second-yes' ? [{ ...entry.request, user: entry.actor.replace('user:', '') }] : []))
  const { rows } = await client.query<{ missing: string }>(`
    select 'yes of ' || side || ' to ' || id as missing from unnest($1::uuid[], $2::side[]) as said (id, side)
    where not exists (select 1 from yes where placement_id = said.id and yes.side = said.side)
    union all
    select 'approval by ' || by || ' of ' || id from unnest($3::uuid[], $4::uuid[]) as approved (id, by)
    where not exists (select 1 from approval where placement_id = approved.id and approver_id = approved.by)`,
  [yeses.map((one) => one.placementId), yeses.map((one) => one.side), seconds.map((one) => one.placementId), seconds.map((one) => one.user)])
  return rows.map(({ missing }) => missing)
}

/**
 * Holds a soak's journal to the database: every write a client was told of is there with the same answer, and nothing is
 * there twice or without a key. Keys are kept seven days; the journal must be younger.
 *
 * The journal is of everybody who wrote since the database was made. A list of more than a thousand proposals is kept in
 * parts under keys of their own: it belongs in as many entries.
 */
export async function checkJournal({ connectionString, journal }: { connectionString: string; journal: Iterable<JournalEntry> }): Promise<JournalCheck> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const stored = await readStored(client)
    const tried = byKey(journal)
    const told = tried.filter((entry) => entry.answer?.ok === true && (entry.operation !== 'other.write' || OTHERS.includes(operationOf(entry))))
    const kept = tried.filter((entry) => stored.has(keyOf(entry)))
    const keys: Sums = new Map()
    for (const entry of kept) {
      const effect = effectOf(entry)
      if (effect !== null) add(keys, effect)
    }
    const [sums, plans] = [compareSums(keys, await readEffects(client)), await checkPlans(client, stored)]
    const losses = told.flatMap((entry) => lossOf(entry, stored.get(keyOf(entry))) ?? [])
    const silent = tried.filter(({ answer }) => answer === null)
    const committed = silent.filter((entry) => stored.has(keyOf(entry))).length
    return {
      acknowledged: told.length,
      lost: [...losses, ...sums.lost, ...plans.lost, ...await missingRows(client, kept)],
      duplicated: [...sums.duplicated, ...plans.duplicated],
      unknown: { committed, notCommitted: silent.length - committed },
    }
  } finally {
    await client.end()
  }
}
