import { expect, test } from 'vitest'
import { renewalOf } from '@/lib/safety/rules'

test.each([
  ['VETTED', '2026-11-22', 'OVER'],
  ['APPLIED', '2026-11-22', 'OVER'],
  ['VISITED', '2020-01-01', 'OVER'],
  ['VETTED', '2026-11-23', 'SOON'],
  ['VETTED', '2026-12-22', 'SOON'],
  ['VETTED', '2026-12-23', null],
  ['VISITED', '2026-12-01', null],
  ['VETTED', null, null],
  ['BLOCKED', '2020-01-01', null],
] as const)('a %s host whose vetting holds until %s is to be visited: %s', (state, vettedUntil, expected) => {
  expect(renewalOf({ state, vettedUntil }, '2026-11-22')).toBe(expected)
})
