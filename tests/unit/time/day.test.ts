import fc from 'fast-check'
import { describe, expect, it, test, vi } from 'vitest'
import { addDays, dayInZone, daysBetween, daySchema, earlierDay, laterDay } from '@/lib/time/day'

const MS_PER_DAY = 86_400_000
const anyDay = fc.integer({ min: 10_957, max: 47_481 }).map((number) => new Date(number * MS_PER_DAY).toISOString().slice(0, 10))
const anyCount = fc.integer({ min: -3000, max: 3000 })

it('runs in an odd time zone, so that a day read through a local Date would show', () => {
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toMatch(/^Asia\/Kat(h)?mandu$/)
  expect(new Date('2024-03-01T00:00:00Z').getHours()).toBe(5)
})

test.each([
  ['into a leap day', '2024-02-28', 1, '2024-02-29'],
  ['over a leap day', '2024-02-29', 1, '2024-03-01'],
  ['back over a leap day', '2024-03-01', -1, '2024-02-29'],
  ['over the end of February in a common year', '2023-02-28', 1, '2023-03-01'],
  ['over the end of February in a century that is a leap year', '2000-02-28', 1, '2000-02-29'],
  ['over the end of a year', '2022-12-31', 1, '2023-01-01'],
  ['back over the end of a year', '2023-01-01', -1, '2022-12-31'],
  ['over the end of a 30-day month', '2022-09-30', 1, '2022-10-01'],
  ['by nothing', '2022-10-08', 0, '2022-10-08'],
  ['by a leap year', '2024-01-01', 366, '2025-01-01'],
  ['out of a century that is no leap year', '2100-02-28', 1, '2100-03-01'],
  ['in the first century', '0050-12-31', 1, '0051-01-01'],
  ['by a common year', '2023-01-01', 365, '2024-01-01'],
  ['over the night the clocks change in Europe', '2022-10-30', 1, '2022-10-31'],
  ['over the night Almaty lost an hour', '2024-02-29', 2, '2024-03-02'],
])('moves a day %s', (_name, day, count, expected) => {
  expect(addDays(day, count)).toBe(expected)
  expect(daysBetween(day, expected)).toBe(count)
})

describe('what is no day', () => {
  const spellings = [
    '',
    '2023-02-29',
    '2023-02-30',
    '2023-04-31',
    '2023-00-10',
    '2023-01-00',
    '2023-13-01',
    '2023-1-1',
    '23-01-01',
    '2023-01-01 ',
    ' 2023-01-01',
    '2023-01-01T00:00',
    '2023/01/01',
    '01.10.2022',
    '+002023-01-01',
    '٢٠٢٣-٠١-٠١',
    'tomorrow',
  ]
  test.each(spellings)('refuses «%s» everywhere', (text) => {
    expect(daySchema.safeParse(text).success).toBe(false)
    expect(() => addDays(text, 1)).toThrow(RangeError)
    expect(() => daysBetween(text, '2023-01-01')).toThrow(RangeError)
    expect(() => daysBetween('2023-01-01', text)).toThrow(RangeError)
  })

  test.each([1.5, NaN, Infinity])('refuses to move by %s days', (count) => {
    expect(() => addDays('2023-01-01', count)).toThrow(RangeError)
  })

  it('refuses to leave the years that four digits can say', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError)
    expect(() => addDays('0000-01-01', -1)).toThrow(RangeError)
  })
})

test.each([
  ['1999-12-31', false],
  ['2000-01-01', true],
  ['2024-02-29', true],
  ['2099-12-31', true],
  ['2100-01-01', false],
])('takes %s as a day of our time: %s', (text, taken) => {
  const parsed = daySchema.safeParse(text)
  expect(parsed.success).toBe(taken)
  if (!parsed.success) expect(parsed.error.issues.map(({ message }) => message)).toContain('DAY_INVALID')
})

test.each([
  ['one second before midnight in Almaty, when it stood at +06', '2022-10-08T17:59:59Z', 'Asia/Almaty', '2022-10-08'],
  ['midnight in Almaty', '2022-10-08T18:00:00Z', 'Asia/Almaty', '2022-10-09'],
  ['an hour before midnight in Uralsk, when Almaty is at midnight', '2022-10-08T18:00:00Z', 'Asia/Oral', '2022-10-08'],
  ['the last night of the year in Bishkek', '2022-12-31T17:59:59Z', 'Asia/Bishkek', '2022-12-31'],
  ['the new year in Bishkek', '2022-12-31T18:00:00Z', 'Asia/Bishkek', '2023-01-01'],
  ['a leap day in Astana', '2024-02-28T18:00:00Z', 'Asia/Almaty', '2024-02-29'],
  ['midnight in Almaty, since it stands at +05', '2024-03-01T19:00:00Z', 'Asia/Almaty', '2024-03-02'],
  ['noon in UTC', '2022-10-08T12:00:00Z', 'UTC', '2022-10-08'],
])('says which day it is at %s', (_name, instant, timeZone, expected) => {
  expect(dayInZone(new Date(instant), timeZone)).toBe(expected)
})

describe('laws of days', () => {
  it('counts every day of four centuries as the calendar does', () => {
    for (let number = -25_567; number < 120_530; number += 1) {
      const day = new Date(number * MS_PER_DAY).toISOString().slice(0, 10)
      if (daysBetween('1970-01-01', day) !== number) expect.fail(day)
    }
  })

  it('moves there and back again', () => {
    fc.assert(fc.property(anyDay, anyCount, (day, count) => addDays(addDays(day, count), -count) === day))
  })

  it('counts exactly the days it moved', () => {
    fc.assert(fc.property(anyDay, anyCount, (day, count) => daysBetween(day, addDays(day, count)) === count))
  })

  it('moves in steps as it moves at once', () => {
    fc.assert(fc.property(anyDay, anyCount, anyCount, (day, one, other) => addDays(addDays(day, one), other) === addDays(day, one + other)))
  })

  it('orders days as text as it orders them by number', () => {
    fc.assert(fc.property(anyDay, anyDay, (one, other) => one < other === daysBetween(one, other) > 0))
  })

  it('names the earlier and the later of two days, whichever comes first', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        expect([earlierDay(one, other), laterDay(one, other)]).toEqual([one, other].sort())
        expect(earlierDay(one, other)).toBe(earlierDay(other, one))
      }),
    )
  })

  it('gives the same answers in every time zone of the machine', () => {
    const zones = ['UTC', 'Asia/Almaty', 'America/Los_Angeles', 'Pacific/Kiritimati', 'Asia/Kathmandu']
    const answers = zones.map((zone) => {
      vi.stubEnv('TZ', zone)
      return [addDays('2024-02-28', 2), daysBetween('2022-03-26', '2022-10-31'), dayInZone(new Date('2022-10-08T18:00:00Z'), 'Asia/Almaty')]
    })
    vi.unstubAllEnvs()
    expect(new Set(answers.map(String)).size).toBe(1)
  })
})
