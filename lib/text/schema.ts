import { z } from 'zod'

// Signs nobody reads and that no keyboard of ours writes. Tags, the zero-width joiner and the variation selectors are
// what emoji are made with, so they stay where an emoji stands and nowhere else.
const REFUSED: readonly RegExp[] = [
  // controls, lone surrogates, private use, breaks of lines, non-characters, the blank of Braille, what is left of broken bytes
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u2800\uFFF9-\uFFFD]/u,
  // letters without a shape, zero-width signs, directions of writing
  /(?!\u200D|\uFE0E|\uFE0F|[\u{E0020}-\u{E007F}])[\p{Default_Ignorable_Code_Point}\p{Cf}]/u,
  // a joiner, a selector or a tag where no emoji stands before it
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D/u,
  /(?<!\p{Emoji})[\uFE0E\uFE0F]/u,
  /(?<![\u{1F3F4}\u{E0020}-\u{E007F}])[\u{E0020}-\u{E007F}]/u,
]
const LINES = /[\n\t]/
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u
const STACKED_MARKS = /\p{M}{5,}/u
const CONTACT = /(https?:\/\/|www\.|t\.me\/|@[a-z0-9_]{4,}|\S+@\S+\.\S+|(?:\+?\d[\s\-()]*){9,})/iu
const DOCUMENT = /(?<!\d)\d{12}(?!\d)|(?<!\d)\d{2}\s?\d{2}\s?\d{6}(?!\d)/u
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const MAX_RAW = 10_000
// a family of emoji is one sign to its reader and up to ten to the database, which counts code points
const POINTS_PER_SIGN = 10

/**
 * How a field differs from the others. `lines`: breaks of lines are part of what is said, as in a note. `draft`: it waits
 * in a cookie of four thousand bytes, so it takes not many more of them than letters do.
 */
export interface TextOptions { lines?: boolean; draft?: boolean }

const BYTES_PER_LETTER = 2
/** For the few signs that take more. */
const SPARE_BYTES = 180

function countPoints(text: string): number {
  return Array.from(text).length
}

function countGraphemes(text: string): number {
  return Array.from(segmenter.segment(text)).length
}

function isReadable(text: string): boolean {
  const oneLine = text.replaceAll('\r\n', '\n').replaceAll(/[\n\t]/g, ' ')
  return text.isWellFormed() && !REFUSED.some((signs) => signs.test(oneLine))
}

/** Text in the form it is stored: NFC, line ends as LF, outer white space gone. */
export function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').normalize('NFC').trim()
}

/** Bytes a text takes where it is kept. */
export function countBytes(text: string): number {
  return new TextEncoder().encode(text).length
}

function fitsDraft(text: string, max: number): boolean {
  // as it is written there: JSON, sealed as JSON
  return countBytes(JSON.stringify(JSON.stringify(text))) <= max * BYTES_PER_LETTER + SPARE_BYTES
}

function plain(max: number, { lines = false, draft = false }: TextOptions) {
  return z
    .string('TEXT_INVALID')
    .max(MAX_RAW, { error: 'TEXT_TOO_LONG', abort: true })
    .refine(isReadable, 'TEXT_CHARACTERS')
    .transform(tidy)
    // before anything reads signs: marks without end make one sign of ten thousand letters
    .refine((text) => countPoints(text) <= max * POINTS_PER_SIGN, { error: 'TEXT_TOO_LONG', abort: true })
    .refine((text) => !STACKED_MARKS.test(text) && (lines || !LINES.test(text)), 'TEXT_CHARACTERS')
    .refine((text) => !draft || fitsDraft(text, max), { error: 'TEXT_TOO_LONG', abort: true })
    // the last word where it is too long: what comes after must not read ten thousand letters
    .refine((text) => countGraphemes(text) <= max, { error: 'TEXT_TOO_LONG', abort: true })
}

/**
 * Required text of at most `max` characters as people count them, of one line unless told.
 * Codes: TEXT_EMPTY, TEXT_TOO_LONG, TEXT_CHARACTERS.
 */
export function requiredText(max: number, options: TextOptions = {}) {
  return plain(max, options).refine((text) => VISIBLE.test(text), 'TEXT_EMPTY')
}

/** Optional text: an empty field is `null`. */
export function optionalText(max: number, options: TextOptions = {}) {
  return plain(max, options)
    .refine((text) => text === '' || VISIBLE.test(text), 'TEXT_EMPTY')
    .transform((text) => (text === '' ? null : text))
    .nullish()
    .transform((text) => text ?? null)
}

/** Text other people will read: no contacts (TEXT_HAS_CONTACT), no document numbers (TEXT_HAS_DOCUMENT). */
export function sharedText(max: number, options: TextOptions = {}) {
  return requiredText(max, options).refine((text) => !DOCUMENT.test(text), 'TEXT_HAS_DOCUMENT')
    .refine((text) => !CONTACT.test(text), 'TEXT_HAS_CONTACT')
}

/** As `sharedText`, optional. */
export function optionalSharedText(max: number, options: TextOptions = {}) {
  return optionalText(max, options).refine((text) => text === null || !DOCUMENT.test(text), 'TEXT_HAS_DOCUMENT')
    .refine((text) => text === null || !CONTACT.test(text), 'TEXT_HAS_CONTACT')
}

/** What somebody looks for, in the form texts are stored; empty for what is repeated, too long or no text at all. */
export function searchText(value: unknown, max: number): string {
  const isText = typeof value === 'string' && value.length <= max && isReadable(value)
  return isText ? tidy(value) : ''
}

/**
 * A whole number typed in a form, ASCII digits only, `min`–`max`.
 * Code: NUMBER_INVALID, with both limits; `above` for a number that is greater, where that has words of its own.
 */
export function wholeNumber(min: number, max: number, above = 'NUMBER_INVALID') {
  return z.unknown().transform((typed, context) => {
    const value = typeof typed === 'string' && /^\s*\d{1,9}\s*$/.test(typed) ? Number(typed.trim()) : NaN
    if (value >= min && value <= max) return value
    context.addIssue({ code: 'custom', message: value > max ? above : 'NUMBER_INVALID', params: { min, max }, input: typed })
    return z.NEVER
  })
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
