import { z } from 'zod'

// Controls, bidi overrides, zero-width characters, private use, non-characters and lone surrogates. The zero-width
// joiner and variation selectors stay: emoji are made with them.
const REFUSED = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B\u200C\u200E\u200F\u2028-\u202E\u2060-\u206F\uE000-\uF8FF\uFEFF\uFFF9-\uFFFF]/u
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const STACKED_MARKS = /\p{M}{5,}/u
const CONTACT = /(https?:\/\/|www\.|t\.me\/|@[a-z0-9_]{4,}|\S+@\S+\.\S+|(?:\+?\d[\s\-()]*){9,})/iu
const DOCUMENT = /(?<!\d)\d{12}(?!\d)|(?<!\d)\d{2}\s?\d{2}\s?\d{6}(?!\d)/u
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const MAX_RAW = 10_000

function countGraphemes(text: string): number {
  return Array.from(segmenter.segment(text)).length
}

/** Text in the form it is stored: NFC, line ends as LF, outer white space gone. */
export function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').normalize('NFC').trim()
}

function plain(max: number) {
  return z
    .string('TEXT_INVALID')
    .max(MAX_RAW, { error: 'TEXT_TOO_LONG', abort: true })
    .refine((text) => text.isWellFormed() && !REFUSED.test(text.replaceAll('\r\n', '\n').replaceAll('\n', '')), 'TEXT_CHARACTERS')
    .transform(tidy)
    .refine((text) => !STACKED_MARKS.test(text), 'TEXT_CHARACTERS')
    // the last word where it is too long: what comes after must not read ten thousand letters
    .refine((text) => countGraphemes(text) <= max, { error: 'TEXT_TOO_LONG', abort: true })
}

/** Required text of at most `max` characters as people count them. Codes: TEXT_EMPTY, TEXT_TOO_LONG, TEXT_CHARACTERS. */
export function requiredText(max: number) {
  return plain(max).refine((text) => VISIBLE.test(text), 'TEXT_EMPTY')
}

/** Optional text: an empty field is `null`. */
export function optionalText(max: number) {
  return plain(max)
    .refine((text) => text === '' || VISIBLE.test(text), 'TEXT_EMPTY')
    .transform((text) => (text === '' ? null : text))
    .nullish()
    .transform((text) => text ?? null)
}

/** Text other people will read: no contacts (TEXT_HAS_CONTACT), no document numbers (TEXT_HAS_DOCUMENT). */
export function sharedText(max: number) {
  return requiredText(max).refine((text) => !DOCUMENT.test(text), 'TEXT_HAS_DOCUMENT')
    .refine((text) => !CONTACT.test(text), 'TEXT_HAS_CONTACT')
}

/** As `sharedText`, optional. */
export function optionalSharedText(max: number) {
  return optionalText(max).refine((text) => text === null || !DOCUMENT.test(text), 'TEXT_HAS_DOCUMENT')
    .refine((text) => text === null || !CONTACT.test(text), 'TEXT_HAS_CONTACT')
}

/** A whole number typed in a form, ASCII digits only, `min`–`max`. Code: NUMBER_INVALID. */
export function wholeNumber(min: number, max: number) {
  return z.string('NUMBER_INVALID').regex(/^\s*\d{1,4}\s*$/, 'NUMBER_INVALID')
    .transform((text) => Number(text.trim()))
    .refine((value) => value >= min && value <= max, 'NUMBER_INVALID')
}

/** A checkbox: present is true, absent is false, anything else is refused. */
export const flag = z.literal('on', 'CHOICE_INVALID').optional().transform((value) => value === 'on')

/** One of a closed list. Code: CHOICE_INVALID. */
export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, 'CHOICE_INVALID')
}

/** Any number of a closed list, each once. A form that sends none sends nothing. */
export function someOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.array(z.enum(values, 'CHOICE_INVALID'), 'CHOICE_INVALID').max(values.length, 'CHOICE_INVALID')
    .default([]).transform((chosen) => (values as readonly Values[number][]).filter((value) => chosen.some((one) => one === value)))
}

/** A row's id as it travels in a form. */
export const idText = z.uuid('ID_INVALID')
