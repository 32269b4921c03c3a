import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { DEFAULT_POLICY, type Policy } from '@/lib/matching/policy'
import { replay, type DayLeg, type MatchOfDay, type Past, type PastOutcome, type PastParty, type PastRoom } from '@/lib/matching/rehearsal'
import { matchByRound, playBoth } from '@/lib/matching/rehearsal-day'
import { addUp, kindsOf } from '@/lib/matching/rehearsal-figures'
import type { RoomOffer } from '@/lib/matching/types'
import { addDays } from '@/lib/time/day'
import { covers, overlaps } from '@/lib/time/nights'
import { anyNeed, anyRooms, need, room, run, shuffled } from './build'

const DAYS = run('10-09', '10-16')
const CALM = { illness: false, dangerOnReturn: false }

function played(past: Past, { policy = DEFAULT_POLICY, match = matchByRound }: { policy?: Policy; match?: MatchOfDay } = {}): PastOutcome[] {
  const days = replay(past, { policy, match })
  for (;;) {
    const next = days.next()
    if (next.done === true) return next.value
  }
}

function party(over: Partial<PastParty> = {}): PastParty {
  return { need: need(), askedOn: '2022-10-09', gaveUpOn: null, urgency: CALM, ...over }
}

function past(parties: PastParty[], rooms: PastRoom[] = [{ offer: room(), since: '2022-09-01' }]): Past {
  return { days: DAYS, parties, rooms, blocked: new Set() }
}

const priority = (over: Partial<Policy['priority']>): Policy => ({ ...DEFAULT_POLICY, priority: { ...DEFAULT_POLICY.priority, ...over } })
const anyWeights: fc.Arbitrary<Policy> = fc.record({
  wishes: fc.integer({ min: 0, max: 100 }), urgent: fc.integer({ min: 0, max: 2_000 }), rested: fc.integer({ min: 1, max: 20 }),
}).map(({ wishes, urgent, rested }) => ({
  ...priority({ CHILDREN_OR_ILLNESS: urgent, NOWHERE_TONIGHT: 2_000 - urgent }),
  wishes: { ...DEFAULT_POLICY.wishes, RIGHT_SIZE: wishes, HOST_RESTED: 100 - wishes },
  scales: { ...DEFAULT_POLICY.scales, restedNights: rested },
}))
const anyDay = fc.integer({ min: -3, max: 9 }).map((count) => addDays(DAYS.from, count))
const anyParty: fc.Arbitrary<PastParty> = fc.record({
  need: anyNeed, askedOn: anyDay, gaveUpOn: fc.option(anyDay), urgency: fc.record({ illness: fc.boolean(), dangerOnReturn: fc.boolean() }),
})
/** Stays are a host's: all rooms of a host tell the same ones. */
function sharingStays(rooms: RoomOffer[]): RoomOffer[] {
  const staysOf = new Map(rooms.map(({ hostId, hostStays }) => [hostId, hostStays]))
  return rooms.map((one) => ({ ...one, hostStays: staysOf.get(one.hostId) ?? [] }))
}
const anyPast: fc.Arbitrary<Past> = fc.record({
  days: fc.constant(DAYS),
  parties: fc.uniqueArray(anyParty, { maxLength: 12, selector: (one) => one.need.id }),
  rooms: anyRooms(8).map(sharingStays).chain((rooms) => fc.tuple(...rooms.map((offer) => fc.record({ offer: fc.constant(offer), since: anyDay })))),
  blocked: fc.constant(new Set<string>()),
})

function legsOf(outcomes: readonly PastOutcome[]): DayLeg[] {
  return outcomes.flatMap(({ legs }) => legs)
}

const byId = (outcomes: readonly PastOutcome[]) => outcomes.toSorted((one, other) => (one.party.need.id < other.party.need.id ? -1 : 1))

