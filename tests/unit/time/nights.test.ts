import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { addDays } from '@/lib/time/day'
import {
  countNights,
  covers,
  isEmpty,
  mergeRuns,
  nightsFrom,
  overlaps,
  sharedNights,
  subtractRuns,
  type Nights,
} from '@/lib/time/nights'

/** `run('10-09', '10-11')`: the nights of 9 and 10 October 2022. */
function run(from: string, until: string): Nights {
  return { from: `2022-${from}`, until: `2022-${until}` }
}

test.each([
  ['one night', run('10-09', '10-10'), 1],
  ['a week', run('10-09', '10-16'), 7],
  ['no night', run('10-09', '10-09'), 0],
  ['a reversed run', run('10-10', '10-09'), -1],
  ['a leap day', { from: '2024-02-28', until: '2024-03-01' }, 2],
  ['the end of a year', { from: '2022-12-31', until: '2023-01-01' }, 1],
])('counts the nights of %s', (_name, nights, expected) => {
  expect(countNights(nights)).toBe(expected)
  expect(isEmpty(nights)).toBe(expected <= 0)
})

test.each([
  ['the same run', run('10-09', '10-12'), true],
  ['a run that begins with it', run('10-09', '10-10'), true],
  ['a run that ends with it', run('10-11', '10-12'), true],
  ['a night before it', run('10-08', '10-10'), false],
  ['a night past it', run('10-11', '10-13'), false],
  ['an empty run inside', run('10-10', '10-10'), false],
  ['a reversed run inside', run('10-11', '10-10'), false],
])('knows whether a run covers %s', (_name, inner, expected) => {
  expect(covers(run('10-09', '10-12'), inner)).toBe(expected)
})

test.each([
  ['runs that only touch', run('10-09', '10-10'), run('10-10', '10-12'), null],
  ['runs that share one night', run('10-09', '10-11'), run('10-10', '10-12'), run('10-10', '10-11')],
  ['a run inside another', run('10-01', '10-31'), run('10-10', '10-12'), run('10-10', '10-12')],
  ['runs apart', run('10-01', '10-02'), run('10-10', '10-12'), null],
  ['an empty run inside another', run('10-01', '10-31'), run('10-10', '10-10'), null],
  ['a reversed run', run('10-01', '10-31'), run('10-12', '10-10'), null],
])('finds what is shared by %s', (_name, one, other, expected) => {
  expect(sharedNights(one, other)).toEqual(expected)
  expect(sharedNights(other, one)).toEqual(expected)
  expect(overlaps(one, other)).toBe(expected !== null)
  expect(overlaps(other, one)).toBe(expected !== null)
})

test.each([
  ['nothing', [], []],
  ['only empty and reversed runs', [run('10-09', '10-09'), run('10-12', '10-10')], []],
  ['touching runs', [run('10-10', '10-12'), run('10-08', '10-10')], [run('10-08', '10-12')]],
  ['a run inside another', [run('10-01', '10-31'), run('10-10', '10-12')], [run('10-01', '10-31')]],
  ['runs one night apart', [run('10-11', '10-12'), run('10-09', '10-10')], [run('10-09', '10-10'), run('10-11', '10-12')]],
])('merges %s', (_name, runs, expected) => {
  expect(mergeRuns(runs)).toEqual(expected)
})

test.each([
  ['nothing held', [run('10-01', '10-10')], [], [run('10-01', '10-10')]],
  ['all held', [run('10-01', '10-10')], [run('09-01', '11-01')], []],
  ['a hold in the middle', [run('10-01', '10-10')], [run('10-04', '10-06')], [run('10-01', '10-04'), run('10-06', '10-10')]],
  ['a hold that touches the end', [run('10-01', '10-10')], [run('10-10', '10-12')], [run('10-01', '10-10')]],
  ['the first night held', [run('10-01', '10-10')], [run('10-01', '10-02')], [run('10-02', '10-10')]],
  ['an empty hold', [run('10-01', '10-10')], [run('10-04', '10-04')], [run('10-01', '10-10')]],
  ['a hold across touching openings', [run('10-01', '10-05'), run('10-05', '10-10')], [run('10-04', '10-06')], [run('10-01', '10-04'), run('10-06', '10-10')]],
])('leaves what is free with %s', (_name, offered, taken, expected) => {
  expect(subtractRuns(offered, taken)).toEqual(expected)
})

describe('laws of runs, against sets of nights', () => {
  const FIRST = '2023-12-20'
  const anyRun = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2, max: 12 }))
    .map(([start, nights]) => nightsFrom(addDays(FIRST, start), nights))
  const anyRuns = fc.array(anyRun, { maxLength: 8 })

  function nightsOf(runs: readonly Nights[]): Set<string> {
    const each = runs.flatMap((one) => Array.from({ length: Math.max(0, countNights(one)) }, (_, index) => addDays(one.from, index)))
    return new Set(each)
  }

  function expectCanonical(runs: readonly Nights[]): void {
    expect(runs.some(isEmpty)).toBe(false)
    runs.slice(1).forEach((next, index) => {
      expect(runs[index]!.until < next.from).toBe(true)
    })
  }

  it('merging keeps every night once, in maximal runs, in any order', () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const merged = mergeRuns(runs)
        expectCanonical(merged)
        expect(nightsOf(merged)).toEqual(nightsOf(runs))
        expect(mergeRuns(runs.toReversed())).toEqual(merged)
        expect(mergeRuns(merged)).toEqual(merged)
      }),
    )
  })

  it('subtracting leaves exactly the nights offered and not taken, in maximal runs, in any order', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (offered, taken) => {
        const free = subtractRuns(offered, taken)
        expectCanonical(free)
        const held = nightsOf(taken)
        expect(nightsOf(free)).toEqual(new Set([...nightsOf(offered)].filter((night) => !held.has(night))))
        expect(subtractRuns(offered.toReversed(), taken.toReversed())).toEqual(free)
      }),
    )
  })

  it('covering, overlapping and sharing agree with sets', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (one, other) => {
        const [ones, others] = [nightsOf([one]), nightsOf([other])]
        const both = new Set([...ones].filter((night) => others.has(night)))
        const shared = sharedNights(one, other)
        expect(overlaps(one, other)).toBe(both.size > 0)
        expect(nightsOf(shared ? [shared] : [])).toEqual(both)
        expect(covers(one, other)).toBe(others.size > 0 && both.size === others.size)
      }),
    )
  })

  it('changes none of the runs it is given', () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (offered, taken) => {
        const before = structuredClone([offered, taken])
        mergeRuns(offered)
        subtractRuns(offered, taken)
        expect([offered, taken]).toEqual(before)
      }),
    )
  })
})
