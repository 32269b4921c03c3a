import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { z } from 'zod'
import { countBytes, flag, oneOf, optionalText, requiredText, searchText, sharedText, someOf, wholeNumber } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'
import { GOOD_TEXTS, WRONG_LINES, WRONG_TEXTS } from '../../setup/wrong-values'

const codes = (answer: { success: boolean; error?: { issues: { message: string }[] } }) =>
  answer.error?.issues.map(({ message }) => message) ?? []

test.each([
  ['empty', ''], ['spaces', '   '], ['zero-width space alone', '\u200B'], ['right-to-left override', 'a\u202Eb'],
  ['NUL', 'a\u0000b'], ['an ANSI escape', '\u001B[31mred'], ['a lone surrogate', 'a\uD800'], ['a non-character', 'a\uFFFE'],
  ['private use', 'a\uE000'], ['a line separator', 'a\u2028b'], ['a byte-order mark', '\uFEFFa'], ['stacked marks', `a${'\u0301'.repeat(9)}`],
  ['forty-one letters', 'a'.repeat(41)], ['a megabyte', 'a'.repeat(1_000_000)], ['joiners alone', '\u200D\u200D'],
])('refuses %s', (_name, text) => {
  expect(codes(requiredText(40).safeParse(text))[0]).toMatch(/^TEXT_(EMPTY|CHARACTERS|TOO_LONG)$/)
})

test.each([
  ['Kazakh', 'Қазақша ңүұөәіғһ'], ['Armenian', 'Բարեւ'], ['one letter', 'Ы'], ['apostrophes and hyphens', "O'Neil-Жан"],
  ['an emoji of eleven code units as one sign', '👨‍👩‍👧‍👦'], ['a flag', '🇰🇿'], ['words that look like values', 'null'],
  ['SQL', "'; drop table hold; --"], ['HTML', '<img src=x onerror=alert(1)>'], ['braces', '{{7*7}} ${x}'], ['wildcards', '100%_'],
  ['backslashes', '..\\..\\etc'], ['formulas', '=SUM(A1)'],
])('accepts %s as text', (_name, text) => {
  expect(requiredText(40).parse(text)).toBe(text)
})

test.each(WRONG_TEXTS.filter(([, value]) => typeof value === 'string'))('refuses what forms are sent: %s', (_name, text) => {
  expect(codes(requiredText(200).safeParse(text))[0]).toMatch(/^TEXT_(EMPTY|CHARACTERS|TOO_LONG)$/)
})

test.each(GOOD_TEXTS)('takes what somebody may be called: %s', (_name, text) => {
  expect(requiredText(40).parse(text)).toBe(text.normalize('NFC'))
})

test.each(['1️⃣ подъезд', '✌🏿', '🧑🏽‍🤝‍🧑🏻', '🏳️‍🌈', '❤️‍🔥', '👩🏽‍🌾', '☎️', '©', 'Ĩ'])('takes the emoji %s', (text) => {
  expect(requiredText(40).parse(text)).toBe(text)
})

test.each(WRONG_LINES)('takes %s in notes only', (_name, text) => {
  expect(codes(requiredText(40).safeParse(text))).toEqual(['TEXT_CHARACTERS'])
  expect(requiredText(40, { lines: true }).parse(text)).toBe(text.replaceAll('\r\n', '\n'))
})

test.each([[40, 400], [60, 600], [500, 5000]])('never lets more through than %i signs of the database\'s %i', (max, points) => {
  const family = '👨‍👩‍👧‍👦'
  expect(codes(requiredText(max).safeParse(`А${'\u0330\u0331\u0332'.repeat(points)}`))).toContain('TEXT_TOO_LONG')
  const most = requiredText(max).parse(family.repeat(max))
  expect(Array.from(most).length).toBeLessThanOrEqual(points)
  expect(countBytes('я€😀')).toBe(2 + 3 + 4)
})

test.each([
  [undefined, ''], [['a', 'b'], ''], [{ a: 1 }, ''], ['x'.repeat(61), ''], ['а\u0000', ''], ['\uD83D', ''], ['а\u202Eб', ''],
  ['Алматы', 'Алматы'], [' к7-р2м ', 'к7-р2м'], ['и\u0306од', 'йод'], ['%_\\', '%_\\'], ["'; --", "'; --"],
])('a search of %j looks for %j', (typed, expected) => {
  expect(searchText(typed, 60)).toBe(expected)
})

it('counts signs as people do, not code units', () => {
  expect(requiredText(2).safeParse('👨‍👩‍👧‍👦👨‍👩‍👧‍👦').success).toBe(true)
  expect(requiredText(2).safeParse('👨‍👩‍👧‍👦👨‍👩‍👧‍👦a').success).toBe(false)
})

