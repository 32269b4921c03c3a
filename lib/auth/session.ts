import 'server-only'
import { cookies } from 'next/headers'
import { getServerSession } from 'next-auth'
import { cache } from 'react'
import { STAY_COOKIE_SECONDS } from '@/lib/arrivals/rules/secret'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { authOptions, COOKIE_OPTIONS, cookieName, deleteSession, SESSION_COOKIE, STAFF_SESSION_HOURS } from './options'
import { can, citiesSeenBy, type Act, type Actor, type UserActor } from './rules'
import { scopeOf, type CoordinatorScope } from './queries'

export type { CoordinatorScope } from './queries'

const STAY_COOKIE = cookieName('qonaq-stay')
/** The secret, and which opening of it on this browser this is. */
const STAY_VALUE = /^([0-9A-Z]{26})(?:\.[0-9A-Z]{26})?$/

async function readUser(): Promise<UserActor | null> {
  const session = await getServerSession(authOptions)
  const userId = session?.user.id
  if (userId === undefined) return null
  const user = await db.user.findUnique({ where: { id: userId }, include: { host: true } })
  if (user?.disabledAt !== null) return null
  return {
    kind: 'USER', userId, role: user.role, name: user.name, cityIds: citiesSeenBy(user), hostId: user.host?.id ?? null,
  }
}

async function stayToken(): Promise<string | null> {
  const [, token] = STAY_VALUE.exec((await cookies()).get(STAY_COOKIE)?.value ?? '') ?? []
  return token ?? null
}

async function readGuest(): Promise<Actor | null> {
  const token = await stayToken()
  if (token === null) return null
  const arrival = await db.arrival.findUnique({ where: { tokenHash: hashSecret('stay', token) }, select: { id: true } })
  return arrival ? { kind: 'GUEST', arrivalId: arrival.id } : null
}

/** The signed-in person, or `null`. Read once per request; role and cities come from the table each time. */
export const currentUser = cache(readUser)

/** The newcomer whose secret this browser carries, or `null`. */
export const currentGuest = cache(readGuest)

/** The signed-in person when the act is open to them. @throws AppError UNAUTHENTICATED or FORBIDDEN. */
export async function requireUser(act: Act): Promise<UserActor> {
  const actor = await currentUser()
  if (!actor) throw new AppError('UNAUTHENTICATED')
  if (!can(actor, act)) throw new AppError('FORBIDDEN', act)
  return actor
}

/** The proof that somebody may read the queue, and of which cities. */
export async function requireScope(): Promise<CoordinatorScope> {
  return scopeOf(await requireUser('queue:read'))
}

/** Opens a session of a person on this browser. The former session of this browser ends: no fixation. */
export async function startSession(userId: string): Promise<void> {
  await endSession()
  const token = newToken()
  await db.$executeRaw`
    insert into session (user_id, token_hash, expires_at)
    values (${userId}::uuid, ${hashSecret('session', token)}, now() + make_interval(hours => ${STAFF_SESSION_HOURS}::int))`
  ;(await cookies()).set(SESSION_COOKIE, token, { ...COOKIE_OPTIONS, maxAge: STAFF_SESSION_HOURS * 3600 })
}

/** Ends the session of this browser at once: its row is gone, a copied cookie opens nothing. */
export async function endSession(): Promise<void> {
  const jar = await cookies()
  const token = jar.get(SESSION_COOKIE)?.value
  if (token === undefined) return
  await deleteSession(token)
  // with its attributes: a browser ignores the deletion of a `__Host-` cookie that does not say `Secure`
  jar.delete({ ...COOKIE_OPTIONS, name: SESSION_COOKIE })
}

/** Lets this browser carry a newcomer's secret; looking at the page renews it (`proxy.ts`). */
export async function rememberStay(token: string): Promise<void> {
  ;(await cookies()).set(STAY_COOKIE, `${token}.${newToken()}`, { ...COOKIE_OPTIONS, maxAge: STAY_COOKIE_SECONDS })
}

/** Forgets the newcomer on this browser. */
export async function forgetStay(): Promise<void> {
  ;(await cookies()).delete({ ...COOKIE_OPTIONS, name: STAY_COOKIE })
}

/** The newcomer's secret itself, to show their link and QR again on their own page; `null` without one. */
export async function staySecret(): Promise<string | null> {
  return (await currentGuest()) ? stayToken() : null
}

/**
 * A mark of this opening of a newcomer's page on this browser: not a secret, and another one after every opening by a
 * link, so that whoever holds the link needs no spoken code.
 */
export async function stayMark(): Promise<string> {
  return hashSecret('cover', (await cookies()).get(STAY_COOKIE)?.value ?? '')
}
