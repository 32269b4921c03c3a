import { z } from 'zod'

/** Every message the database posts. Its kind decides the words, its side the reader. */
export const MESSAGE_KINDS = [
  'ASK_HOST', 'ASK_GUEST', 'REMIND_HOST', 'REMIND_GUEST', 'CONFIRMED_HOST', 'CONFIRMED_GUEST', 'ENDED_HOST',
  'ENDED_GUEST', 'LAPSED_HOST', 'LAPSED_GUEST', 'NIGHTS_CHANGED_HOST', 'NIGHTS_CHANGED_GUEST', 'ASK_EXTENSION',
  'EXTENSION_AGREED', 'EXTENSION_REFUSED',
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]
export const messageKindSchema = z.enum(MESSAGE_KINDS)

/** Why a letter did not go out. Codes only: what a mail server says may quote the address. */
export const DELIVERY_FAILURES = [
  'UNREACHABLE', 'DEFERRED', 'SIGN_IN', 'NO_MAIL_SERVER',
  'REJECTED', 'BAD_ADDRESS', 'NO_ADDRESS', 'UNREADABLE', 'UNKNOWN_KIND', 'OUTDATED',
] as const
export type DeliveryFailure = (typeof DELIVERY_FAILURES)[number]

// No quoted local part, no comma, no white space, no control character: one address is one mailbox.
const MAILBOX = /^[A-Za-z0-9_%+~#$&'*=?^`{|}/-]+(\.[A-Za-z0-9_%+~#$&'*=?^`{|}/-]+)*@([\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u

/** One address a letter may go to. Code: MAIL_INVALID. */
export const mailboxSchema = z.string('MAIL_INVALID').max(254, 'MAIL_INVALID').regex(MAILBOX, 'MAIL_INVALID')
  .refine((text) => text.indexOf('@') <= 64, 'MAIL_INVALID')

/** A letter as it lies in the local outbox of the demo. `id` is the Message-ID's left part; `link` stands in `text`. */
export const letterSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-z-]{8,64}$/),
  to: z.string(),
  locale: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  link: z.string().nullable(),
})
export type Letter = z.infer<typeof letterSchema>

/** A letter of the outbox with the instant it was put there, ISO 8601. */
export const outboxLetterSchema = letterSchema.extend({ at: z.iso.datetime() })
export type OutboxLetter = z.infer<typeof outboxLetterSchema>

/** Folder of the local outbox, inside the data folder. */
export const OUTBOX_FOLDER = 'outbox'
