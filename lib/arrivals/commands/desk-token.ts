import 'server-only'
import type { UserActor } from '@/lib/auth/rules'
import { hashSecret } from '@/lib/privacy/secret'

const SPOKEN_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TOKEN_LENGTH = 26

interface FromDesk {
  actor: UserActor
  key: string
  requestHash: string
}

/**
 * The secret of a request that is made at the desk, derived from the coordinator, the form's key and all it says: pressing
 * twice prints the same link twice. Whoever copies the table of keys has neither our key nor the coordinator's session. Keys
 * are forgotten after a week: one that comes again with another request is good for it, and opens nobody else's page.
 */
export function deskToken(purpose: 'entered' | 'renewed', { actor, key, requestHash }: FromDesk): string {
  return derived(`${purpose}:${actor.userId}:${key}:${requestHash}`)
}

/**
 * The secret of a request another program asks for, derived from its key and all it says: asked again, it is answered
 * again and stored nowhere. Whoever knows both knows the secret, so the key is one nobody guesses.
 */
export function askedToken({ key, requestHash }: { key: string; requestHash: string }): string {
  return derived(`asked:${key}:${requestHash}`)
}

/** The secret of a draft whose request is over, when it is sent once more: pressed twice, it is the same one twice. */
export function nextToken(token: string): string {
  return derived(`next:${token}`)
}

function derived(from: string): string {
  const bytes = Buffer.from(hashSecret('stay', from), 'base64url')
  return Array.from(bytes.subarray(0, TOKEN_LENGTH), (byte) => SPOKEN_ALPHABET.charAt(byte & 31)).join('')
}
