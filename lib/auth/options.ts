import 'server-only'
import type { NextAuthOptions } from 'next-auth'
import type { Adapter } from 'next-auth/adapters'
import { env } from '@/lib/config/env'
import { db } from '@/lib/db/client'
import { hashSecret } from '@/lib/privacy/secret'

export const STAFF_SESSION_HOURS = 12
const secure = env.NEXTAUTH_URL.startsWith('https://')

/** Name of the session's cookie; the `__Host-` prefix needs TLS. */
export const SESSION_COOKIE = secure ? '__Host-qonaq-session' : 'qonaq-session'

/** Attributes every cookie of ours carries. */
export const COOKIE_OPTIONS = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const

async function getSessionAndUser(sessionToken: string) {
  const row = await db.session.findUnique({
    where: { tokenHash: hashSecret('session', sessionToken) }, include: { user: true },
  })
  if (!row || row.expiresAt <= new Date() || row.user.disabledAt !== null) return null
  return {
    session: { sessionToken, userId: row.userId, expires: row.expiresAt },
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
