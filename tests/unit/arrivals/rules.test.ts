import { describe, expect, it, test } from 'vitest'
import { needOf, type ArrivalFacts } from '@/lib/arrivals/rules/need'
import { deletionDay, effectiveNights, firstNightOf, hoursUntilEvening, waitingNights } from '@/lib/arrivals/rules/nights'
import { pickNickname } from '@/lib/arrivals/rules/nickname'
import { agesText, childrenByGroup } from '@/lib/arrivals/rules/party'
import { readSecret } from '@/lib/arrivals/rules/secret'
import { cancellable, closingOf, destinationOf, stageOf, type LiveState } from '@/lib/arrivals/rules/stay'
import { urgencyOf } from '@/lib/arrivals/rules/urgency'

const ALMATY = 'Asia/Almaty'
const facts: ArrivalFacts = {
  id: 'a', cityIds: ['almaty'], districtId: null, nights: { from: '2026-11-20', until: '2026-11-23' }, flexibleNights: 0,
  adults: 1, childrenAges: [], animals: false, stepFree: false, quietWished: false, privateBathWished: false,
  ownEntranceWished: false, womenOnly: false, womanAlone: false, allWomen: false, languages: [], growth: null,
}
/** 15:00 in Almaty, which is five hours ahead of UTC since March 2024. */
const now = new Date('2026-11-22T10:00:00Z')

describe('nights still needed', () => {
  test.each([
    ['before the first night', '2026-11-19', '2026-11-20', '2026-11-23'],
    ['on the first night', '2026-11-20', '2026-11-20', '2026-11-23'],
    ['a day late', '2026-11-21', '2026-11-21', '2026-11-24'],
    ['long after, over a year’s end', '2026-12-30', '2026-12-30', '2027-01-02'],
  ])('%s', (_name, today, from, until) => {
    expect(effectiveNights(facts, today)).toEqual({ from, until })
  })

  test.each([
    ['today', '2026-11-22'], ['tomorrow', '2026-11-23'], ['2026-11-30', '2026-11-30'], ['2026-11-01', '2026-11-22'],
  ])('a first night asked for as %s', (asked, expected) => {
    expect(firstNightOf(asked, '2026-11-22')).toBe(expected)
  })

  it('deletes 30 days after the last night', () => {
    expect(deletionDay('2026-11-25')).toBe('2026-12-25')
  })
})

describe('the city’s clock', () => {
  test.each([
    ['this afternoon', '2026-11-22', 3], ['tomorrow', '2026-11-23', 27], ['yesterday', '2026-11-21', 0],
  ])('hours until the evening: %s', (_name, day, hours) => {
    expect(hoursUntilEvening({ day, now, timeZone: ALMATY })).toBe(hours)
  })

  it('counts a night of waiting at the city’s midnight, not at UTC’s', () => {
    const since = new Date('2026-11-21T18:30:00Z')
    expect(waitingNights({ since, now: new Date('2026-11-21T18:59:00Z'), timeZone: ALMATY })).toBe(0)
    expect(waitingNights({ since, now: new Date('2026-11-21T19:01:00Z'), timeZone: ALMATY })).toBe(1)
  })
})

describe('the need the matcher gets', () => {
  it('starts today when the nights asked for are over', () => {
    const need = needOf(facts, { now, timeZone: ALMATY })
    expect(need).toMatchObject({ nights: { from: '2026-11-22', until: '2026-11-25' }, hoursUntilFirstEvening: 3 })
  })

  it('counts a woman alone as women only', () => {
    expect(needOf({ ...facts, womanAlone: true }, { now, timeZone: ALMATY }).allWomen).toBe(true)
  })

  test.each([['2026-11-22', { persons: 2, from: '2026-11-21' }], ['2026-11-21', null]])('keeps beds for later comers until %s', (keepUntil, expected) => {
    const growth = { persons: 2, from: '2026-11-21', keepUntil }
    expect(needOf({ ...facts, growth }, { now, timeZone: ALMATY }).growth).toEqual(expected)
  })
})

