import { describe, expect, test } from 'vitest'
import { playRound } from '@/lib/matching/round'
import { ROUND_STEPS, type RoundProgress } from '@/lib/matching/round-types'
import { furtherOf, percentDone, sectionOf, suggestionsOf } from '@/lib/rounds/rules/result'
import { stillAsked } from '@/lib/rounds/rules/legs'
import type { ShelterNeed } from '@/lib/matching/types'
import { crowd } from '../matching/round-crowd'

const need = (over: Partial<ShelterNeed> = {}): ShelterNeed => ({
  id: 'a', cityIds: ['almaty'], districtId: null, nights: { from: '2026-10-10', until: '2026-10-20' }, flexibleNights: 2, adults: 1, childrenAges: [],
  animals: false, stepFree: false, womenOnly: false, allWomen: false, quietWished: false, privateBathWished: false, ownEntranceWished: false,
  languages: [], growth: null, hoursUntilFirstEvening: 48, ...over,
})
const leg = (arrivalId: string, from: string, until: string) => ({ arrivalId, roomId: `room-${from}`, from, until, adults: 1, childrenAges: [], later: 0 })
const plan = (arrivalId: string, kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP', groupId: string | null = null) => ({
  arrivalId, kind, groupId, legs: [leg(arrivalId, '2026-10-10', '2026-10-20')], shiftNights: 0, score: 10, maximum: 20 })
const left = (arrivalId: string, needsDecision: boolean) => ({ arrivalId, reason: 'NOT_FREE' as const, nearest: null, needsDecision, group: null })

describe('how far a round is', () => {
  test('begins at nothing, never goes back from step to step, and ends at a hundred', () => {
    expect(percentDone({ step: null, done: 0, of: 0 })).toBe(0)
    const told = ROUND_STEPS.flatMap((step) => [0, 1, 2, 3].map((done) => percentDone({ step, done, of: 3 })))
    expect(told).toEqual(told.toSorted((one, other) => one - other))
    expect(told.at(-1)).toBe(100)
  })

  test('never goes back in a round of several passes, and tells who is placed meanwhile', () => {
    const words: RoundProgress[] = []
    const result = playRound(crowd({ arrivals: 400, rooms: 100, seed: 7 }), { onProgress: (word) => { words.push(word) } })
    expect(result.certificate.passes.length).toBeGreaterThan(1)
    const begun: RoundProgress = { step: 'READING', done: 0, of: 0, placed: 0 }
    const told = words.reduce((all, word) => [...all, furtherOf(all.at(-1) ?? begun, word)], [begun])
    expect(told.map(percentDone)).toEqual(told.map(percentDone).toSorted((one, other) => one - other))
    expect(told.map(({ placed }) => placed)).toEqual([0, ...words.map(({ placed }) => placed)])
    const firstPass = words.slice(0, words.findIndex(({ step }) => step === 'CERTIFICATE'))
    expect(firstPass.map(percentDone)).toEqual(firstPass.map(percentDone).toSorted((one, other) => one - other))
  })

  test('says nothing of a step that counts nothing, and not more than all of one that counts too far', () => {
    expect(percentDone({ step: 'READING', done: 5, of: 0 })).toBe(0)
    expect(percentDone({ step: 'WRITING', done: 9, of: 3 })).toBe(100)
  })
})

describe('a result as it is stored', () => {
  test('holds a group as one, and the parts in their order', () => {
    const plans = [plan('s', 'SINGLE'), plan('g1', 'GROUP', 'g'), plan('r', 'RELAY'), plan('g2', 'GROUP', 'g'), plan('m', 'SEVERAL_ROOMS')]
    const rows = suggestionsOf({ plans, left: [left('n', false), left('d', true)] }, new Map([['g1', 2], ['g2', 3]]))
    expect(rows.map((row) => [sectionOf(row), row.arrivalIds.join(' '), row.persons])).toEqual([
      ['GROUP', 'g1 g2', 5], ['SEVERAL_ROOMS', 'm', 1], ['RELAY', 'r', 1], ['SINGLE', 's', 1], ['DECISION', 'd', 1], ['NONE', 'n', 1]])
    expect(rows[0]).toMatchObject({ score: 20, maximum: 40, legs: [{ arrivalId: 'g1' }, { arrivalId: 'g2' }] })
  })
})

describe('whether a party still asks for what was found', () => {
  test.each([
    ['the same nights', ['2026-10-10', '2026-10-20'], {}, true],
    ['nights shifted as far as it agreed', ['2026-10-12', '2026-10-22'], {}, true],
    ['nights shifted further', ['2026-10-13', '2026-10-23'], {}, false],
    ['a night fewer', ['2026-10-10', '2026-10-19'], {}, false],
    ['a first night that has passed meanwhile: the lock says so better', ['2026-10-09', '2026-10-19'], {}, true],
    ['nights it no longer wants', ['2026-10-10', '2026-10-20'], { nights: { from: '2026-10-10', until: '2026-10-12' } }, false],
  ])('%s', (_what, [from = '', until = ''], over, expected) => {
    expect(stillAsked([leg('a', from, until)], need(over))).toBe(expected)
  })

  test('a relay asks for the nights of all its legs together', () => {
    const legs = [leg('a', '2026-10-15', '2026-10-20'), leg('a', '2026-10-10', '2026-10-15')]
    expect(stillAsked(legs, need())).toBe(true)
    expect(stillAsked(legs.slice(1), need())).toBe(false)
    expect(stillAsked([], need())).toBe(false)
  })
})
