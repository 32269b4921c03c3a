import NextAuth, { type NextAuthOptions } from 'next-auth'
import { authOptions } from '@/lib/auth/options'

const answer = NextAuth(authOptions satisfies NextAuthOptions) as (request: Request, context: unknown) => Promise<Response>

export { answer as GET, answer as POST }