it('stores both spellings of one letter alike', () => {
  expect(requiredText(40).parse('\u0439')).toBe(requiredText(40).parse('\u0438\u0306'))
})

test.each([[undefined], [null], [5], [['a']], [{}], [false]])('is not talked into text by %j', (value) => {
  expect(requiredText(40).safeParse(value).success).toBe(false)
})

it('makes an empty optional field null, and refuses an invisible one', () => {
  expect([optionalText(9).parse(''), optionalText(9).parse('  '), optionalText(9).parse(undefined)]).toEqual([null, null, null])
  expect(optionalText(9).safeParse('\u200B').success).toBe(false)
})

test.each([
  ['a phone', 'звоните +7 701 123 45 67', 'TEXT_HAS_CONTACT'], ['a mail', 'a@b.kz', 'TEXT_HAS_CONTACT'],
  ['a link', 'см. https://x.kz', 'TEXT_HAS_CONTACT'], ['a handle', 'пиши @blue_leopard', 'TEXT_HAS_CONTACT'],
  ['a personal number', '900101300123', 'TEXT_HAS_DOCUMENT'], ['a passport', '4509 123456', 'TEXT_HAS_DOCUMENT'],
])('keeps %s out of what others read', (_name, text, code) => {
  expect(codes(sharedText(80).safeParse(text))).toContain(code)
})

describe('whole numbers', () => {
  test.each([['1', 1], ['50', 50], [' 7 ', 7], ['007', 7]])('reads %j', (text, value) => {
    expect(wholeNumber(1, 50).parse(text)).toBe(value)
  })
  test.each([['0'], ['51'], ['-1'], ['-0'], ['0.5'], ['1e1'], ['0x10'], ['٣'], ['３'], ['7 people'], ['1,000'], ['NaN'],
    ['Infinity'], ['99999'], [''], [null], [7], [['5']], [false]])('refuses %j', (value) => {
    expect(codes(wholeNumber(1, 50).safeParse(value))).toEqual(['NUMBER_INVALID'])
    expect(wholeNumber(1, 50).safeParse(value).error?.issues[0]).toMatchObject({ params: { min: 1, max: 50 } })
  })

  it('says in words of its own that a number is greater, and misses a field that was left out', () => {
    const form = z.strictObject({ adults: wholeNumber(0, 50, 'PARTY_TOO_BIG') })
    expect(['51', '1000000', '-1', '1e3', ''].map((adults) => codes(form.safeParse({ adults })))).toEqual(
      [['PARTY_TOO_BIG'], ['PARTY_TOO_BIG'], ['NUMBER_INVALID'], ['NUMBER_INVALID'], ['NUMBER_INVALID']])
    expect(codes(form.safeParse({}))).toEqual(['NUMBER_INVALID'])
  })
})

describe('choices', () => {
  it('takes what is on the list and nothing else', () => {
    expect(oneOf(['A', 'B']).parse('A')).toBe('A')
    expect(codes(oneOf(['A', 'B']).safeParse('__proto__'))).toEqual(['CHOICE_INVALID'])
    expect(someOf(['A', 'B']).parse(['B', 'A', 'A'].slice(0, 2))).toEqual(['A', 'B'])
    expect(someOf(['A', 'B']).safeParse(['A', 'B', 'A']).success).toBe(false)
    expect([flag.parse('on'), flag.parse(undefined)]).toEqual([true, false])
    expect(flag.safeParse('true').success).toBe(false)
  })
})

describe('days', () => {
  test.each([['2024-02-29'], ['2026-11-22'], ['2000-01-01'], ['2099-12-31']])('reads %s', (text) => {
    expect(daySchema.parse(text)).toBe(text)
  })
  test.each([['2026-02-30'], ['2023-02-29'], ['2026-04-31'], ['2026-00-10'], ['2026-13-01'], ['2026-01-00'], ['2026-1-1'], ['10/01/2022'],
    ['01.10.2022'], ['1664582400000'], ['0000-01-01'], ['1999-12-31'], ['2100-01-01'], ['-2022-01-01'], ['infinity'], ['today'],
    ['2026-11-22T10:00'], ['2022-W40'], ['２０２６-11-22'], ['٢٠٢٦-١١-٢٢'], [''], [null], [false], [0], [['2026-11-22']]])('refuses %j', (value) => {
    expect(codes(daySchema.safeParse(value))[0]).toBe('DAY_INVALID')
  })
})

it('never throws and never lets a control or a lone surrogate through, whatever is typed', () => {
  const schema = requiredText(60)
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
    const answer = schema.safeParse(text)
    if (answer.success) expect(answer.data).toMatch(/^[^\u0000-\u0008\u200B\u202E\uFEFF]+$/u)
  }))
})