describe('the queue', () => {
  const urgent = { ...facts, unwell: false, unsafeToReturn: false, brokenPlacement: false, waitingSince: now }

  it('knows who has nowhere to sleep tonight', () => {
    expect(urgencyOf(urgent, { now, timeZone: ALMATY }).nowhereTonight).toBe(true)
    const later = { ...urgent, nights: { from: '2026-11-23', until: '2026-11-24' } }
    expect(urgencyOf(later, { now, timeZone: ALMATY }).nowhereTonight).toBe(false)
  })
})

describe('a name that is nobody’s', () => {
  const lists = { colours: 'Синий, Белый', animals: 'барс,орёл,кулан' }

  it('is the same for the same seed and uses every word', () => {
    const names = new Set(Array.from({ length: 200 }, (_, seed) => pickNickname({ seed: `s${String(seed)}`, ...lists })))
    expect(pickNickname({ seed: 's1', ...lists })).toBe(pickNickname({ seed: 's1', ...lists }))
    expect(names.size).toBe(6)
  })

  it('refuses to be made of nothing', () => {
    expect(() => pickNickname({ seed: 's', colours: ' ', animals: 'барс' })).toThrow(RangeError)
  })
})

describe('a secret that was pasted', () => {
  const token = '0123456789ABCDEFGHJKMNPQRS'
  test.each([
    ['itself', token, token],
    ['the whole link', `https://qonaq.example/ru/stay#${token}`, token],
    ['small letters in groups', ' 01234-56789 abcde-fghjk mnpqrs\n', token],
    ['letters read for digits', 'OI23456789ABCDEFGHJKMNPQRS', token],
    ['a letter short', token.slice(1), null],
    ['nothing', '', null],
    ['a spoken code', 'K7-R2M', null],
    ['a megabyte', 'A'.repeat(1_000_000), null],
  ])('%s', (_name, typed, expected) => {
    expect(readSecret(typed)).toBe(expected)
  })
})

describe('where a request stands', () => {
  const plan = (guestSaidYes: boolean, ...states: LiveState[]) =>
    ({ planId: 'p', deadline: now, guestSaidYes, hostsSaidYes: false,
      homes: states.map((state, index) => ({ state, nights: { from: `2026-11-2${String(index)}`, until: '2026-11-30' } })) }) as unknown as Parameters<typeof stageOf>[0]['plans'][number]

  test.each([
    ['nothing proposed', 'OPEN', [], 'SEARCHING'],
    ['a question', 'OFFERED', [plan(false, 'PROPOSED')], 'PROPOSED'],
    ['waiting for the host', 'OFFERED', [plan(true, 'PROPOSED')], 'WAITING_HOST'],
    ['host and guest agreed, a lead did not yet', 'OFFERED', [{ ...plan(true, 'PROPOSED'), hostsSaidYes: true }], 'AWAITS_LEAD'],
    ['one of two hosts agreed', 'OFFERED', [{ ...plan(true, 'PROPOSED'), hostsSaidYes: true }, plan(true, 'PROPOSED')], 'WAITING_HOST'],
    ['agreed', 'PLACED', [plan(true, 'CONFIRMED')], 'CONFIRMED'],
    ['one of two homes agreed', 'PLACED', [plan(true, 'CONFIRMED', 'PROPOSED')], 'CONFIRMED'],
    ['there, and a question for later', 'PLACED', [plan(true, 'ARRIVED'), plan(false, 'PROPOSED')], 'PROPOSED'],
    ['there', 'PLACED', [plan(true, 'ARRIVED')], 'ARRIVED'],
    ['over', 'CLOSED', [], 'ENDED'],
    ['taken back', 'WITHDRAWN', [], 'ENDED'],
  ] as const)('%s', (_name, state, plans, expected) => {
    expect(stageOf({ state, plans: [...plans], onward: null })).toBe(expected)
  })

  test.each([
    ['nights before an agreed place are asked of another host', [plan(true, 'PROPOSED', 'CONFIRMED')], null, 'WAITING_HOST'],
    ['nights before an agreed place have none', [plan(true, 'CONFIRMED')], '2026-11-18', 'SEARCHING'],
    ['nights before those that are asked have none', [plan(true, 'PROPOSED', 'CONFIRMED')], '2026-11-18', 'SEARCHING'],
    ['nights after an agreed place have none', [plan(true, 'CONFIRMED')], '2026-11-30', 'CONFIRMED'],
    ['nights after the stay they are in have none', [plan(true, 'ARRIVED')], '2026-11-30', 'ARRIVED'],
  ] as const)('does not call a place theirs too early: %s', (_name, plans, from, expected) => {
    const onward = from === null ? null : { from, until: '2026-12-05' }
    expect(stageOf({ state: 'PLACED', plans: [...plans], onward })).toBe(expected)
  })

  it('counts where people went', () => {
    expect(destinationOf('OWN_RENT')).toBe('SETTLED')
    expect(destinationOf('NEXT_HOST')).toBe('TEMPORARY')
    expect(destinationOf('SAFETY')).toBe('UNKNOWN')
  })
})

