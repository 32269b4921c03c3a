import 'server-only'
import { z } from 'zod'
import type { AuditEvent } from '@/lib/audit/schema'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { dateColumn, dayOf } from '@/lib/db/dates'
import { callFunction } from '@/lib/db/function'
import { Prisma } from '@/lib/db/generated/client'
import { once, type Recorded as AuditRecord } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { HOST_STATES, type HostState } from '@/lib/hosts/schema'
import { seal, unsealOptional } from '@/lib/privacy/seal'
import { accept, refuse, type Result } from '@/lib/result'
import { todayIn } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import { expiryOf, isSameReferee, isValid, readNote, RENEW_DAYS, stateAfter, vettingOf, writeNote, type Check } from './rules'
import type { CheckKind, HostClosed } from './schema'

const MAX_CHECKS = 200
const answerSchema = z.object({ host: z.uuid(), state: z.enum(HOST_STATES) })
type Recorded = z.infer<typeof answerSchema>

export type CheckRefusal = 'STALE_VERSION' | 'OWN_HOME' | 'HOST_BLOCKED' | 'SAME_REFEREE' | 'KEY_REUSED'

/** What was found out: by going there, or from somebody who knows the host. */
export type NewCheck =
  | { kind: 'VISIT'; doneOn: Day; womenOnlySeen: boolean; homes: readonly string[]; note: string | null }
  | { kind: 'REFERENCE'; doneOn: Day; referee: string; note: string | null }

export interface RecordCheck {
  actor: UserActor
  /** Idempotency key, made when the form was shown. */
  key: string
  requestHash: string
  hostId: string
  /** Version of the host the form was drawn from. */
  version: number
  check: NewCheck
}

// leaves the transaction with a refusal, so that nothing is written and the key stays free
class Refused extends Error {
  constructor(readonly reason: Exclude<CheckRefusal, 'KEY_REUSED'>) {
    super(reason)
    this.name = 'Refused'
  }
}

async function lockHost(tx: Tx, { actor, hostId, version }: RecordCheck) {
  // the arrivals that are asked about come before the host, as in every transition
  await tx.$queryRaw`select lock_proposals(${hostId}::uuid)`
  const host = await tx.host.findUnique({
    where: { id: hostId },
    include: { homes: { select: { id: true, cityId: true } }, vettingChecks: { take: MAX_CHECKS, orderBy: { createdAt: 'desc' } } },
  })
  const cityIds = host?.homes.map(({ cityId }) => cityId) ?? []
  if (!host || !can(actor, 'host:vet', { cityIds })) throw new AppError('NOT_FOUND')
  if (host.userId === actor.userId) throw new Refused('OWN_HOME')
  if (host.state === 'BLOCKED') throw new Refused('HOST_BLOCKED')
  if (host.version !== version) throw new Refused('STALE_VERSION')
  const cityId = cityIds.find((id) => actor.cityIds.includes(id))
  if (cityId === undefined) throw new AppError('NOT_FOUND')
  return { ...host, today: todayIn(cityId) }
}
type LockedHost = Awaited<ReturnType<typeof lockHost>>
type CheckRow = LockedHost['vettingChecks'][number]

function checkOf({ kind, doneOn, expiresOn }: CheckRow): Check {
  return { kind, doneOn: dayOf(doneOn), expiresOn: dayOf(expiresOn) }
}

function refereeOf({ id, kind, noteSealed }: CheckRow): string | null {
  return readNote(kind, unsealOptional(noteSealed, { field: 'vetting_check.note', rowId: id })).referee
}

// one person cannot vouch twice; a reference that has run out may be renewed by the same person
function requireAnotherReferee({ vettingChecks, today }: LockedHost, referee: string): void {
  const spoken = vettingChecks.filter((row) => isValid(checkOf(row), today)).map(refereeOf)
  if (spoken.some((name) => name !== null && isSameReferee(name, referee))) throw new Refused('SAME_REFEREE')
}

async function insertCheck(tx: Tx, { actor, hostId, check }: RecordCheck): Promise<void> {
  const id = crypto.randomUUID()
  const note = writeNote({ referee: check.kind === 'REFERENCE' ? check.referee : null, text: check.note })
  await tx.vettingCheck.create({
    data: {
      id, hostId, kind: check.kind, byUserId: actor.userId,
      doneOn: dateColumn(check.doneOn), expiresOn: dateColumn(expiryOf(check.doneOn)),
      noteSealed: note === null ? null : seal(note, { field: 'vetting_check.note', rowId: id }),
    },
  })
}

// a household of women only is believed once it was seen, and not after it was not
function householdSeen({ womenOnlyHousehold }: LockedHost, check: NewCheck) {
  const isSeenOtherwise = check.kind === 'VISIT' && womenOnlyHousehold && !check.womenOnlySeen
  return isSeenOtherwise ? { womenOnlyHousehold: false, womenOnlyGuests: false } : {}
}

// a visit is to a home of this host where the actor may go; without one it vets nobody
async function visitHomes(tx: Tx, { homes }: LockedHost, { actor, check }: RecordCheck): Promise<void> {
  if (check.kind !== 'VISIT') return
  const near = new Set(homes.filter(({ cityId }) => actor.cityIds.includes(cityId)).map(({ id }) => id))
  if (check.homes.length === 0 || !check.homes.every((id) => near.has(id))) throw new AppError('NOT_FOUND')
  const seen = { id: { in: [...check.homes] }, toVisit: true }
  await tx.home.updateMany({ where: seen, data: { toVisit: false, version: { increment: 1 } } })
}

