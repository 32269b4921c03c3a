import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import type { Adapter } from 'next-auth/adapters'
import { env } from '@/lib/config/env'
import { db } from '@/lib/db/client'
import { hashSecret } from '@/lib/privacy/secret'

export const STAFF_SESSION_HOURS = 12
/** Minutes without a request after which a session of staff ends. */
const STAFF_IDLE_MINUTES = 30
const secure = env.NEXTAUTH_URL.startsWith('https://')

/** Attributes every cookie of ours carries. */
export const COOKIE_OPTIONS = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const

/** A cookie's full name: behind TLS no other host of the domain can plant one of ours. */
export function cookieName(name: string): string {
  return secure ? `__Host-${name}` : name
}

/** Name of the session's cookie. */
export const SESSION_COOKIE = cookieName('qonaq-session')

// Whether a session has run out is decided by the database's clock, which also set its end. Somebody of the team who walks
// away from a desk is signed out after half an hour: what they see is not only theirs. A host's page is their own.
async function getSessionAndUser(sessionToken: string) {
  const tokenHash = hashSecret('session', sessionToken)
  const [row] = await db.$queryRaw<{ userId: string; secondsLeft: number; unseen: boolean }[]>`
    select "user".id as "userId", extract(epoch from session.expires_at - now())::float8 as "secondsLeft", session.seen_at < now() - interval '1 minute' as unseen
    from session join "user" on "user".id = session.user_id
    where session.token_hash = ${tokenHash} and session.expires_at > now() and "user".disabled_at is null
      and ("user".role = 'HOST' or session.seen_at > now() - make_interval(mins => ${STAFF_IDLE_MINUTES}::int))`
  if (!row) return null
  // once a minute is enough to know, and spares most requests a write
  if (row.unseen) await db.$executeRaw`update session set seen_at = now() where token_hash = ${tokenHash}`
  return {
    // next-auth compares with the machine's own clock, which may be a day off: so it is told in that clock how long is left
    session: { sessionToken, userId: row.userId, expires: new Date(Date.now() + row.secondsLeft * 1000) },
    user: { id: row.userId, email: '', emailVerified: null },
  }
}

/** Ends a session at once, and says so in the trail; a token that opens nothing is no event. */
export async function deleteSession(sessionToken: string): Promise<void> {
  await db.$queryRaw`
    with gone as (delete from session where token_hash = ${hashSecret('session', sessionToken)} returning user_id)
    select add_audit('user:' || user_id, 'session.ended', jsonb_build_object('user', user_id))::text from gone`
}

/**
 * Only what sessions need, so only that. The cookie's value is stored as a keyed hash; nobody signs in through
 * next-auth's own providers (docs/adr/0013).
 */
const adapter: Adapter = { getSessionAndUser, deleteSession }

export const authOptions: NextAuthOptions = {
  adapter,
  providers: [],
  secret: env.NEXTAUTH_SECRET,
  session: { strategy: 'database', maxAge: STAFF_SESSION_HOURS * 3600, updateAge: STAFF_SESSION_HOURS * 3600 },
  useSecureCookies: secure,
  cookies: { sessionToken: { name: SESSION_COOKIE, options: COOKIE_OPTIONS } },
  callbacks: {
    session: ({ session, user }) => ({ ...session, user: { id: user.id } }),
  },
}