it('sorts ages into their groups, the limits included', () => {
  expect(childrenByGroup([0, 2, 3, 6, 7, 12, 13, 17])).toEqual({ children0: 2, children3: 2, children7: 2, children13: 2 })
})

test.each([
  [[], ''],
  [[5], '3–6'],
  [[15, 1, 10, 5], '0–2, 3–6, 7–12, 13–17'],
  [[5, 5, 10, 5], '3–6 × 3, 7–12'],
])('ages %j are said by group, never the middle that is stored', (ages, text) => {
  expect(agesText(ages)).toBe(text)
})

describe('what a guest may take back', () => {
  const home = (placementId: string, state: LiveState) => ({ placementId, state })
  const plans = (...homes: ReturnType<typeof home>[]) => ({ plans: [{ homes }] }) as unknown as Parameters<typeof cancellable>[0]
  const [first, second, here] = [home('p1', 'CONFIRMED'), home('p2', 'CONFIRMED'), home('p3', 'ARRIVED')]

  test.each([
    ['the stay that was pressed, not the first one', plans(first, second), 'p2', ['p2'], false],
    ['every agreed stay when none was pressed', plans(first, second), undefined, ['p1', 'p2'], false],
    ['every agreed stay when what was pressed is gone', plans(first, second), 'p9', ['p1', 'p2'], false],
    ['not the stay that runs, of which closing the request must warn', plans(here, second), 'p3', ['p2'], true],
    ['no proposal', plans(home('p4', 'PROPOSED')), 'p4', [], false],
  ])('is %s', (_name, view, asked, ids, there) => {
    const { homes, there: isThere } = cancellable(view, asked)
    expect(homes.map(({ placementId }) => placementId)).toEqual(ids)
    expect(isThere).toBe(there)
  })
})

test.each([
  ['WITHDRAWN', { state: 'DEPARTED', side: 'GUEST' }, 'WITHDRAWN'],
  ['CLOSED', { state: 'DEPARTED', side: 'HOST' }, 'DEPARTED'],
  ['CLOSED', { state: 'NOT_ARRIVED', side: 'COORDINATOR' }, 'NOT_ARRIVED'],
  ['CLOSED', { state: 'DECLINED', side: 'GUEST' }, 'NO_NEED'],
  ['CLOSED', { state: 'DECLINED', side: 'HOST' }, 'OTHER'],
  ['CLOSED', { state: 'CANCELLED', side: 'GUEST' }, 'OTHER'],
  ['CLOSED', null, 'OTHER'],
] as const)('a request %s after %j says %s', (state, lastEnd, closing) => {
  expect(closingOf({ state, lastEnd })).toBe(closing)
})