function eventOf(kind: CheckKind, was: HostState, state: HostState): AuditEvent {
  if (was !== 'VETTED' && state === 'VETTED') return 'host.vetted'
  return kind === 'REFERENCE' ? 'host.check-recorded' : 'host.visited'
}

async function writeCheck(tx: Tx, request: RecordCheck): Promise<{ value: Recorded; event: AuditRecord }> {
  const { hostId, check } = request
  const host = await lockHost(tx, request)
  if (check.kind === 'REFERENCE') requireAnotherReferee(host, check.referee)
  await insertCheck(tx, request)
  await visitHomes(tx, host, request)
  const checks = [...host.vettingChecks.map(checkOf), { kind: check.kind, doneOn: check.doneOn, expiresOn: expiryOf(check.doneOn) }]
  const vetting = vettingOf(checks, host.today)
  const state = stateAfter(host.state, vetting)
  // until when it last was complete is kept: guests who were confirmed by then may still come
  const vettedUntil = vetting.completeUntil === null ? host.vettedUntil : dateColumn(vetting.completeUntil)
  await tx.host.update({ where: { id: hostId }, data: { state, vettedUntil, version: { increment: 1 }, ...householdSeen(host, check) } })
  // who is confirmed or there is shown to the coordinators, who is only asked is let go
  await tx.$queryRaw`select release_unfit(${actorLabel(request.actor)}, ${hostId}::uuid)`
  return { value: { host: hostId, state }, event: { action: eventOf(check.kind, host.state, state), subject: { host: hostId } } }
}

/**
 * Records a visit or a reference. With a visit and two references that count, the host is vetted: from then on guests
 * may be placed there. Check, state and audit event are one transaction; the note is sealed.
 *
 * @returns the host's state afterwards; `STALE_VERSION` when somebody changed the host meanwhile, `OWN_HOME` for a
 *   home of one's own, `SAME_REFEREE` when this person has spoken for the host already.
 * @throws AppError NOT_FOUND when the host has no home in the actor's cities, or the visit was to none of those.
 */
export async function recordCheck(request: RecordCheck): Promise<Result<Recorded, CheckRefusal>> {
  const { actor, key, requestHash } = request
  const by = { actor: actorLabel(actor), key, operation: 'host.check', requestHash }
  try {
    const answer = await inTransaction((tx) => once({ tx, ...by }, answerSchema, () => writeCheck(tx, request)))
    return answer.ok ? { ...accept(answer.value), replayed: answer.replayed } : refuse(answer.reason)
  } catch (error) {
    if (error instanceof Refused) return refuse(error.reason)
    throw error
  }
}

interface LookedUp {
  actor: UserActor
  hostId: string
}

/** Why a host's contact or address stays closed to a coordinator who would visit. */
export type VisitRefusal = 'OWN_HOME' | Exclude<HostClosed, 'NOT_FOUND'>
const openedSchema = z.array(z.uuid())

async function openHost({ actor, hostId }: LookedUp, field: 'HOST_CONTACT' | 'ADDRESS') {
  const host = await db.host.findUnique({ where: { id: hostId }, include: { homes: { orderBy: { createdAt: 'asc' } } } })
  if (!host || !can(actor, 'host:vet', { cityIds: host.homes.map(({ cityId }) => cityId) })) throw new AppError('NOT_FOUND')
  if (host.userId === actor.userId) return refuse<VisitRefusal>('OWN_HOME')
  const answer = await callFunction(Prisma.sql`select reveal_host(
    ${actorLabel(actor)}, ${hostId}::uuid, ${actor.userId}::uuid, ${field}, ${[...actor.cityIds]}::text[], ${RENEW_DAYS}::int) as answer`)
  if (answer.code !== 'OK') return refuse(answer.code as VisitRefusal)
  const due = openedSchema.parse(answer['homeIds'])
  return accept({ host, homes: host.homes.filter(({ id }) => due.includes(id)) })
}

/**
 * How to reach a host, for a coordinator who arranges a visit. Every call is recorded before anything is opened.
 *
 * @returns first name and contact, `null` where the host gave none; `OWN_HOME` for the coordinator's own offer,
 *   `NOT_YOURS` while guests the coordinator has not approved are promised the home or live there.
 * @throws AppError NOT_FOUND when the host has no home in the actor's cities.
 */
export async function revealForVisit(request: LookedUp) {
  const opened = await openHost(request, 'HOST_CONTACT')
  if (!opened.ok) return opened
  const { host } = opened.value
  return accept({
    firstName: unsealOptional(host.firstNameSealed, { field: 'host.first_name', rowId: host.id }),
    contact: unsealOptional(host.contactSealed, { field: 'host.contact', rowId: host.id }),
  })
}

/**
 * Where the homes are that a visit is due to, in the coordinator's cities. Every call is recorded before anything is
 * opened.
 *
 * @returns one entry for each such home with an address; `NO_VISIT_DUE` where there is none to visit, `OWN_HOME` for the
 *   coordinator's own offer, `NOT_YOURS` while guests they have not approved are promised a home or live there.
 * @throws AppError NOT_FOUND when the host has no home in the actor's cities.
 */
export async function revealHomes(request: LookedUp) {
  const opened = await openHost(request, 'ADDRESS')
  if (!opened.ok) return opened
  return accept(opened.value.homes.flatMap(({ id, addressSealed, entranceSealed }) => {
    const address = unsealOptional(addressSealed, { field: 'home.address', rowId: id })
    return address === null ? [] : [{ address, entrance: unsealOptional(entranceSealed, { field: 'home.entrance', rowId: id }) }]
  }))
}
