import 'server-only'
import { decryptStringSync, encryptStringSync, findKeyForMessage, makeKeychainSync } from '@47ng/cloak'
import { z } from 'zod'
import { env } from '@/lib/config/env'
import { log } from '@/lib/log'

const keys = env.QONAQ_SEAL_KEYS.split(',')
const keychain = makeKeychainSync(keys)
const bound = z.tuple([z.string(), z.string()])

/** Where a sealed value belongs: `table.column` and the row's id. A value moved to another row does not open. */
export interface SealPlace {
  field: string
  rowId: string
}

function label({ field, rowId }: SealPlace): string {
  return `${field}:${rowId}`
}

/**
 * Seals text with the current key (AES-256-GCM). Place and value are encrypted together, so the authenticated
 * plaintext says where it belongs.
 *
 * @see docs/adr/0010-sealed-values-know-their-place.md
 */
export function seal(text: string, place: SealPlace): string {
  const [current] = keys
  if (current === undefined) throw new Error('no seal key')
  return encryptStringSync(JSON.stringify([label(place), text]), current)
}

/**
 * Opens a sealed value with whichever key of the ring made it.
 *
 * @throws Error when no key fits, a bit was changed, or the value belongs to another row or column.
 */
export function unseal(sealed: string, place: SealPlace): string {
  const key = findKeyForMessage(sealed, keychain)
  const [where, text] = bound.parse(JSON.parse(decryptStringSync(sealed, key)))
  if (where !== label(place)) throw new Error(`sealed value is not ${place.field} of this row`)
  return text
}

/** Opens a value that may be absent. */
export function unsealOptional(sealed: string | null, place: SealPlace): string | null {
  return sealed === null ? null : unseal(sealed, place)
}

/**
 * Opens a value for a page that must not fall with it, when its key is lost or the row is damaged. The log names the place.
 *
 * @returns `readable: false` for a value that does not open; it has no text then.
 */
export function unsealShown(sealed: string | null, place: SealPlace): { text: string | null; readable: boolean } {
  try {
    return { text: unsealOptional(sealed, place), readable: true }
  } catch {
    log.error({ place: label(place) }, 'a sealed value does not open')
    return { text: null, readable: false }
  }
}
