import { describe, expect, it, test } from 'vitest'
import { readNote, writeNote } from '@/lib/safety/rules'
import { referenceSchema, visitSchema } from '@/lib/safety/schema'

const TODAY = '2026-11-22'
const HOST = '01900000-0000-7000-8000-000000000001'
const visit = { hostId: HOST, version: '3', doneOn: '2026-11-20', seen: 'on', homes: [HOST], note: '' }
const reference = { hostId: HOST, version: '3', doneOn: '2026-11-20', referee: 'Айша, соседка', apart: 'on', note: '' }

function faults(schema: typeof visitSchema | typeof referenceSchema, input: unknown): string[] {
  const parsed = schema(() => TODAY).safeParse(input)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('a visit', () => {
  it('is read with its version as a number and an empty note as none', () => {
    expect(visitSchema(() => TODAY).parse({ ...visit, womenOnlySeen: 'on' })).toEqual({
      hostId: HOST, version: 3, doneOn: '2026-11-20', seen: 'on', womenOnlySeen: true, homes: [HOST], note: null,
    })
  })

  test.each([
    ['today', TODAY, []],
    ['tomorrow', '2026-11-23', ['doneOn: DAY_FUTURE']],
    ['a day short of a year ago', '2025-11-23', []],
    ['a year ago', '2025-11-22', ['doneOn: DAY_TOO_LONG_AGO']],
  ])('on a day that can be: %s', (_name, doneOn, expected) => {
    expect(faults(visitSchema, { ...visit, doneOn })).toEqual(expected)
  })

  test.each([
    '2026-02-30', '2025-02-29', '2026-04-31', '2026-00-10', '2026-13-01', '2026-11-00', '2026-1-5', '10/01/2022', '01.10.2022',
    '1664582400000', '0000-01-01', '9999-12-31', '-2026-11-20', 'today', 'infinity', '2026-11-20T10:00', '٢٠٢٦-١١-٢٠', '２０２６-11-20',
    '2026-W47-5', '', ['2026-11-20'], null, 0, false, undefined,
  ])('refuses %s as a day', (doneOn) => {
    expect(faults(visitSchema, { ...visit, doneOn })[0]).toBe('doneOn: DAY_INVALID')
  })

  it('needs the tick that the rooms were seen, a known host and a version', () => {
    expect(faults(visitSchema, { ...visit, seen: undefined })).toEqual(['seen: SEEN_NEEDED'])
    expect(faults(visitSchema, { ...visit, hostId: '1' })).toEqual(['hostId: ID_INVALID'])
    expect(faults(visitSchema, { ...visit, homes: undefined })).toEqual(['homes: HOMES_NEEDED'])
    expect(faults(visitSchema, { ...visit, homes: [] })).toEqual(['homes: HOMES_NEEDED'])
    expect(faults(visitSchema, { ...visit, homes: [HOST, '1'] })).toEqual(['homes.1: ID_INVALID'])
    expect(faults(visitSchema, { ...visit, homes: HOST })).toContain('homes: INVALID')
    expect(faults(visitSchema, { ...visit, version: '-1' })).toEqual(['version: FORM_STALE'])
    expect(faults(visitSchema, { ...visit, state: 'VETTED' })).toHaveLength(1)
  })
})

describe('a reference', () => {
  test.each([
    ['', 'TEXT_EMPTY'], ['   ', 'TEXT_EMPTY'], ['\u200B', 'TEXT_CHARACTERS'], ['\u202Eабв', 'TEXT_CHARACTERS'], ['а\u0000', 'TEXT_CHARACTERS'],
    ['\uD800', 'TEXT_CHARACTERS'], ['я'.repeat(81), 'TEXT_TOO_LONG'], ['x'.repeat(1_000_000), 'TEXT_TOO_LONG'],
    ['Айша +7 701 234 56 78', 'TEXT_HAS_CONTACT'], ['t.me/aisha', 'TEXT_HAS_CONTACT'], ['ИИН 900101300123', 'TEXT_HAS_DOCUMENT'],
    ['Айша\nсоседка', 'TEXT_CHARACTERS'], ['Айша\n1', 'TEXT_CHARACTERS'], ['Айша\r\n2', 'TEXT_CHARACTERS'], ['Айша\tсоседка', 'TEXT_CHARACTERS'],
    [['Айша'], 'TEXT_INVALID'], [undefined, 'TEXT_INVALID'],
  ])('refuses %j as a referee', (referee, code) => {
    expect(faults(referenceSchema, { ...reference, referee })).toContain(`referee: ${code}`)
  })

  test.each(['Ә', "О'Нил-Ким", '👩🏽‍🌾 Роза', "'; drop table host; --", '<b>Айша</b>', '{{7*7}}', '=1+1', 'null', 'Ұлжан 100%_'])(
    'takes %s as a name', (referee) => {
      expect(faults(referenceSchema, { ...reference, referee })).toEqual([])
    })

  it.each(['Айша, соседка', 'Айша-Гүл', '👩🏽‍🌾 Роза', ' Айша\n'])('reads back who spoke and every line of what they said: %j', (typed) => {
    const { referee, note } = referenceSchema(() => TODAY).parse({ ...reference, referee: typed, note: 'Знаю давно.\r\nХорошие люди.' })
    expect(readNote('REFERENCE', writeNote({ referee, text: note }))).toEqual({ referee: typed.trim(), text: 'Знаю давно.\nХорошие люди.' })
  })

  it('needs somebody apart from the household', () => {
    expect(faults(referenceSchema, { ...reference, apart: undefined })).toEqual(['apart: APART_NEEDED'])
  })
})
