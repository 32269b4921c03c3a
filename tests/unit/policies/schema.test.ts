import { describe, expect, it, test } from 'vitest'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { changesOf } from '@/lib/policies/rules'
import { draftSchema, rehearseSchema } from '@/lib/policies/schema'

const { wishes, priority, scales } = DEFAULT_POLICY
const { unknownAnswerRate: _rate, ...wholeScales } = scales
const text = (numbers: Readonly<Record<string, number>>) => Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)]))
const form = (over: Record<string, string> = {}) => ({
  cityId: 'almaty', basedOn: '1', name: 'Сначала дети', ...text({ ...wishes, ...priority, ...wholeScales }), unknownAnswerPercent: '75', ...over,
})
const zeros = (names: Readonly<Record<string, number>>) => Object.fromEntries(Object.keys(names).map((name) => [name, '0']))

function codes(over: Record<string, string>): [string, string][] {
  const { error } = draftSchema.safeParse(form(over))
  return (error?.issues ?? []).map(({ path, message }) => [String(path[0]), message])
}

describe('weights as they are typed', () => {
  it('come out as they are kept', () => {
    expect(draftSchema.parse(form())).toEqual({ cityId: 'almaty', basedOn: 1, name: 'Сначала дети', weights: { wishes, priority, scales } })
  })

  test.each<[string, Record<string, string>, [string, string][]]>([
    ['nothing for a wish', { QUIET: '0' }, []],
    ['the most of a wish', { QUIET: '100' }, []],
    ['more than the most of a wish', { QUIET: '101' }, [['QUIET', 'NUMBER_INVALID']]],
    ['the most of an urgency', { PERSONS: '10000' }, []],
    ['more than the most of an urgency', { PERSONS: '10001' }, [['PERSONS', 'NUMBER_INVALID']]],
    ['less than nothing', { QUIET: '-1' }, [['QUIET', 'NUMBER_INVALID']]],
    ['half a point', { QUIET: '0.5' }, [['QUIET', 'NUMBER_INVALID']]],
    ['words', { QUIET: 'много' }, [['QUIET', 'NUMBER_INVALID']]],
    ['a scale of nothing', { waitingNights: '0' }, [['waitingNights', 'NUMBER_INVALID']]],
    ['a share of one of a hundred', { unknownAnswerPercent: '1' }, []],
    ['more than all', { unknownAnswerPercent: '101' }, [['unknownAnswerPercent', 'NUMBER_INVALID']]],
    ['no name', { name: ' ' }, [['name', 'TEXT_EMPTY']]],
    ['no wish at all', zeros(wishes), [['RIGHT_SIZE', 'WISHES_ALL_ZERO']]],
    ['no urgency at all', zeros(priority), [['NOWHERE_TONIGHT', 'PRIORITY_ALL_ZERO']]],
  ])('%s', (_name, over, expected) => {
    expect(codes(over)).toEqual(expected)
  })

  it('take no field nobody knows', () => {
    expect(draftSchema.safeParse(form({ NATIONALITY: '5' })).success).toBe(false)
  })

  it('are rehearsed over a week or a month', () => {
    const draftId = '018f0000-0000-7000-8000-000000000000'
    expect(rehearseSchema.parse({ draftId, days: '30' })).toEqual({ draftId, days: 30 })
    expect(rehearseSchema.safeParse({ draftId, days: '365' }).success).toBe(false)
  })
})

describe('what a draft changes', () => {
  it('is nothing where nothing differs', () => {
    expect(changesOf(DEFAULT_POLICY, DEFAULT_POLICY)).toEqual([])
  })

  it('is named with both values, wishes first', () => {
    const after = { wishes: { ...wishes, QUIET: 9 }, priority: { ...priority, PERSONS: 0 }, scales: { ...scales, staleDays: 3 } }
    expect(changesOf(DEFAULT_POLICY, after)).toEqual([
      { weight: 'QUIET', from: 5, to: 9 }, { weight: 'PERSONS', from: 50, to: 0 }, { weight: 'staleDays', from: 14, to: 3 },
    ])
  })
})
