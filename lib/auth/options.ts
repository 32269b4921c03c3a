import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import type { Adapter } from 'next-auth/adapters'
import { env } from '@/lib/config/env'
import { db } from '@/lib/db/client'
import { hashSecret } from '@/lib/privacy/secret'

export const STAFF_SESSION_HOURS = 12
const secure = env.NEXTAUTH_URL.startsWith('https://')

/** Attributes every cookie of ours carries. */
export const COOKIE_OPTIONS = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const

/** A cookie's full name: behind TLS no other host of the domain can plant one of ours. */
export function cookieName(name: string): string {
  return secure ? `__Host-${name}` : name
}

/** Name of the session's cookie. */
export const SESSION_COOKIE = cookieName('qonaq-session')

// Whether a session has run out is decided by the database's clock, which also set its end.
async function getSessionAndUser(sessionToken: string) {
  const [row] = await db.$queryRaw<{ userId: string; expires: Date }[]>`
    select "user".id as "userId", session.expires_at as expires from session join "user" on "user".id = session.user_id
    where session.token_hash = ${hashSecret('session', sessionToken)} and session.expires_at > now() and "user".disabled_at is null`
  if (!row) return null
  return {
    session: { sessionToken, userId: row.userId, expires: row.expires },
    user: { id: row.userId, email: '', emailVerified: null },
  }
}

async function deleteSession(sessionToken: string): Promise<void> {
  await db.session.deleteMany({ where: { tokenHash: hashSecret('session', sessionToken) } })
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
