import { describe, expect, it, test } from 'vitest'
import { codeText, mailText } from '@/lib/auth/schema'
import { addRoomSchema, houseSchema, nightsSchema, whatSchema, whenSchema, whereSchema, youSchema } from '@/lib/hosts/schema'
import { WRONG_SHARED_TEXTS, WRONG_TEXTS } from '../../setup/wrong-values'

const HOME = '01890a5d-ac96-774b-bcce-b302099a8057'
const issues = (answer: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  answer.error?.issues.map(({ path, message }) => [path[0], message])

describe('mail addresses', () => {
  test.each(['anna@example.org', ' Anna.K+qonaq@Example.ORG ', "o'neil@sub.example.kz"])('takes %s', (mail) => {
    expect(mailText.safeParse(mail).data).toBe(mail.trim().toLowerCase())
  })

  test.each([
    ['90 a quoted local part', '"a@b"@example.org'], ['91 two addresses', 'a@example.org,b@example.org'],
    ['68 a line break', 'a@example.org\r\nBcc: b@example.org'], ['94 too long', `${'a'.repeat(250)}@example.org`],
    ['66 very long', 'a'.repeat(100_000)], ['no domain', 'anna@'], ['no dot', 'anna@localhost'], ['a space', 'an na@example.org'],
    ['93 a name that looks the same', 'аnna@example.org'], ['dots in a row', 'a..b@example.org'], ['48 empty', ''], ['56 NUL', 'a\u0000@example.org'],
  ])('refuses %s', (_name, mail) => {
    expect(mailText.safeParse(mail).success).toBe(false)
  })

  test.each([null, undefined, 0, [], ['a@example.org'], {}])('refuses what is no text: %j', (mail) => {
    expect(mailText.safeParse(mail).success).toBe(false)
  })
})

test.each([['123456', true], ['123 456', true], ['123-456', true], ['12345', false], ['1234567', false], ['12345a', false], ['١٢٣٤٥٦', false], ['', false]])(
  'a code of %j is %j', (code, fine) => {
    expect(codeText.safeParse(code).success).toBe(fine)
  })

describe('what there is', () => {
  const what = (over: object) => whatSchema.safeParse({ kind: 'FLAT', rooms: '1', places: '2', ...over })

  it('takes the form as a browser sends it', () => {
    expect(what({ extras: ['QUIET'] }).data).toEqual({ kind: 'FLAT', rooms: 1, places: 2, extras: ['QUIET'] })
  })

  test.each(['0', '-1', '0.5', '-0', '1e3', '0x10', '2147483648', 'NaN', '٣', '7 человек', '1,000', '', '  '])('refuses %j places', (places) => {
    expect(issues(what({ places }))?.[0]).toEqual(['places', 'NUMBER_INVALID'])
  })

  it('refuses more than fifty places in one home', () => {
    expect(what({ rooms: '5', places: '10' }).success).toBe(true)
    expect(issues(what({ rooms: '3', places: '17' }))).toEqual([['places', 'PLACES_TOO_MANY']])
  })

  it('refuses fields nobody asked for', () => {
    expect(what({ state: 'VETTED' }).success).toBe(false)
    expect(what({ kind: ['FLAT', 'HALL'] }).success).toBe(false)
    expect(what({ extras: ['QUIET', 'POOL'] }).success).toBe(false)
  })
})

describe('where', () => {
  const where = (over: object) => whereSchema.safeParse({ city: 'almaty', otherCity: '', district: '', address: '', entrance: '', ...over })

  it('leaves the address for later', () => {
    expect(where({}).data).toEqual({ cityId: 'almaty', districtId: null, address: null, entrance: null })
  })

  it('wants to know which other town', () => {
    expect(issues(where({ city: 'OTHER' }))).toEqual([['otherCity', 'CITY_UNKNOWN']])
    expect(issues(where({ city: 'OTHER', otherCity: 'moscow' }))).toEqual([['otherCity', 'CITY_UNKNOWN']])
    expect(where({ city: 'OTHER', otherCity: 'taraz' }).data?.cityId).toBe('taraz')
  })

  it('refuses a district of another town', () => {
    expect(issues(where({ city: 'astana', district: 'almaty-medeu' }))).toEqual([['district', 'DISTRICT_ELSEWHERE']])
  })

  test.each(WRONG_TEXTS.filter(([name, value]) => typeof value === 'string' && !/^4[89]/.test(name)))('refuses an address with %s', (_name, value) => {
    expect(where({ address: value }).success).toBe(false)
  })
})

describe('days', () => {
  const nights = (over: object) => nightsSchema.safeParse({ roomId: HOME, version: '1', from: '2024-02-29', lastNight: '2024-03-01', ...over })
  const WRONG_DAYS = [
    '2022-02-30', '2023-02-29', '2022-04-31', '2022-13-01', '2022-00-10', '2022-10-00', '2022-1-5', '10/01/2022', '01.10.2022', '1664582400000',
    '0000-01-01', '1999-12-31', '9999-01-01', '275760-09-13', '-2022-10-01', 'infinity', 'today', '2022-10-01T10:00:00Z', '٢٠٢٢-١٠-٠١', '２０２２-10-01', '2022-W40', '',
  ]

  it('takes 29 February of a leap year', () => {
    expect(nights({}).success).toBe(true)
  })

  test.each(WRONG_DAYS)('refuses %j', (from) => {
    expect(issues(nights({ from }))).toEqual([['from', 'DAY_INVALID']])
  })

  test.each([[['2022-10-01']], [null], [0], [false]])('refuses %j', (from) => {
    expect(nights({ from }).success).toBe(false)
  })

  it('refuses a version or an id that is none', () => {
    expect(nights({ version: '1.5' }).success).toBe(false)
    expect(nights({ roomId: "1' or '1'='1" }).success).toBe(false)
  })

  it('leaves days empty that nobody needs', () => {
    const when = { city: 'almaty', start: 'TODAY', startDay: '', length: 'WEEK', lastNight: '', restNights: '0', longest: 'ANY', notice: '0' }
    expect(whenSchema.safeParse(when).data).toMatchObject({ startDay: null, lastNight: null })
  })
})

describe('names', () => {
  const named = (firstName: string) => youSchema.safeParse({ firstName, mail: 'a@example.org' })

  test.each(['Әйгерім', 'Ө', "О'Нил", 'Анна-Мария', 'null', '<b>Анна</b>', '👩‍👧', "Robert'); drop table host;--", '=1+1'])('takes %j', (name) => {
    expect(named(name).success).toBe(true)
  })

  test.each([...WRONG_TEXTS.filter(([, value]) => typeof value === 'string'), ...WRONG_SHARED_TEXTS])('refuses %s', (_name, value) => {
    expect(issues(named(value as string))?.[0]?.[0]).toBe('firstName')
    expect(addRoomSchema.safeParse({ homeId: HOME, name: value, sleeps: '2' }).success).toBe(false)
  })
})

test('a text of ten thousand letters costs no time', () => {
  const begin = performance.now()
  youSchema.safeParse({ firstName: 'Щ'.repeat(9_999), mail: `${'a.'.repeat(5_000)}@example.org` })
  expect(performance.now() - begin).toBeLessThan(200)
})

describe('a household of women', () => {
  it('may take women only; another household may not', () => {
    expect(houseSchema.safeParse({ womenOnlyHousehold: 'on', womenOnlyGuests: 'on' }).success).toBe(true)
    expect(issues(houseSchema.safeParse({ womenOnlyGuests: 'on' }))).toEqual([['womenOnlyGuests', 'WOMEN_NEEDS_HOUSEHOLD']])
  })

  it('refuses a tick that is no tick', () => {
    expect(houseSchema.safeParse({ smoking: 'true' }).success).toBe(false)
  })
})
