import 'server-only'
import type { UserActor } from '@/lib/auth/rules'
import { hashSecret } from '@/lib/privacy/secret'

const SPOKEN_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TOKEN_LENGTH = 26

/**
 * The secret of a request that is made at the desk, derived from the coordinator and the form's key: pressing twice prints
 * the same link twice. Whoever copies the table of keys has neither our key nor the coordinator's session.
 */
export function deskToken(purpose: 'entered' | 'renewed', { actor, key }: { actor: UserActor; key: string }): string {
  const bytes = Buffer.from(hashSecret('stay', `${purpose}:${actor.userId}:${key}`), 'base64url')
  return Array.from(bytes.subarray(0, TOKEN_LENGTH), (byte) => SPOKEN_ALPHABET.charAt(byte & 31)).join('')
}
