import 'server-only'
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { env } from '@/lib/config/env'

// Crockford's alphabet: no I, L, O, U, so nothing is misread aloud or on a slip
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const TOKEN_LENGTH = 26

function encode(bytes: Uint8Array, length: number): string {
  return Array.from(bytes.subarray(0, length), (byte) => ALPHABET.charAt(byte & 31)).join('')
}

/** A capability of 130 random bits as 26 characters. Shown once, stored only as a keyed hash. */
export function newToken(): string {
  return encode(randomBytes(TOKEN_LENGTH), TOKEN_LENGTH)
}

/** A spoken code such as `K7-R2M`: for the desk and the queue, never a key to anything. */
export function newSpokenCode(): string {
  const text = encode(randomBytes(5), 5)
  return `${text.slice(0, 2)}-${text.slice(2)}`
}

/** An idempotency key, made when a form is shown: 128 bits and a little. */
export function newFormKey(): string {
  return encode(randomBytes(TOKEN_LENGTH), TOKEN_LENGTH)
}

const GUARDED_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const GUARDED_LENGTH = 10

/**
 * A long code for signing in by mail, the same for one address and moment (docs/adr/0016): every browser that asks is
 * helped by the one mail. Nobody guesses one of 590 million million.
 */
export function guardedCodeFor(emailIndex: string, moment: string): string {
  const bytes = createHmac('sha256', env.QONAQ_TICKET_KEY).update(`sign-in:${emailIndex}:${moment}`).digest()
  let number = BigInt(`0x${bytes.toString('hex')}`)
  let code = ''
  while (code.length < GUARDED_LENGTH) {
    code += GUARDED_ALPHABET.charAt(Number(number % BigInt(GUARDED_ALPHABET.length)))
    number /= BigInt(GUARDED_ALPHABET.length)
  }
  return code
}

/** Six digits for signing in by mail. Short, so they are limited by tries and minutes. */
export function newSignInDigits(): string {
  return String(randomBytes(4).readUInt32BE() % 1_000_000).padStart(6, '0')
}

/**
 * Keyed hash of a secret, for the database: a copied table opens nothing. A whole request counts as one: without the
 * key a phone number or an address in it would be guessed in seconds.
 */
export function hashSecret(purpose: 'stay' | 'cover' | 'session' | 'sign-in' | 'request' | 'token', secret: string): string {
  return createHmac('sha256', env.QONAQ_INDEX_KEY).update(`${purpose}:${secret}`).digest('base64url')
}

/** Finds equal contacts and addresses without opening them; the caller normalises first. */
export function blindIndex(kind: 'email' | 'phone' | 'address', normalised: string): string {
  return createHmac('sha256', env.QONAQ_INDEX_KEY).update(`index:${kind}:${normalised}`).digest('base64url').slice(0, 22)
}

function sign(text: string): Buffer {
  return createHmac('sha256', env.QONAQ_TICKET_KEY).update(text).digest().subarray(0, 16)
}

/** Which side a ticket speaks for. */
export type TicketSide = 'HOST' | 'GUEST'

/**
 * The ticket of one placement and side: opens the answer page from a mail, without a login. Derived, stored nowhere.
 *
 * @see docs/adr/0009-the-link-carries-the-secret.md
 */
export function ticketFor(placementId: string, side: TicketSide): string {
  const id = Buffer.from(placementId.replaceAll('-', ''), 'hex')
  return Buffer.concat([Buffer.from(side === 'HOST' ? 'h' : 'g'), id, sign(`${side}:${placementId}`)]).toString('base64url')
}

/** Reads a ticket; `null` for anything that was not made by `ticketFor` with our key. */
export function readTicket(ticket: string): { placementId: string; side: TicketSide } | null {
  if (!/^[A-Za-z0-9_-]{44}$/.test(ticket)) return null
  const bytes = Buffer.from(ticket, 'base64url')
  const side = bytes[0] === 0x68 ? 'HOST' : bytes[0] === 0x67 ? 'GUEST' : null
  if (side === null || bytes.length !== 33) return null
  const hex = bytes.subarray(1, 17).toString('hex')
  const placementId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return timingSafeEqual(bytes.subarray(17), sign(`${side}:${placementId}`)) ? { placementId, side } : null
}
