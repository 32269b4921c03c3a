import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { isCheckLate, newestDated, publicCount, publicWait } from '@/lib/insights/rules'
import { keptViolationsSchema, soakSchema } from '@/lib/insights/schema'

const AT = new Date('2026-11-27T12:00:00Z')
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000)

describe('what everybody may see', () => {
  test.each([[0, null], [4, null], [5, 5], [6, 6], [12_345, 12_345]])('%i people are shown as %s', (count, shown) => {
    expect(publicCount(count)).toBe(shown)
  })

  test.each([[0, null], [4, null], [5, 90]])('the middle wait of %i requests is %s', (waits, shown) => {
    expect(publicWait({ minutes: 90, waits })).toBe(shown)
  })

  it('never shows a number from one to four', () => {
    fc.assert(fc.property(fc.nat(1_000), (count) => { expect([1, 2, 3, 4]).not.toContain(publicCount(count)) }))
  })
})

test.each([[0, false], [60, false], [300, false], [301, true], [86_400, true]])('a check of %i seconds ago is late: %s', (seconds, late) => {
  expect(isCheckLate({ at: AT, now: after(seconds) })).toBe(late)
})

test.each([
  [[], null],
  [['README.md', 'fault.json', '2026-11-2.json', '2026-11-23.json.draft'], null],
  [['2026-11-23.json', '2027-01-02.json', '2026-12-31.json'], '2027-01-02.json'],
])('the newest of %j is %s', (names, newest) => {
  expect(newestDated(names)).toBe(newest)
})

describe('the summary of a soak', () => {
  const whole = {
    date: '2026-11-23', commit: '1538c59', seeds: { run: 7 }, commands: { operations: 1_000_000, acknowledged: 700_000, perSecond: 1600, backendKills: 3000, seconds: 614 },
    http: { operations: 50_000, acknowledged: 30_000, perSecond: 90, webKills: 200, seconds: 500 }, postgresKills: 200, webKills: 200,
    violations: 0, lost: 0, duplicated: 0, naive: { operations: 40_000, violations: 557 }, model: { sequences: 10_000 }, races: { pairs: 144 },
  }

  it('is read whole, and with any part left out', () => {
    expect(soakSchema.parse(whole)).toEqual(whole)
    for (const part of Object.keys(whole).filter((key) => key !== 'date')) {
      const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== part))
      expect(soakSchema.parse(rest)).toEqual(rest)
    }
  })

  it.each(readdirSync('docs/faults').filter((name) => name.endsWith('.json')))('that ships as %s is read, with what was run and what was found', (name) => {
    const soak = soakSchema.parse(JSON.parse(readFileSync(`docs/faults/${name}`, 'utf8')))
    expect(soak).toMatchObject({ date: name.slice(0, -'.json'.length), lost: 0, duplicated: 0, violations: 0 })
    expect(soak.commands?.operations).toBeGreaterThan(0)
  })

  test.each([[{}], [{ date: '2026-02-30' }], [{ date: '2026-11-23', lost: -1 }], [{ date: '2026-11-23', violations: '0' }], [{ date: '2026-11-23', commit: '<b>' }]])(
    'is not %j', (wrong) => { expect(soakSchema.safeParse(wrong).success).toBe(false) })
})

it('keeps of a check the counts and nothing that names a row', () => {
  expect(keptViolationsSchema.parse({ I3: { count: 1, first: [{ what: 'live without a hold', id: 'x' }] } })).toEqual({ I3: { count: 1 } })
})