describe('days played again', () => {
  it('give the same outcome for the same weights, whatever they are called', () => {
    fc.assert(fc.property(anyPast, anyWeights, (days, policy) => {
      expect(addUp(played(days, { policy: { ...policy, name: 'draft', version: 9 } }))).toEqual(addUp(played(days, { policy })))
    }), { numRuns: 200 })
  })

  it('promise no night twice, none that is not on offer, and nothing before it was asked', () => {
    fc.assert(fc.property(anyPast, anyWeights, (days, policy) => {
      const outcomes = played(days, { policy })
      const legs = legsOf(outcomes)
      legs.forEach((leg, index) => {
        const offered = days.rooms.find(({ offer }) => offer.id === leg.roomId)
        expect(offered?.offer.free.some((free) => covers(free, leg))).toBe(true)
        expect(legs.slice(index + 1).filter((other) => other.roomId === leg.roomId && overlaps(leg, other))).toEqual([])
      })
      for (const { party: { askedOn, gaveUpOn }, legs: own } of outcomes) {
        for (const { from } of own) expect(from >= askedOn && (gaveUpOn === null || gaveUpOn > DAYS.from)).toBe(true)
      }
    }), { numRuns: 300 })
  })

  it('depend on no order', () => {
    fc.assert(fc.property(anyPast.chain((days) => fc.tuple(fc.constant(days), shuffled(days.parties), shuffled(days.rooms))), ([days, parties, rooms]) => {
      expect(byId(played({ ...days, parties, rooms }))).toEqual(byId(played(days)))
    }), { numRuns: 200 })
  })

  it('leave the snapshot as it was', () => {
    const days = past([party()])
    const before = structuredClone(days)
    played(days)
    expect(days).toEqual(before)
  })

  it('put whom the weights put first into the only room', () => {
    const family = party({ need: need({ id: 'family', adults: 1, childrenAges: [4], nights: run('10-09', '10-16') }) })
    const longWaiting = party({ need: need({ id: 'alone', adults: 1, nights: run('10-09', '10-16') }), askedOn: '2022-10-01' })
    const days = past([family, longWaiting], [{ offer: room({ free: [run('10-09', '10-16')] }), since: '2022-09-01' }])
    expect(legsOf(played(days)).map(({ arrivalId }) => arrivalId)).toEqual(['family'])
    expect(legsOf(played(days, { policy: priority({ CHILDREN_OR_ILLNESS: 0, PERSONS: 0 }) })).map(({ arrivalId }) => arrivalId)).toEqual(['alone'])
  })

  test.each<[string, Partial<PastParty>, Partial<PastRoom>, number, string | null]>([
    ['a room from the first day', {}, {}, 0, '2022-10-09'],
    ['a room offered two days later', {}, { since: '2022-10-11' }, 2, '2022-10-11'],
    ['a room too late for anybody', {}, { since: '2022-10-16' }, 7, null],
    ['a party that gave up before', { gaveUpOn: '2022-10-11' }, { since: '2022-10-11' }, 2, null],
    ['nights asked for ahead', { need: need({ nights: run('10-12', '10-14') }) }, {}, 0, '2022-10-12'],
    ['a party that had waited before the days began', { askedOn: '2022-10-01', need: need({ nights: run('10-01', '10-04') }) }, {}, 8, '2022-10-09'],
  ])('count the wait for %s', (_name, asked, offered, waited, from) => {
    const [outcome] = played(past([party(asked)], [{ offer: room(), since: '2022-09-01', ...offered }]))
    expect([outcome?.waitedNights, outcome?.legs[0]?.from ?? null]).toEqual([waited, from])
  })

  it('keep those apart who must not meet', () => {
    const days = { ...past([party()]), blocked: new Set(['arrival:host']) }
    expect(legsOf(played(days))).toEqual([])
  })

  it('count a relay as one party with its moves', () => {
    const halves = [room({ id: 'a', homeId: 'home-a', hostId: 'host-a', free: [run('10-09', '10-14')] }),
      room({ id: 'b', homeId: 'home-b', hostId: 'host-b', free: [run('10-14', '10-20')] })]
    const days = past([party({ need: need({ nights: run('10-09', '10-19') }) })], halves.map((offer) => ({ offer, since: '2022-09-01' })))
    expect(addUp(played(days)).all).toMatchObject({ sheltered: 2, nights: 20, moves: 1, split: 0 })
  })

  it('are played for both sides, each day told once', () => {
    const told: number[] = []
    const sides = playBoth({ past: past([party()]), inForce: DEFAULT_POLICY, draft: priority({ PERSONS: 0 }) }, (count) => told.push(count))
    expect(told).toEqual(Array.from({ length: 14 }, (_, index) => index + 1))
    expect(sides.inForce).toEqual(sides.draft)
    expect(sides.inForce.all).toMatchObject({ parties: 1, sheltered: 2, waitMedian: 0 })
  })

  it('stop a match that promises what is not free', () => {
    const twice: MatchOfDay = ({ parties }) => parties.map(({ need: { id, nights } }) => ({ arrivalId: id, roomId: 'room', ...nights, persons: 2 }))
    expect(() => played(past([party(), party({ need: need({ id: 'other' }) })]), { match: twice })).toThrow(RangeError)
  })
})

