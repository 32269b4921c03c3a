import { describe, expect, it } from 'vitest'
import { mergeChanges, MOST_TOGETHER, nextCity, type CityChange, type CityPlan, type WaitingChange } from '@/lib/rounds/rules/live'

function of(arrivals: string[], hosts: string[] = []): CityChange {
  return { arrivals: new Set(arrivals), hosts: new Set(hosts) }
}

function many(count: number): CityChange {
  return of(Array.from({ length: count }, (_, index) => String(index)))
}

describe('changes of a city', () => {
  it('come together, each party and host once', () => {
    expect(mergeChanges(of(['a', 'b'], ['h']), of(['b', 'c'], ['h', 'i']))).toEqual(of(['a', 'b', 'c'], ['h', 'i']))
  })

  it.each<[string, CityChange, CityChange, boolean]>([
    ['as many as are read one by one', many(MOST_TOGETHER), of([]), false],
    ['one more of a host', many(MOST_TOGETHER), of([], ['h']), true],
    ['everything with something', 'ALL', of(['a']), true],
    ['something with everything', of(['a']), 'ALL', true],
  ])('are read as a whole or not: %s', (_name, one, other, whole) => {
    expect(mergeChanges(one, other) === 'ALL').toBe(whole)
  })
})

describe('whose turn it is', () => {
  const rested: CityPlan = { notBeforeMs: 0, wholeAtMs: 1_000 }

  it.each<[string, Record<string, number>, Record<string, CityPlan>, string | null]>([
    ['nothing happened and nothing is due', {}, { almaty: rested }, null],
    ['the change that waits longest', { astana: 30, almaty: 20 }, {}, 'almaty'],
    ['a large city waits and keeps nobody waiting', { almaty: 10, astana: 20 }, { almaty: { ...rested, notBeforeMs: 101 } }, 'astana'],
    ['a large city whose rest is over', { almaty: 10 }, { almaty: { ...rested, notBeforeMs: 100 } }, 'almaty'],
    ['a change before what is due anyway', { almaty: 90 }, { astana: { notBeforeMs: 0, wholeAtMs: 1 } }, 'almaty'],
    ['what is due, the longest first', {}, { almaty: { notBeforeMs: 0, wholeAtMs: 100 }, astana: { notBeforeMs: 0, wholeAtMs: 99 } }, 'astana'],
    ['due a moment later', {}, { almaty: { notBeforeMs: 0, wholeAtMs: 101 } }, null],
  ])('%s', (_name, changed, plans, expected) => {
    const changes = new Map(Object.entries(changed).map(([cityId, sinceMs]) => [cityId, { change: of([cityId]), sinceMs }]))
    expect(nextCity({ changes, plans: new Map(Object.entries(plans)) }, { nowMs: 100, wholes: 'GO_ON' })?.cityId ?? null).toBe(expected)
  })

  it('reads a city that is only due as a whole', () => {
    const plans = new Map([['almaty', { notBeforeMs: 0, wholeAtMs: 0 }]])
    expect(nextCity({ changes: new Map(), plans }, { nowMs: 0, wholes: 'GO_ON' })).toEqual({ cityId: 'almaty', change: 'ALL' })
  })

  it('leaves the machine to a round: what is small goes on, what is whole waits', () => {
    const plans = new Map([['almaty', { notBeforeMs: 0, wholeAtMs: 0 }]])
    const changes = new Map<string, WaitingChange>([['astana', { change: 'ALL', sinceMs: 0 }]])
    expect(nextCity({ changes, plans }, { nowMs: 9, wholes: 'WAIT' })).toBeNull()
    changes.set('oral', { change: of(['a']), sinceMs: 5 })
    expect(nextCity({ changes, plans }, { nowMs: 9, wholes: 'WAIT' })?.cityId).toBe('oral')
  })
})
