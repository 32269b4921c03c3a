import { describe, expect, it, test } from 'vitest'
import { expiryOf, isSameReferee, isValid, readNote, stateAfter, vettingOf, writeNote, type Check } from '@/lib/safety/rules'
import type { CheckKind } from '@/lib/safety/schema'

const TODAY = '2026-11-22'

function check(kind: CheckKind, doneOn: string): Check {
  return { kind, doneOn, expiresOn: expiryOf(doneOn) }
}

const visit = check('VISIT', '2026-11-01')
const references = [check('REFERENCE', '2026-10-01'), check('REFERENCE', '2026-10-20')]

describe('a check', () => {
  test.each([
    ['on the day it was done', '2026-11-22', true],
    ['on its last day', '2025-11-23', true],
    ['365 days later', '2025-11-22', false],
    ['before it is done', '2026-11-23', false],
  ])('counts or not: %s', (_name, doneOn, expected) => {
    expect(isValid(check('VISIT', doneOn), TODAY)).toBe(expected)
  })

  it('is good for 365 days, also over a leap day', () => {
    expect(expiryOf('2027-12-01')).toBe('2028-11-30')
  })
})

describe('vetting', () => {
  test.each([
    ['nothing', [], { visited: false, references: 0, completeUntil: null }],
    ['a visit', [visit], { visited: true, references: 0, completeUntil: null }],
    ['a visit and one reference', [visit, references[0]!], { visited: true, references: 1, completeUntil: null }],
    ['two references', references, { visited: false, references: 2, completeUntil: null }],
    ['all of it', [visit, ...references], { visited: true, references: 2, completeUntil: '2027-10-01' }],
    ['a meeting in person instead of a visit', [check('IN_PERSON', '2026-11-01'), ...references], { visited: true, references: 2, completeUntil: '2027-10-01' }],
    ['a visit that has run out', [check('VISIT', '2025-11-22'), ...references], { visited: false, references: 2, completeUntil: null }],
    ['a reference that has run out', [visit, references[0]!, check('REFERENCE', '2025-11-22')], { visited: true, references: 1, completeUntil: null }],
  ])('adds up %s', (_name, checks, expected) => {
    expect(vettingOf(checks, TODAY)).toEqual(expected)
    expect(vettingOf(checks.toReversed(), TODAY)).toEqual(expected)
  })

  it('lasts as long as the visit and the second youngest reference', () => {
    const third = check('REFERENCE', '2026-11-10')
    expect(vettingOf([visit, ...references, third], TODAY).completeUntil).toBe(expiryOf('2026-10-20'))
    expect(vettingOf([check('VISIT', '2026-01-05'), ...references], TODAY).completeUntil).toBe(expiryOf('2026-01-05'))
  })
})

describe('the state after a check', () => {
  const complete = vettingOf([visit, ...references], TODAY)
  const seen = vettingOf([visit], TODAY)
  const spokenFor = vettingOf(references, TODAY)
  test.each([
    ['APPLIED', spokenFor, 'APPLIED'],
    ['APPLIED', seen, 'VISITED'],
    ['APPLIED', complete, 'VETTED'],
    ['VISITED', seen, 'VISITED'],
    ['VISITED', spokenFor, 'VISITED'],
    ['VISITED', complete, 'VETTED'],
    ['VETTED', seen, 'VETTED'],
    ['BLOCKED', complete, 'BLOCKED'],
  ] as const)('%s becomes what the checks allow', (state, vetting, expected) => {
    expect(stateAfter(state, vetting)).toBe(expected)
  })
})

describe('referees', () => {
  test.each([
    ['Айша, соседка', 'соседка  АЙША', true],
    ['Алёна', 'алена', true],
    ['Айша, соседка', 'Айша, коллега', false],
    ['Anna', 'Аnna', false],
  ])('%s and %s', (one, other, expected) => {
    expect(isSameReferee(one, other)).toBe(expected)
  })

  test.each([
    [{ referee: 'Айша', text: null }],
    [{ referee: 'Айша', text: 'Знает десять лет.\nХорошие люди.' }],
  ])('a note keeps who spoke and what was said', (note) => {
    expect(readNote('REFERENCE', writeNote(note))).toEqual(note)
  })

  it('reads a visit’s note as words only', () => {
    expect(readNote('VISIT', 'Чисто.\nДве кошки.')).toEqual({ referee: null, text: 'Чисто.\nДве кошки.' })
    expect(writeNote({ referee: null, text: null })).toBeNull()
  })
})
