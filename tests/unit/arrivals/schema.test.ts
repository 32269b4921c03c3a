import { describe, expect, it, test } from 'vitest'
import { intakeSchema, leaveSchema, longerSchema, reachSchema, whereSchema, whoSchema } from '@/lib/arrivals/schema'

const where = { city: 'almaty', otherCity: '', night: 'today', day: '', nights: '3', longer: '', source: 'WEB' }
const who = {
  adults: '1', children0: '0', children3: '0', children7: '0', children13: '0', laterPersons: '0', laterFrom: '', laterUntil: '',
}
const reach = { reach: 'NONE', mail: '', phone: '', nickname: 'Синий барс' }

type Parsed = { success: true } | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }

function faults(parsed: Parsed): string[] {
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('screen 1', () => {
  it('reads the answers the poster leaves untouched', () => {
    expect(whereSchema.parse(where)).toEqual({ where: { cityId: 'almaty', firstNight: 'today', nights: 3 }, source: 'WEB' })
  })

  test.each([
    ['no town', { city: undefined }, ['city: CITY_UNKNOWN']],
    ['a town that is none', { city: 'moscow' }, ['city: CITY_UNKNOWN']],
    ['the last tile without a town', { city: 'other' }, ['otherCity: CITY_MISSING']],
    ['a list instead of a town', { city: ['almaty', 'oral'] }, ['city: CITY_UNKNOWN']],
    ['another day without a day', { night: 'other' }, ['day: DAY_MISSING']],
    ['30 February', { night: 'other', day: '2027-02-30' }, ['day: DAY_INVALID']],
    ['29 February in a common year', { night: 'other', day: '2027-02-29' }, ['day: DAY_INVALID']],
    ['29 February in a leap year', { night: 'other', day: '2028-02-29' }, []],
    ['a day with points', { night: 'other', day: '01.10.2022' }, ['day: DAY_INVALID']],
    ['a word the database knows', { night: 'other', day: 'infinity' }, ['day: DAY_INVALID']],
    ['other digits', { night: 'other', day: '٢٠٢٦-١١-٢٢' }, ['day: DAY_INVALID']],
    ['a day with a time', { night: 'other', day: '2026-11-22T00:00' }, ['day: DAY_INVALID']],
    ['no nights', { nights: 'longer', longer: '0' }, ['longer: NIGHTS_RANGE']],
    ['90 nights', { nights: 'longer', longer: '90' }, []],
    ['91 nights', { nights: 'longer', longer: '91' }, ['longer: NIGHTS_RANGE']],
    ['nights in words', { nights: 'longer', longer: '1e1' }, ['longer: NIGHTS_RANGE']],
    ['nights with spaces around', { nights: 'longer', longer: ' 7 ' }, []],
    ['a field nobody asked for', { state: 'PLACED' }, [': Unrecognized key: "state"']],
  ])('%s', (_name, over, expected) => {
    expect(faults(whereSchema.safeParse({ ...where, ...over }))).toEqual(expected)
  })
})

describe('screen 2', () => {
  it('counts children by the middle of their age group', () => {
    const read = whoSchema.parse({ ...who, children0: '1', children13: '2', circumstances: ['animals'] })
    expect(read).toEqual({ adults: 1, childrenAges: [1, 15, 15], circumstances: ['animals'], languages: [], growth: null })
  })

  it('lets a party without an adult through, so that the caller can stop it kindly', () => {
    expect(whoSchema.parse({ ...who, adults: '0', children7: '1' }).adults).toBe(0)
  })

  test.each([
    ['nobody', { adults: '0' }, ['adults: PARTY_EMPTY']],
    ['50 people', { adults: '48', children3: '2' }, []],
    ['51 people', { adults: '49', children3: '2' }, ['adults: PARTY_TOO_BIG']],
    ['a million', { adults: '1000000' }, ['adults: PARTY_TOO_BIG']],
    ['2^53', { adults: '9007199254740992' }, ['adults: NUMBER_INVALID']],
    ['-1', { adults: '-1' }, ['adults: NUMBER_INVALID']],
    ['half a person', { adults: '0.5' }, ['adults: NUMBER_INVALID']],
    ['hexadecimal', { adults: '0x10' }, ['adults: NUMBER_INVALID']],
    ['Arabic three', { adults: '٣' }, ['adults: NUMBER_INVALID']],
    ['words', { adults: '7 people' }, ['adults: NUMBER_INVALID']],
    ['a list', { adults: ['5'] }, ['adults: NUMBER_INVALID']],
    ['a circumstance of one’s own', { circumstances: ['faith'] }, ['circumstances.0: CHOICE_INVALID']],
    ['later comers without days', { laterPersons: '2' }, ['laterFrom: DAY_MISSING', 'laterUntil: DAY_MISSING']],
    ['later comers, reversed', { laterPersons: '2', laterFrom: '2026-12-10', laterUntil: '2026-12-01' }, ['laterUntil: DAYS_REVERSED']],
    ['days of nobody', { laterFrom: 'x' }, []],
  ])('%s', (_name, over, expected) => {
    expect(faults(whoSchema.safeParse({ ...who, ...over }))).toEqual(expected)
  })
})

describe('screen 3', () => {
  test.each([
    ['an empty name', { nickname: '' }, ['nickname: TEXT_EMPTY']],
    ['spaces', { nickname: '   ' }, ['nickname: TEXT_EMPTY']],
    ['zero width only', { nickname: '\u200B' }, ['nickname: TEXT_CHARACTERS']],
    ['right-to-left override', { nickname: 'a\u202Eb' }, ['nickname: TEXT_CHARACTERS']],
    ['a lone surrogate', { nickname: 'a\uD800' }, ['nickname: TEXT_CHARACTERS']],
    ['NUL', { nickname: 'a\u0000' }, ['nickname: TEXT_CHARACTERS']],
    ['a family as one sign', { nickname: '👨‍👩‍👧‍👦' }, []],
    ['Kazakh letters', { nickname: 'Қызғылт өрік' }, []],
    ['one letter', { nickname: 'Я' }, []],
    ['40 signs', { nickname: 'я'.repeat(40) }, []],
    ['41 signs', { nickname: 'я'.repeat(41) }, ['nickname: TEXT_TOO_LONG']],
    ['a megabyte', { nickname: 'я'.repeat(1_000_000) }, ['nickname: TEXT_TOO_LONG']],
    ['a phone number as a name', { nickname: '+7 701 234 56 78' }, ['nickname: TEXT_HAS_CONTACT']],
    ['SQL as a name', { nickname: `'; drop table x --` }, []],
    ['a way that is none', { reach: 'TELEGRAM' }, ['reach: CHOICE_INVALID']],
  ])('%s', (_name, over, expected) => {
    expect(faults(reachSchema.safeParse({ ...reach, ...over }))).toEqual(expected)
  })
})

describe('the coordinator’s form', () => {
  const { source: _source, ...place } = where
  const form = { ...place, ...who, ...reach, source: 'PHONE', note: '' }

  it('reads all three screens at once', () => {
    expect(intakeSchema.parse(form)).toMatchObject({ source: 'PHONE', note: null, where: { nights: 3 }, who: { adults: 1 } })
  })

  it('refuses children without an adult at the field', () => {
    expect(faults(intakeSchema.safeParse({ ...form, adults: '0', children3: '1' }))).toEqual(['adults: ADULT_NEEDED'])
  })
})

describe('wishes during a stay', () => {
  const placementId = '01a204a3-b008-70b6-93f5-33fd4ee960b9'

  it('asks for nights or for a day', () => {
    expect(longerSchema.parse({ placementId, more: '3', day: '' }).wish).toEqual({ nights: 3 })
    expect(longerSchema.parse({ placementId, more: 'day', day: '2026-12-01' }).wish).toEqual({ until: '2026-12-01' })
    expect(faults(longerSchema.safeParse({ placementId, more: 'day', day: '31.12' }))).toEqual(['day: DAY_INVALID'])
  })

  it('needs no reason to leave', () => {
    expect(leaveSchema.parse({ placementId })).toEqual({ placementId, reason: 'GUEST_LEFT_EARLY', needsPlace: false })
  })
})
