import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/config/env'
import { dayOf } from '@/lib/db/dates'
import { readTogether, type Tx } from '@/lib/db/transaction'
import { DEFAULT_LOCALE, isLocale, type Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { findCity } from '@/lib/places/places'
import { ticketFor } from '@/lib/privacy/secret'
import { unseal } from '@/lib/privacy/seal'
import { dayInZone } from '@/lib/time/day'
import { isOutdated, sumUp } from './rules'
import {
  messageKindSchema, OUTBOX_FOLDER, outboxLetterSchema, type DeliveryFailure, type MessageKind, type OutboxLetter,
} from './schema'
import type { MessageFacts } from './templates'

const OUTBOX_LIMIT = 200

function findMessage(tx: Tx, id: string) {
  return tx.message.findUniqueOrThrow({
    where: { id },
    include: {
      arrival: true,
      host: { include: { user: true } },
      placement: { include: { plan: true, home: true, extensions: { where: { state: 'ASKED' } } } },
    },
  })
}
type FoundMessage = Awaited<ReturnType<typeof findMessage>>
type FoundPlacement = NonNullable<FoundMessage['placement']>

/** Who reads the message: one opened address and a language, or why nobody can be written to. */
function findReader({ id, toSide, arrival, host }: FoundMessage): { to: string; locale: Locale } | DeliveryFailure {
  const reader = toSide === 'HOST'
    ? host && { sealed: host.user.emailSealed, field: 'user.email', rowId: host.user.id, locale: host.user.locale }
    : arrival?.contactKind === 'MAIL'
      ? { sealed: arrival.contactSealed, field: 'arrival.contact', rowId: arrival.id, locale: arrival.locale }
      : null
  if (!reader?.sealed) return 'NO_ADDRESS'
  const locale = isLocale(reader.locale) ? reader.locale : DEFAULT_LOCALE
  try {
    return { to: unseal(reader.sealed, { field: reader.field, rowId: reader.rowId }), locale }
  } catch (error) {
    log.error({ messageId: id, err: error }, 'an address does not open')
    return 'UNREADABLE'
  }
}

/** What the reader answers for: a host for the rooms of this home in the plan, a guest for all nights of their own party. */
async function readParty(tx: Tx, placement: FoundPlacement, toSide: FoundMessage['toSide']) {
  const legs = await tx.placement.findMany({
    where: { planId: placement.planId, state: placement.state, ...(toSide === 'HOST' ? { homeId: placement.homeId } : { arrivalId: placement.arrivalId }) },
    orderBy: { id: 'asc' },
    take: 50,
  })
  return sumUp(legs.map((leg) => ({
    nights: { from: dayOf(leg.fromDate), until: dayOf(leg.untilDate) },
    adults: leg.adults,
    children: leg.childrenAges.length,
  })))
}

/** What the message says of the stay, or why it says nothing any more. */
function readStay({ toSide }: FoundMessage, { kind, placement }: { kind: MessageKind; placement: FoundPlacement }) {
  const [asked] = placement.extensions
  if (toSide === 'COORDINATOR') return 'UNKNOWN_KIND'
  if (isOutdated(kind, placement.state)) return 'OUTDATED'
  if (kind === 'ASK_EXTENSION' && !asked) return 'OUTDATED'
  return {
    ticket: ticketFor(placement.id, toSide),
    until: dayOf(kind === 'ASK_EXTENSION' && asked ? asked.untilDate : placement.untilDate),
    deadline: placement.plan.deadline,
    state: placement.state,
    endedSide: placement.endedSide ?? 'NOBODY',
  }
}

async function readFacts(tx: Tx, { id, now }: { id: string; now: Date }): Promise<MessageFacts | DeliveryFailure> {
  const message = await findMessage(tx, id)
  const kind = messageKindSchema.safeParse(message.kind)
  const { placement } = message
  if (!kind.success || !placement) return 'UNKNOWN_KIND'
  const stay = readStay(message, { kind: kind.data, placement })
  if (typeof stay === 'string') return stay
  const reader = findReader(message)
  if (typeof reader === 'string') return reader
  const { ticket, ...told } = stay
  const timeZone = findCity(placement.home.cityId)?.timeZone ?? 'UTC'
  const link = `${env.NEXTAUTH_URL}/${reader.locale}/answer/${ticket}`
  const party = await readParty(tx, placement, message.toSide)
  return { id, kind: kind.data, ...reader, ...party, ...told, link, timeZone, today: dayInZone(now, timeZone) }
}

/**
 * Reads what a message says and to whom, all of it at this one moment: what has changed since it was posted is told as
 * it is now.
 *
 * @param now the instant of sending, for "today" in the home's city.
 * @returns the facts, or why there is nothing to send. @throws Error when there is no such message.
 */
export async function readMessageFacts(wanted: { id: string; now: Date }): Promise<MessageFacts | DeliveryFailure> {
  return readTogether((tx) => readFacts(tx, wanted))
}

/** Letters of the demo's local outbox, newest first; none when nothing was written yet. */
export async function listOutbox(): Promise<OutboxLetter[]> {
  const folder = join(env.QONAQ_DATA_DIR, OUTBOX_FOLDER)
  const names = await readdir(folder).catch(() => [])
  const files = names.filter((name) => name.endsWith('.json')).slice(-OUTBOX_LIMIT)
  // one that is erased meanwhile is not there any more
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8').catch(() => null)))
  return texts.filter((text) => text !== null).map((text) => outboxLetterSchema.parse(JSON.parse(text))).sort((a, b) => (a.at < b.at ? 1 : -1))
}
