import 'server-only'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { env, isDemo } from '@/lib/config/env'
import { db } from '@/lib/db/client'
import type { Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { accept, refuse, type Result } from '@/lib/result'
import { carryLetter } from './deliver'
import { OUTBOX_FOLDER } from './schema'
import { renderSignInCode } from './templates'

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

/** Takes the letters a guest got out of the demo's outbox: what is erased must not go on lying there. */
export async function dropLetters(arrivalId: string): Promise<void> {
  if (!isDemo) return
  const letters = await db.message.findMany({ where: { arrivalId, toSide: 'GUEST' }, select: { id: true } })
  for (const { id } of letters) await rm(join(env.QONAQ_DATA_DIR, OUTBOX_FOLDER, `${id}.json`), { force: true })
}
