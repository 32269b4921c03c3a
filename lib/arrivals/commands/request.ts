import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type Actor, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { once } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { hashSecret } from '@/lib/privacy/secret'
import { accept, refuse, type FieldFault, type FieldFaults, type Result } from '@/lib/result'
import type { EnteredIntake, Intake } from '../schema'
import { daysOver } from './checked'
import { readContact } from './contact'
import { deskToken } from './desk-token'
import { hashIntake, insertArrival } from './insert'

const MOST_OPEN_PER_CONTACT = 10
/** What a replay answers: an id and a code that open nothing. */
const answerSchema = z.object({ arrivalId: z.uuid(), code: z.string() })

export interface RequestShelter {
  actor: Actor
  /** Idempotency key of a caller who has one. A draft has none: its secret is good for one request. */
  key?: string
  requestHash: string
  intake: Intake
  /** The secret this browser has carried in its sealed draft since the first screen. */
  token: string
  source: 'POSTER' | 'WEB'
  locale: string
}

export type RequestRefusal = 'KEY_REUSED' | 'TOO_MANY_OPEN' | 'ADULT_NEEDED' | 'CHECK_FIELDS'
type Requested = z.infer<typeof answerSchema>

async function askTooOften({ where, reach }: Intake): Promise<boolean> {
  const contact = readContact(reach, where.cityId)
  if (contact === null || typeof contact === 'string') return false
  const open = await db.arrival.count({ where: { contactIndex: contact.index, state: { in: ['OPEN', 'OFFERED'] } } })
  return open >= MOST_OPEN_PER_CONTACT
}

async function findByToken(token: string): Promise<Requested | null> {
  const row = await db.arrival.findUnique({ where: { tokenHash: hashSecret('stay', token) }, select: { id: true, code: true } })
  return row && { arrivalId: row.id, code: row.code }
}

/** Leaves the transaction where this secret has a request whose answers nobody remembers: the key stays free. */
class SecretUsed extends Error {}

/** Leaves the transaction where a day of a new request is over: nothing is written and the key stays free. */
class DaysOver extends Error {
  constructor(readonly faults: FieldFault[]) {
    super('days are over')
  }
}

async function requireNewSecret(tx: Tx, token: string): Promise<void> {
  if ((await tx.arrival.count({ where: { tokenHash: hashSecret('stay', token) } })) > 0) throw new SecretUsed()
}

function requireDays(intake: Intake): void {
  const faults = daysOver(intake)
  if (faults.length > 0) throw new DaysOver(faults)
}

function refused(error: unknown): { ok: false; reason: 'KEY_REUSED' | 'CHECK_FIELDS'; detail?: FieldFaults } {
  if (error instanceof SecretUsed) return refuse('KEY_REUSED')
  if (error instanceof DaysOver) return { ok: false, reason: 'CHECK_FIELDS', detail: { faults: error.faults } }
  throw error
}

/**
 * Takes a request for shelter: arrival, sealed contact, audit event and idempotent answer in one transaction.
 *
 * The secret is made before the request and lives in the browser's sealed draft, so the stored answer holds none and a
 * replay opens the same page: a double click, a lost response and two tabs with one draft all end in one arrival.
 *
 * @returns `KEY_REUSED` when key or secret came with another request, so that nobody takes what they changed for sent;
 *   `TOO_MANY_OPEN` when one contact asks for too many parties at once, `ADULT_NEEDED` for children without an adult,
 *   `CHECK_FIELDS` for days that were over when it was first sent.
 */
export async function requestShelter(request: RequestShelter): Promise<Result<Requested, RequestRefusal, FieldFaults>> {
  const { intake, token } = request
  if (intake.who.adults === 0) return refuse('ADULT_NEEDED')
  // pressed again is not asked again
  if ((await findByToken(token)) === null && (await askTooOften(intake))) return refuse('TOO_MANY_OPEN')
  try {
    const answer = await inTransaction((tx) => writeRequest(tx, request))
    if (!answer.ok) return refuse('KEY_REUSED')
    // the answer of a rival with the same key but another browser's secret is not ours to show
    const mine = answer.replayed ? await findByToken(token) : answer.value
    return mine ? { ...accept(mine), replayed: answer.replayed } : refuse('KEY_REUSED')
  } catch (error) {
    return refused(error)
  }
}

// two tabs with one draft show two forms, and whoever uses them may sign in between: the key is the draft's own
function keyOf({ key, token }: RequestShelter): { key: string; holder?: string } {
  return key === undefined ? { key: hashSecret('request', token), holder: actorLabel({ kind: 'ANONYMOUS' }) } : { key }
}

function writeRequest(tx: Tx, request: RequestShelter) {
  const { actor, key, requestHash, intake, token, source, locale } = request
  const by = { tx, actor: actorLabel(actor), ...keyOf(request), operation: 'arrival.request', requestHash: hashIntake(requestHash, intake) }
  return once(by, answerSchema, async () => {
    await requireNewSecret(tx, token)
    // a draft's days were checked screen by screen; one that has passed meanwhile is today
    if (key !== undefined) requireDays(intake)
    const made = await insertArrival(tx, { intake, token, source, locale })
    return { value: made, event: { action: 'arrival.requested', subject: { arrival: made.arrivalId } } }
  })
}

export interface EnterRequest {
  actor: UserActor
  key: string
  requestHash: string
  input: EnteredIntake
  locale: string
}

/**
 * Enters the request of somebody who phones or stands at the desk; the coordinator reads code and link to them.
 *
 * @returns the arrival with its code and its secret, which is shown this once and stored as a hash; `KEY_REUSED` when the key
 *   came with another request, or with these very words more than a week ago, `CHECK_FIELDS` for days that were over when it
 *   was first sent.
 * @throws AppError FORBIDDEN when the city is not one of the coordinator's.
 */
export async function enterRequest(
  request: EnterRequest,
): Promise<Result<Requested & { token: string }, 'KEY_REUSED' | 'CHECK_FIELDS', FieldFaults>> {
  const { actor, input } = request
  if (!can(actor, 'arrival:enter', { cityIds: [input.where.cityId] })) throw new AppError('FORBIDDEN')
  const token = deskToken('entered', request)
  try {
    const answer = await inTransaction((tx) => writeEntry(tx, request, token))
    return answer.ok ? { ...accept({ ...answer.value, token }), replayed: answer.replayed } : refuse('KEY_REUSED')
  } catch (error) {
    return refused(error)
  }
}

function writeEntry(tx: Tx, { actor, key, requestHash, input: { source, ...intake }, locale }: EnterRequest, token: string) {
  const by = { tx, actor: actorLabel(actor), key, operation: 'arrival.enter', requestHash: hashIntake(requestHash, intake) }
  return once(by, answerSchema, async () => {
    await requireNewSecret(tx, token)
    requireDays(intake)
    const made = await insertArrival(tx, { intake, token, source, locale })
    return { value: made, event: { action: 'arrival.entered', subject: { arrival: made.arrivalId } } }
  })
}
