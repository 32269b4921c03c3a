import { z } from 'zod'

const MAX_MAIL = 254
// One plain address: no quoted local part, no list, no header. Deliberately narrower than the standard.
const MAIL = /^[a-z0-9!#$%&'*+/=?^_{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/** One mail address, in lower case and without white space around it. Codes: MAIL_EMPTY, MAIL_INVALID. */
export const mailText = z
  .string('MAIL_INVALID')
  .max(1000, 'MAIL_INVALID')
  .transform((text) => text.normalize('NFC').trim().toLowerCase())
  .refine((text) => text !== '', 'MAIL_EMPTY')
  .refine((text) => text === '' || (text.length <= MAX_MAIL && MAIL.test(text)), 'MAIL_INVALID')

/** A mailed code, with or without spaces or dashes: six digits, or ten characters in any case. Code: CODE_INVALID. */
export const codeText = z
  .string('CODE_INVALID')
  .max(40, 'CODE_INVALID')
  .transform((text) => text.replaceAll(/[\s-]/g, '').toUpperCase())
  .refine((text) => /^(\d{6}|[2-9A-HJKMNP-TV-Z]{10})$/.test(text), 'CODE_INVALID')

export const askCodeSchema = z.strictObject({ mail: mailText })
export const enterCodeSchema = z.strictObject({ code: codeText })

/** What a browser keeps between the mail form and the code form. */
export const signInDraftSchema = z.object({ codeId: z.uuid(), mail: z.string() })
/** A form that is only a button. */
export const noFieldsSchema = z.strictObject({})
