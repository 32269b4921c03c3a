import 'server-only'
import { randomUUID, timingSafeEqual } from 'node:crypto'
import { recordEvent } from '@/lib/audit/commands'
import { db } from '@/lib/db/client'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import type { Locale } from '@/lib/i18n/routing'
import { sendSignInCode } from '@/lib/notifications/commands'
import { blindIndex, guardedCodeFor, hashSecret, newSignInDigits } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'

const CODE_MINUTES = 10
const CODE_TRIES = 5
/** Codes for one address in ten minutes, and wrong tries in thirty days, until its codes are long ones. */
const CODES_PER_MAIL = 10
const WRONG_PER_MAIL = 20
/** Seconds between two mails with the same long code. */
const MAIL_AGAIN_SECONDS = 120
/** Seconds within which the same form, pressed twice, signs in twice. */
const PRESSED_TWICE_SECONDS = 60

function hashCode(codeId: string, code: string): string {
  return hashSecret('sign-in', `${codeId}:${code}`)
}

/** What there was for an address, under its lock: parallel questions and guesses are counted one after the other. */
async function readPast(tx: Tx, emailIndex: string) {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${emailIndex}, 1))::text`
  const [past] = await tx.$queryRaw<{ asked: number; wrong: number; moment: string; isMailed: boolean }[]>`
    with moment as (select floor(extract(epoch from now()) / (60 * ${CODE_MINUTES}::int))::bigint as number)
    select
      count(*) filter (where not guarded and created_at > now() - make_interval(mins => ${CODE_MINUTES}::int))::int as asked,
      coalesce(sum(attempts - (used_at is not null)::int) filter (where not guarded), 0)::int as wrong,
      moment.number::text as moment,
      coalesce(bool_or(guarded and mailed and created_at > now() - make_interval(secs => ${MAIL_AGAIN_SECONDS}::int)
        and floor(extract(epoch from created_at) / (60 * ${CODE_MINUTES}::int)) = moment.number), false) as "isMailed"
    from moment left join sign_in_code on email_index = ${emailIndex} and created_at > now() - interval '30 days'
    group by moment.number`
  if (!past) throw new Error('an aggregate answers one row')
  return past
}

// By the database's clock, like the question whether it is still good.
async function insertCode(tx: Tx, codeId: string, mail: string): Promise<{ code: string; toMail: boolean }> {
  const emailIndex = blindIndex('email', mail)
  const { asked, wrong, moment, isMailed } = await readPast(tx, emailIndex)
  const guarded = asked >= CODES_PER_MAIL || wrong >= WRONG_PER_MAIL
  const code = guarded ? guardedCodeFor(emailIndex, moment) : newSignInDigits()
  const toMail = !guarded || !isMailed
  await tx.$executeRaw`
    insert into sign_in_code (id, email_index, code_hash, expires_at, guarded, mailed)
    values (${codeId}::uuid, ${emailIndex}, ${hashCode(codeId, code)}, now() + make_interval(mins => ${CODE_MINUTES}::int),
      ${guarded}, ${toMail})`
  return { code: guarded ? `${code.slice(0, 5)}-${code.slice(5)}` : code, toMail }
}

/**
 * Mails a code: six digits, or ten characters for an address somebody asked for or guessed at too often. Then one mail
 * in two minutes serves all who ask, so the owner of the mailbox always gets in. Known and unknown addresses get the
 * same row, the same mail and the same answer, so nobody learns who has an account.
 *
 * @param mail normalised by `mailText`.
 * @returns the code's row, which the browser keeps in its sealed draft; `NOT_SENT` when mail does not leave us now.
 * @see docs/adr/0016-codes-grow-when-they-are-guessed.md
 */
export async function requestSignInCode(
  { mail, locale }: { mail: string; locale: Locale },
): Promise<Result<{ codeId: string }, 'NOT_SENT'>> {
  const codeId = randomUUID()
  const { code, toMail } = await inTransaction((tx) => insertCode(tx, codeId, mail))
  const sent = toMail ? await sendSignInCode({ to: mail, code, locale }) : accept(null)
  if (sent.ok) return accept({ codeId })
  // nobody may wait for a mail that never left
  await db.signInCode.update({ where: { id: codeId }, data: { mailed: false } })
  return sent
}

export type CodeRefusal = 'CODE_WRONG' | 'CODE_SPENT'

interface EnteredCode {
  codeId: string
  mail: string
  /** As `codeText` reads it. */
  code: string
  /** Key of the form: pressed twice, it signs in twice. */
  key: string
}

interface CodeRow {
  /** Hashes of what opens it: its own code and, of long ones, that of the ten minutes after it. */
  opens: string[]
  guarded: boolean
  open: boolean
  justUsedBy: string | null
}

async function readCode(tx: Tx, { codeId, mail }: EnteredCode): Promise<{ row: CodeRow | null; wrong: number }> {
  const emailIndex = blindIndex('email', mail)
  const { wrong } = await readPast(tx, emailIndex)
  const [row] = await tx.$queryRaw<(Omit<CodeRow, 'opens'> & { codeHash: string; nextMoment: string })[]>`
    select code_hash as "codeHash", guarded,
      (floor(extract(epoch from created_at) / (60 * ${CODE_MINUTES}::int))::bigint + 1)::text as "nextMoment", used_at is null and attempts < ${CODE_TRIES}::int and expires_at > now() as open,
      case when used_at > now() - make_interval(secs => ${PRESSED_TWICE_SECONDS}::int) then used_key end as "justUsedBy"
    from sign_in_code where id = ${codeId}::uuid and email_index = ${emailIndex}`
  if (!row) return { row: null, wrong }
  // whoever asks after the ten minutes changed has a newer code mailed: that mail opens for those who asked before, too
  const opens = row.guarded ? [row.codeHash, hashCode(codeId, guardedCodeFor(emailIndex, row.nextMoment))] : [row.codeHash]
  return { row: { ...row, opens }, wrong }
}

function isOneOf(hash: string, hashes: string[]): boolean {
  return hashes.some((other) => timingSafeEqual(Buffer.from(other), Buffer.from(hash)))
}

type Try = 'FITS' | 'AGAIN' | CodeRefusal

// Under the address's lock: five parallel guesses are five tries.
async function tryCode(tx: Tx, entered: EnteredCode): Promise<Try> {
  const { row, wrong } = await readCode(tx, entered)
  if (row === null) return 'CODE_SPENT'
  const fits = isOneOf(hashCode(entered.codeId, entered.code), row.opens)
  if (fits && row.justUsedBy === entered.key) return 'AGAIN'
  if (!row.open || (!row.guarded && wrong >= WRONG_PER_MAIL)) return 'CODE_SPENT'
  await tx.$executeRaw`
    update sign_in_code set attempts = attempts + 1, used_at = case when ${fits} then now() end,
      used_key = case when ${fits} then ${entered.key} end where id = ${entered.codeId}::uuid`
  return fits ? 'FITS' : 'CODE_WRONG'
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
 * Spends a mailed code: once, within ten minutes, in at most five tries; six digits only while the address was not
 * guessed at too often. The caller opens the session afterwards.
 *
 * @returns who has this address, `null` for an address nobody has yet (whoever asks has just proved it is theirs);
 *   `CODE_WRONG` for a wrong digit, `CODE_SPENT` when the code is used, too old or tried too often. A disabled person
 *   is answered as for a wrong code.
 */
export async function spendSignInCode(entered: EnteredCode): Promise<Result<{ person: Person | null }, CodeRefusal>> {
  return inTransaction(async (tx) => {
    const tried = await tryCode(tx, entered)
    if (tried === 'CODE_WRONG' || tried === 'CODE_SPENT') return refuse(tried)
    const person = await findPerson(tx, entered.mail)
    if (person?.disabled === true) return refuse('CODE_WRONG')
    if (person !== null && tried === 'FITS') await recordSession(tx, person)
    return accept({ person: person === null ? null : { userId: person.userId, staff: person.staff } })
  })
}
