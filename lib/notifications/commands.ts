import 'server-only'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { env, isDemo } from '@/lib/config/env'
import { db } from '@/lib/db/client'
import { DEFAULT_LOCALE, isLocale, type Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { unseal } from '@/lib/privacy/seal'
import { accept, refuse, type Result } from '@/lib/result'
import { carryLetter } from './deliver'
import { OUTBOX_FOLDER } from './schema'
import { renderApprovals, renderSignInCode } from './templates'

/** Whom to send which code, in which language. `to`: one mailbox, as typed or opened from its seal. */
export interface SignInMail {
  to: string
  code: string
  locale: Locale
}

/**
 * Sends a sign-in code at once, without the queue: the code is worth nothing tomorrow and stands in no table.
 *
 * Takes as long as the mail server does. A caller that must not tell known addresses from unknown ones does not wait
 * for it, and gives the same answer either way.
 *
 * @returns `NOT_SENT` when the address is no single mailbox or no server took the letter; the reason is in the log.
 */
export async function sendSignInCode({ to, code, locale }: SignInMail): Promise<Result<null, 'NOT_SENT'>> {
  const failure = await carryLetter(await renderSignInCode({ id: randomUUID(), to, code, locale }))
  if (failure === null) return accept(null)
  log.warn({ failure }, 'sign-in code not sent')
  return refuse('NOT_SENT')
}

const MOST_LEADS = 50

interface Lead {
  id: string
  emailSealed: string | null
  locale: string
}

async function tellLead({ id, emailSealed, locale }: Lead, news: 'stopped' | 'opened'): Promise<void> {
  const language = isLocale(locale) ? locale : DEFAULT_LOCALE
  try {
    const to = unseal(emailSealed ?? '', { field: 'user.email', rowId: id })
    const link = `${env.NEXTAUTH_URL}/${language}/proof`
    const failure = await carryLetter(await renderApprovals({ id: randomUUID(), to, news, link, locale: language }))
    if (failure !== null) log.warn({ failure, userId: id }, 'a lead was not told')
  } catch (error) {
    log.error({ userId: id, err: error }, 'a lead was not told')
  }
}

/**
 * Tells the leads and admins that approvals have stopped or go on. At once and without the queue: what is wrong may be
 * the data itself, and a letter that could not leave is not worth sending tomorrow. Who was not told stands in the log.
 */
export async function tellLeads({ news }: { news: 'stopped' | 'opened' }): Promise<void> {
  const leads = await db.user.findMany({
    where: { role: { in: ['LEAD', 'ADMIN'] }, disabledAt: null, emailSealed: { not: null } },
    select: { id: true, emailSealed: true, locale: true },
    orderBy: { id: 'asc' },
    take: MOST_LEADS,
  })
  for (const lead of leads) await tellLead(lead, news)
}

/** Takes the letters a guest got out of the demo's outbox: what is erased must not go on lying there. */
export async function dropLetters(arrivalId: string): Promise<void> {
  if (!isDemo) return
  const letters = await db.message.findMany({ where: { arrivalId, toSide: 'GUEST' }, select: { id: true } })
  for (const { id } of letters) await rm(join(env.QONAQ_DATA_DIR, OUTBOX_FOLDER, `${id}.json`), { force: true })
}
