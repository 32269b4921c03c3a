import 'server-only'
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { recordEvent } from '@/lib/audit/commands'
import { db } from '@/lib/db/client'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/routing'
import { sendSignInCode } from '@/lib/notifications/commands'
import { blindIndex, hashSecret, newSignInDigits } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'

const CODE_MINUTES = 10
const CODE_TRIES = 5
const CODES_PER_MAIL = 10

function hashCode(codeId: string, code: string): string {
  return hashSecret('sign-in', `${codeId}:${code}`)
}

// By the database's clock, like the question whether it is still good. A code that is not mailed is spent from the start:
// else asking often would buy tries.
async function insertCode({ codeId, code, mail }: EnteredCode): Promise<boolean> {
  const emailIndex = blindIndex('email', mail)
  const [row] = await db.$queryRaw<{ mailed: boolean }[]>`
    insert into sign_in_code (id, email_index, code_hash, expires_at, attempts)
    select ${codeId}::uuid, ${emailIndex}, ${hashCode(codeId, code)}, now() + make_interval(mins => ${CODE_MINUTES}::int),
      case when count(*) < ${CODES_PER_MAIL}::int then 0 else ${CODE_TRIES}::int end
    from sign_in_code where email_index = ${emailIndex} and created_at > now() - make_interval(mins => ${CODE_MINUTES}::int)
    returning attempts = 0 as mailed`
  return row?.mailed === true
}

/**
 * Mails a six-digit code. Known and unknown addresses get the same row, the same mail and the same answer, so nobody
 * learns who has an account. At most ten codes for one address in ten minutes; further ones are not sent, silently.
 *
 * @param mail normalised by `mailText`.
 * @returns the code's row, which the browser keeps in its sealed draft; `NOT_SENT` when mail does not leave us now.
 */
export async function requestSignInCode(
  { mail, locale }: { mail: string; locale: Locale },
): Promise<Result<{ codeId: string }, 'NOT_SENT'>> {
  const codeId = randomUUID()
  const code = newSignInDigits()
  const isMailed = await insertCode({ codeId, code, mail })
  const sent = isMailed ? await sendSignInCode({ to: mail, code, locale }) : accept(null)
  return sent.ok ? accept({ codeId }) : sent
}

export type CodeRefusal = 'CODE_WRONG' | 'CODE_SPENT'

interface EnteredCode {
  codeId: string
  mail: string
  code: string
}

// Counts the try first, in its own statement: five parallel guesses are five tries.
async function countTry({ codeId, mail }: EnteredCode): Promise<string | null> {
  const rows = await db.$queryRaw<{ code_hash: string }[]>`
    update sign_in_code set attempts = attempts + 1
    where id = ${codeId}::uuid and email_index = ${blindIndex('email', mail)} and attempts < ${CODE_TRIES}
      and used_at is null and expires_at > now()
    returning code_hash`
  return rows[0]?.code_hash ?? null
}

/** Whose address it is. */
export interface Person {
  userId: string
  staff: boolean
}

async function findPerson(tx: Tx, mail: string): Promise<(Person & { disabled: boolean }) | null> {
  const user = await tx.user.findUnique({
    where: { emailIndex: blindIndex('email', mail) }, select: { id: true, role: true, disabledAt: true },
  })
  return user === null ? null : { userId: user.id, staff: user.role !== 'HOST', disabled: user.disabledAt !== null }
}

async function recordSession(tx: Tx, { userId }: Person): Promise<void> {
  await recordEvent(tx, { actor: `user:${userId}`, action: 'session.started', subject: { user: userId } })
}

/**
 * Spends a mailed code: once, within ten minutes, in at most five tries. The caller opens the session afterwards.
 *
 * @returns who has this address, `null` for an address nobody has yet (whoever asks has just proved it is theirs);
 *   `CODE_WRONG` for a wrong digit, `CODE_SPENT` when the code is used, too old or tried too often. A disabled person
 *   is answered as for a wrong code.
 */
export async function spendSignInCode(entered: EnteredCode): Promise<Result<{ person: Person | null }, CodeRefusal>> {
  const expected = await countTry(entered)
  if (expected === null) return refuse('CODE_SPENT')
  const given = hashCode(entered.codeId, entered.code)
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return refuse('CODE_WRONG')
  return inTransaction(async (tx) => {
    const spent = await tx.signInCode.updateMany({ where: { id: entered.codeId, usedAt: null }, data: { usedAt: new Date() } })
    if (spent.count === 0) return refuse('CODE_SPENT')
    const person = await findPerson(tx, entered.mail)
    if (person?.disabled === true) return refuse('CODE_WRONG')
    if (person !== null) await recordSession(tx, person)
    return accept({ person: person === null ? null : { userId: person.userId, staff: person.staff } })
  })
}
