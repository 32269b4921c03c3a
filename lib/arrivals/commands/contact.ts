import 'server-only'
import { domainToASCII } from 'node:url'
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js'
import { z } from 'zod'
import { blindIndex } from '@/lib/privacy/secret'
import { findCity } from '@/lib/places/places'
import type { Reach } from '../schema'

const mailSchema = z.email().max(254)

/** A contact in its one spelling, and the index that finds equal ones without opening them. */
export interface Contact {
  kind: 'MAIL' | 'PHONE'
  text: string
  index: string
  /** A number whose operator answers to the state people left: they are told, and it is accepted. */
  risky: boolean
}

export type ContactFault = 'MAIL_INVALID' | 'MAIL_MISSING' | 'PHONE_INVALID' | 'PHONE_MISSING'

function readMail(typed: string): Contact | ContactFault {
  if (typed === '') return 'MAIL_MISSING'
  const at = typed.lastIndexOf('@')
  if (at < 1) return 'MAIL_INVALID'
  const text = `${typed.slice(0, at)}@${domainToASCII(typed.slice(at + 1))}`.toLowerCase()
  if (!mailSchema.safeParse(text).success) return 'MAIL_INVALID'
  return { kind: 'MAIL', text, index: blindIndex('email', text), risky: /\.(ru|su)$/.test(text) }
}

function readPhone(typed: string, country: CountryCode): Contact | ContactFault {
  if (typed === '') return 'PHONE_MISSING'
  const phone = parsePhoneNumberFromString(typed, { defaultCountry: country, extract: false })
  if (!phone?.isValid() || phone.ext !== undefined) return 'PHONE_INVALID'
  const text = phone.number
  return { kind: 'PHONE', text, index: blindIndex('phone', text), risky: phone.country === 'RU' }
}

/**
 * Brings a contact into its one spelling: five spellings of a number have one index. A number without its country is
 * read as one of the town's country.
 *
 * @returns `null` when no contact is wished, a fault's code when it cannot be reached.
 */
export function readContact({ kind, contact }: Pick<Reach, 'kind' | 'contact'>, cityId: string): Contact | ContactFault | null {
  if (kind === 'NONE') return null
  return kind === 'MAIL' ? readMail(contact) : readPhone(contact, findCity(cityId)?.country ?? 'KZ')
}
