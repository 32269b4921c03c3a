import 'server-only'
import { env, isDemo } from '@/lib/config/env'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'
import { now } from '@/lib/time/clock'
import { sendMail } from './email'
import { keepInOutbox } from './outbox'
import { readMessageFacts } from './queries'
import { isFinal, isNoFault, MAX_ATTEMPTS } from './rules'
import type { DeliveryFailure, Letter } from './schema'
import { renderMessage } from './templates'

/** What became of a message: sent now, sent before, to be tried again, or given up. */
export type Delivery = 'DELIVERED' | 'NOTHING_TO_DO' | 'TRY_AGAIN' | 'GIVEN_UP'

/**
 * Carries one letter out: to the mail server, or in the demo without one into the local outbox.
 *
 * @returns `null` when it is out, or why not.
 */
export async function carryLetter(letter: Letter): Promise<DeliveryFailure | null> {
  if (env.SMTP_URL !== undefined) return sendMail(letter, env.SMTP_URL)
  if (!isDemo) return 'NO_MAIL_SERVER'
  await keepInOutbox(letter)
  return null
}

/** Counts a try before it is made, so that a crash in the middle is counted too. `null`: delivered before, or no such message. */
async function countAttempt(id: string): Promise<number | null> {
  const rows = await db.$queryRaw<{ attempts: number }[]>`
    update message set attempts = attempts + 1 where id = ${id}::uuid and delivered_at is null returning attempts`
  return rows[0]?.attempts ?? null
}

// A database that is away throws and the queue asks again; only what no further try can mend is a failure of the message.
async function writeLetter(id: string): Promise<Letter | DeliveryFailure> {
  const facts = await readMessageFacts({ id, now: now() })
  return typeof facts === 'string' ? facts : renderMessage(facts)
}

async function markDelivered(id: string): Promise<Delivery> {
  await db.$executeRaw`
    update message set delivered_at = now(), dead_at = null, error_code = null where id = ${id}::uuid`
  return 'DELIVERED'
}

async function markFailed({ id, failure, attempts }: { id: string; failure: DeliveryFailure; attempts: number }): Promise<Delivery> {
  const givenUp = isFinal(failure) || attempts >= MAX_ATTEMPTS
  await db.$executeRaw`
    update message set error_code = ${failure}, dead_at = case when ${givenUp} then now() end where id = ${id}::uuid`
  const level = isNoFault(failure) ? 'info' : givenUp ? 'error' : 'warn'
  log[level]({ messageId: id, failure, attempts }, givenUp ? 'message given up' : 'message not sent yet')
  return givenUp ? 'GIVEN_UP' : 'TRY_AGAIN'
}

/**
 * Delivers one message, at least once: count the try → write the letter → send → mark, each by itself and the network
 * never inside a transaction. A crash between sending and marking sends it again under the same Message-ID.
 *
 * @returns what became of it; `TRY_AGAIN` asks the queue for another run.
 */
export async function deliverMessage(id: string): Promise<Delivery> {
  const attempts = await countAttempt(id)
  if (attempts === null) return 'NOTHING_TO_DO'
  const letter = await writeLetter(id)
  const failure = typeof letter === 'string' ? letter : await carryLetter(letter)
  return failure === null ? markDelivered(id) : markFailed({ id, failure, attempts })
}
