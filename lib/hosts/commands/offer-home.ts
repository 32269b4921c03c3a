import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { z } from 'zod'
import { actorLabel, type Actor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { dateColumn } from '@/lib/db/dates'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import type { Locale } from '@/lib/i18n/routing'
import { seal } from '@/lib/privacy/seal'
import { blindIndex } from '@/lib/privacy/secret'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import { now, todayIn } from '@/lib/time/clock'
import type { Nights } from '@/lib/time/nights'
import { checkNights, listRooms, normaliseAddress, openingOf } from '../rules'
import { MAX_HOMES, RULES_VERSION, type OfferDraft } from '../schema'
import { Refused, writeOnce } from './write-once'

/** A finished offer; `you` only where the host is not signed in. */
export interface Offer {
  key: string
  what: NonNullable<OfferDraft['what']>
  where: NonNullable<OfferDraft['where']>
  when: NonNullable<OfferDraft['when']>
  house: NonNullable<OfferDraft['house']>
  you?: OfferDraft['you']
}

export interface OfferHome {
  actor: Actor
  offer: Offer
  /** Hash of the request, where one request brings the whole offer. */
  requestHash?: string
  locale: Locale
  /** Neutral word shown beside "sign out"; first names are sealed. */
  userName: string
  /** Names of the rooms in order, in the host's language. */
  roomNames: readonly string[]
}

const offeredSchema = z.object({ host: z.uuid(), home: z.uuid(), user: z.uuid() })

// All of it, so that nobody takes what they corrected for published. The ledger keeps a keyed hash of this only.
function hashOffer({ offer: { what, where, when, house, you }, requestHash = '' }: OfferHome): string {
  return createHash('sha256').update(JSON.stringify([what, where, when, house, you])).update(requestHash).digest('base64url')
}

// A draft is one offer, also for a host who signs in with it half-way.
function holderOf({ actor, requestHash }: OfferHome): string {
  return actorLabel(requestHash === undefined ? { kind: 'ANONYMOUS' } : actor)
}

// So what was answered under a draft's key may have been somebody else's on this browser.
async function isTheirs({ actor, offer: { you } }: OfferHome, userId: string): Promise<boolean> {
  if (actor.kind === 'USER') return actor.userId === userId
  return you !== undefined && (await db.user.count({ where: { id: userId, emailIndex: blindIndex('email', you.mail) } })) === 1
}

async function findOrAddUser(tx: Tx, { actor, offer, locale, userName }: OfferHome): Promise<string> {
  if (actor.kind === 'USER') return actor.userId
  if (offer.you === undefined) throw new AppError('UNAUTHENTICATED')
  const id = randomUUID()
  const emailIndex = blindIndex('email', offer.you.mail)
  const user = await tx.user.upsert({
    where: { emailIndex },
    create: {
      id, role: 'HOST', name: userName, locale, emailIndex,
      emailSealed: seal(offer.you.mail, { field: 'user.email', rowId: id }),
    },
    update: {},
  })
  if (user.disabledAt !== null) throw new Refused('OFFER_CLOSED')
  return user.id
}

function acceptedVersions() {
  const at = now()
  return { rulesVersion: RULES_VERSION, rulesAcceptedAt: at, legalVersion: LEGAL_VERSION, legalAcceptedAt: at, confirmedAt: at }
}

function limitsOf({ when, house }: Offer) {
  const { stepFree: _ofHome, ...household } = house
  return {
    ...household,
    restNights: Number(when.restNights),
    longestNights: when.longest === 'ANY' ? 366 : Number(when.longest),
  }
}

// Somebody who hosts already keeps the household as it was seen at the visit; a second home adds a home.
async function findOrAddHost(tx: Tx, userId: string, request: OfferHome): Promise<string> {
  const { you } = request.offer
  const id = randomUUID()
  const named = you === undefined ? {} : {
    firstNameSealed: seal(you.firstName, { field: 'host.first_name', rowId: id }),
    contactSealed: seal(you.mail, { field: 'host.contact', rowId: id }),
    contactIndex: blindIndex('email', you.mail),
    contactShown: you.contactShown,
  }
  const host = await tx.host.upsert({
    where: { userId },
    create: { id, userId, ...named, ...limitsOf(request.offer), ...acceptedVersions() },
    update: { ...acceptedVersions(), version: { increment: 1 } },
  })
  if (host.state === 'BLOCKED') throw new Refused('OFFER_CLOSED')
  const homes = await tx.home.count({ where: { hostId: host.id } })
  if (homes >= MAX_HOMES) throw new Refused('TOO_MANY_HOMES')
  return host.id
}

// Every home waits for a visit of its own, the first one too: a visit to another home says nothing of it.
async function addHome(tx: Tx, hostId: string, { what, where, when, house }: Offer): Promise<string> {
  const id = randomUUID()
  const { address, entrance } = where
  await tx.home.create({
    data: {
      id, hostId, toVisit: true, kind: what.kind, cityId: where.cityId, districtId: where.districtId,
      stepFree: house.stepFree, ownEntrance: what.extras.includes('OWN_ENTRANCE'), noticeHours: Number(when.notice),
      addressSealed: address === null ? null : seal(address, { field: 'home.address', rowId: id }),
      addressIndex: address === null ? null : blindIndex('address', normaliseAddress(address)),
      entranceSealed: entrance === null ? null : seal(entrance, { field: 'home.entrance', rowId: id }),
    },
  })
  return id
}

async function addRooms(tx: Tx, homeId: string, { what }: Offer, { opening, names }: { opening: Nights; names: readonly string[] }) {
  const rooms = listRooms(what).map((plan, index) => ({
    id: randomUUID(), homeId, ...plan, name: names[index] ?? String(index + 1),
    privateBath: what.extras.includes('PRIVATE_BATH'), quiet: what.extras.includes('QUIET'),
  }))
  await tx.room.createMany({ data: rooms })
  const dates = { fromDate: dateColumn(opening.from), untilDate: dateColumn(opening.until) }
  await tx.opening.createMany({ data: rooms.map(({ id }) => ({ roomId: id, ...dates })) })
}

/**
 * Lists a home with its rooms and first nights: host, home, rooms and openings appear together or not at all. A new
 * mail address becomes a new host; staff who host keep their role. Sent twice, there is still one home.
 *
 * The caller has proved the mail address (spendSignInCode) or is signed in.
 *
 * @returns ids of user, host and home, to that user only; `KEY_REUSED` when something else was offered under the key, or
 *   by somebody else, `NIGHTS_PAST` when the first night has gone by since it was chosen, `OFFER_CLOSED` for a blocked host.
 */
export async function offerHome(request: OfferHome) {
  const { actor, offer, roomNames } = request
  const change = { actor: actorLabel(actor), holder: holderOf(request), key: offer.key, requestHash: hashOffer(request) }
  const answer = await writeOnce({ change, operation: 'home.offer', event: 'host.offered' }, offeredSchema, async (tx) => {
    const today = todayIn(offer.where.cityId)
    const opening = openingOf(offer.when, today)
    if (opening === null || checkNights(opening, today).length > 0) throw new Refused('NIGHTS_PAST')
    const user = await findOrAddUser(tx, request)
    const host = await findOrAddHost(tx, user, request)
    const home = await addHome(tx, host, offer)
    await addRooms(tx, home, offer, { opening, names: roomNames })
    return { user, host, home }
  })
  if (!answer.ok || !answer.replayed || (await isTheirs(request, answer.value.user))) return answer
  return { ok: false as const, reason: 'KEY_REUSED' as const, detail: { nights: [] } }
}
