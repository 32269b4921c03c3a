import 'server-only'
import { randomUUID } from 'node:crypto'
import { recordEvent } from '@/lib/audit/commands'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { seal } from '@/lib/privacy/seal'
import { blindIndex } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'
import { now } from '@/lib/time/clock'

export const STAFF_ROLES = ['COORDINATOR', 'LEAD', 'ADMIN'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

/** Somebody of the team, as the person with the keys of the server names them. */
export interface StaffWanted {
  /** Normalised by `mailText`; the address they will sign in with. */
  mail: string
  /** Shown beside "sign out" and to colleagues. */
  name: string
  role: StaffRole
  /** Cities they serve, by id. An ADMIN sees every city whatever stands here. */
  cityIds: readonly string[]
}

// there is nobody to sign the event: whoever starts a command on the server holds its keys anyway
const ACTOR = 'system'

async function findByMail(tx: Tx, mail: string) {
  return tx.user.findUnique({ where: { emailIndex: blindIndex('email', mail) }, include: { host: { select: { id: true } } } })
}

/**
 * Makes somebody staff, or changes what they are: a mailed code lets them in from now on. Who hosts stays a host too.
 *
 * @returns the user, and whether they are new.
 */
export async function changeStaff({ mail, name, role, cityIds }: StaffWanted): Promise<{ userId: string; isNew: boolean }> {
  return inTransaction(async (tx) => {
    const known = await findByMail(tx, mail)
    const userId = known?.id ?? randomUUID()
    const facts = { name, role, cityIds: [...cityIds], disabledAt: null }
    await tx.user.upsert({
      where: { id: userId },
      create: {
        id: userId, ...facts, emailIndex: blindIndex('email', mail),
        emailSealed: seal(mail, { field: 'user.email', rowId: userId }),
      },
      update: facts,
    })
    await recordEvent(tx, { actor: ACTOR, action: 'staff.changed', subject: { user: userId, role } })
    return { userId, isNew: known === null }
  })
}

/**
 * Ends somebody's part in the team at once: their sessions are gone. Who hosts can still sign in, as a host.
 *
 * @returns the user; `NOT_STAFF` for an address of nobody in the team.
 */
export async function endStaff(mail: string): Promise<Result<{ userId: string }, 'NOT_STAFF'>> {
  return inTransaction(async (tx) => {
    const known = await findByMail(tx, mail)
    if (known === null || known.role === 'HOST') return refuse('NOT_STAFF')
    const ended = known.host === null ? { disabledAt: now() } : { role: 'HOST' as const }
    await tx.user.update({ where: { id: known.id }, data: { ...ended, cityIds: [] } })
    await tx.session.deleteMany({ where: { userId: known.id } })
    await recordEvent(tx, { actor: ACTOR, action: 'staff.ended', subject: { user: known.id } })
    return accept({ userId: known.id })
  })
}