describe('figures', () => {
  const outcome = (id: string, over: Partial<PastOutcome> = {}): PastOutcome => ({
    party: party({ need: need({ id }) }), waitedNights: 0, legs: [{ arrivalId: id, roomId: 'a', ...run('10-09', '10-12'), persons: 2 }], ...over,
  })

  it('count persons, their nights, moves and split parties', () => {
    const relay = outcome('relay', { legs: [
      { arrivalId: 'relay', roomId: 'a', ...run('10-09', '10-10'), persons: 2 }, { arrivalId: 'relay', roomId: 'b', ...run('10-10', '10-12'), persons: 2 }] })
    const split = outcome('split', { legs: [
      { arrivalId: 'split', roomId: 'a', ...run('10-09', '10-12'), persons: 1 }, { arrivalId: 'split', roomId: 'b', ...run('10-09', '10-12'), persons: 1 }] })
    const none = outcome('none', { legs: [], waitedNights: 7 })
    expect(addUp([outcome('one'), relay, split, none]).all).toEqual(
      { parties: 4, sheltered: 6, nights: 18, waitMedian: 0, waitLong: 7, moves: 1, split: 1 })
  })

  test.each([
    [[], 0, 0], [[3], 3, 3], [[1, 2], 1, 2], [[1, 2, 3], 2, 3], [Array.from({ length: 100 }, (_, index) => index + 1), 50, 95],
  ])('of the waits %j are their middle and their long end', (waits, waitMedian, waitLong) => {
    const outcomes = waits.map((waitedNights, index) => outcome(String(index), { waitedNights })).toReversed()
    expect(addUp(outcomes).all).toMatchObject({ waitMedian, waitLong })
  })

  test.each([[4, false], [5, true]])('of %i parties of a kind are shown: %s', (count, shown) => {
    const kinds = addUp(Array.from({ length: count }, (_, index) => outcome(String(index)))).kinds
    expect(kinds.TWO !== null).toBe(shown)
    expect(kinds.FAMILY).toBeNull()
  })

  test.each([
    ['a woman alone', { adults: 1, allWomen: true }, ['WOMAN_ALONE']],
    ['one person', { adults: 1 }, ['ONE']],
    ['two women', { adults: 2, allWomen: true }, ['TWO']],
    ['a mother with a child and a cat', { adults: 1, childrenAges: [2], allWomen: true, animals: true }, ['FAMILY', 'WITH_ANIMAL']],
    ['three, one of them in a wheelchair', { adults: 3, stepFree: true }, ['MORE', 'STEP_FREE']],
  ])('know %s', (_name, over, kinds) => {
    expect(kindsOf(need(over))).toEqual(kinds)
  })
})
