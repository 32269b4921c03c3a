import fc from 'fast-check'
import { firstMismatch } from '@/lib/matching/eligibility'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { playRound } from '@/lib/matching/round'
import type { RoundGroup, RoundInput, RoundLeg, RoundNeed, RoundPlan, RoundResult } from '@/lib/matching/round-types'
import { scoreRoom } from '@/lib/matching/score'
import { shiftNeed } from '@/lib/matching/shift'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { countNights, overlaps, subtractRuns } from '@/lib/time/nights'
import { daysBetween } from '@/lib/time/day'
import { anyNeed, anyRoom, need, room, run, shuffled } from './build'

/** A party that waits, worth 100 points, alone and in one room. */
export function waits(over: Partial<ShelterNeed> = {}, asked: Partial<Omit<RoundNeed, 'need'>> = {}): RoundNeed {
  return { need: need(over), priority: 100, groupId: null, splitAllowed: false, relayAllowed: false, ...asked }
}

export function roundOf(over: Partial<RoundInput>): RoundInput {
  return { needs: [], groups: [], rooms: [], apart: { blocked: new Set(), refused: new Set() }, places: {}, policy: DEFAULT_POLICY, ...over }
}

/** Plays a round over few words. */
export function play(over: Partial<RoundInput>): RoundResult {
  return playRound(roundOf(over))
}

/** What the tests say about a plan: who, where, when. */
export function said({ arrivalId, kind, legs }: RoundPlan): string {
  return `${arrivalId} ${kind} ${legs.map(({ roomId, from, until }) => `${roomId} ${from.slice(5)}..${until.slice(5)}`).join(', ')}`
}

/** Facts of a host that all its rooms share, and of a home, as the database joins them. */
function coherent(rooms: readonly RoomOffer[]): RoomOffer[] {
  const hosts = new Map<string, RoomOffer>()
  return rooms.map((one) => {
    const hostId = `host-of-${one.homeId}-${one.hostId}`
    const first = hosts.get(hostId) ?? one
    hosts.set(hostId, first)
    const { hostStays, restNights, staysInRowLimit, rowBreakNights, cityId, shortestStayNights, longestStayNights } = first
    const host = { hostStays, restNights, staysInRowLimit, rowBreakNights, shortestStayNights, longestStayNights }
    return { ...one, ...host, cityId, hostId, homeId: `${hostId}-home`, blocked: false, refused: false }
  })
}

const mostlyPlain = fc.integer({ min: 0, max: 2 }).map((number) => ({ yes: number > 0 }))

/** Rooms in one city that few rules stand against, or wild ones. */
const roomToSpare = fc.tuple(anyRoom, mostlyPlain).map(([wild, { yes }]) => {
  const { id, homeId, beds, free, hostStays, restNights, staysInRowLimit, confirmedDaysAgo, districtId } = wild
  return yes ? room({ id, homeId, beds, free, hostStays, restNights, staysInRowLimit, confirmedDaysAgo, districtId }) : wild
})

const anyWaiting = fc
  .record({
    wild: anyNeed,
    priority: fc.constantFrom(0, 50, 50, 120, 300),
    groupId: fc.constantFrom(null, null, null, 'group-a', 'group-b'),
    splitAllowed: fc.boolean(),
    relayAllowed: fc.boolean(),
  })
  .chain((one) => mostlyPlain.map(({ yes }): RoundNeed => {
    const { wild: { id, nights, flexibleNights, adults, childrenAges, growth }, wild, ...asked } = one
    return { need: yes ? need({ id, nights, flexibleNights, adults, childrenAges, growth, hoursUntilFirstEvening: 200 }) : wild, ...asked }
  }))

const anyGroups = fc
  .tuple(fc.constantFrom('SAME_HOME', 'WITHIN_MINUTES', 'SAME_CITY'), fc.constantFrom('SAME_HOME', 'WITHIN_MINUTES', 'SAME_CITY'), fc.boolean())
  .map(([one, other, partAllowed]) => [
    { id: 'group-a', together: one, partAllowed },
    { id: 'group-b', together: other, partAllowed: !partAllowed },
  ] as RoundGroup[])

/** Rounds in which people compete, hosts rest and pairs stay apart. */
export const anyRound: fc.Arbitrary<RoundInput> = fc
  .record({
    needs: fc.uniqueArray(anyWaiting, { minLength: 3, maxLength: 10, selector: (one) => one.need.id }),
    rooms: fc.uniqueArray(roomToSpare, { minLength: 3, maxLength: 10, selector: (one) => one.id }).map(coherent),
    groups: anyGroups,
    apart: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
  })
  .map(({ needs, rooms, groups, apart }) => {
    const pairs = apart.flatMap(([one, other]) => {
      const [party, room] = [needs[one % Math.max(1, needs.length)], rooms[other % Math.max(1, rooms.length)]]
      return party && room ? [{ blocked: `${party.need.id}:${room.hostId}`, refused: `${party.need.id}:${room.homeId}` }] : []
    })
    return roundOf({
      needs, rooms, groups,
      places: { almaly: { lat: 43.25, lon: 76.93 }, medeu: { lat: 43.24, lon: 76.96 } },
      apart: { blocked: new Set(pairs.slice(0, 1).map((pair) => pair.blocked)), refused: new Set(pairs.slice(1).map((pair) => pair.refused)) },
    })
  })

/** The same round, read in another order. */
export function reordered(round: RoundInput): fc.Arbitrary<RoundInput> {
  return fc.tuple(shuffled(round.needs), shuffled(round.rooms), shuffled(round.groups)).map(([needs, rooms, groups]) => ({ ...round, needs, rooms, groups }))
}

/** The part of a need that a leg answers. */
export function needOfLeg(asked: ShelterNeed, leg: RoundLeg): ShelterNeed {
  const moved = shiftNeed(asked, daysBetween(asked.nights.from, leg.from))
  if (moved === null) throw new RangeError(`a leg in the past: ${leg.arrivalId}`)
  const growth = asked.growth && leg.later > 0 ? { ...asked.growth, persons: leg.later } : null
  return { ...moved, nights: { from: leg.from, until: leg.until }, adults: leg.adults, childrenAges: leg.childrenAges, growth }
}

/** The rooms as a round leaves them, for one arrival. */
export function roomsAfter({ rooms, apart }: RoundInput, { plans }: RoundResult, arrivalId: string): RoomOffer[] {
  const legs = plans.flatMap((plan) => plan.legs)
  const hostOf = (roomId: string) => rooms.find(({ id }) => id === roomId)?.hostId
  return rooms.map((one) => ({
    ...one,
    free: subtractRuns(one.free, legs.filter(({ roomId }) => roomId === one.id)),
    hostStays: [...one.hostStays, ...legs.filter(({ roomId }) => hostOf(roomId) === one.hostId).map(({ from, until }) => ({ from, until }))],
    blocked: apart.blocked.has(`${arrivalId}:${one.hostId}`),
    refused: apart.refused.has(`${arrivalId}:${one.homeId}`),
  }))
}

/** Every fault of a result: rules that a leg breaks beside all other plans, and parties that are not placed whole. */
export function faultsOf(round: RoundInput, { plans, left }: RoundResult): string[] {
  const needs = new Map(round.needs.map((one) => [one.need.id, one]))
  const legs = plans.flatMap((plan) => plan.legs.map((leg) => ({ plan, leg, stay: plan.groupId ?? plan.arrivalId })))
  const broken = legs.flatMap(({ plan, leg, stay }) => {
    const asked = needs.get(plan.arrivalId)
    const offer = round.rooms.find(({ id }) => id === leg.roomId)
    if (!asked || !offer) return [`unknown: ${said(plan)}`]
    const others = legs.filter((one) => one.leg !== leg)
    const inRoom = others.filter((one) => one.leg.roomId === leg.roomId).map((one) => one.leg)
    const stays = new Map<string, { from: string; until: string }>()
    for (const one of others) {
      const sameStay = one.stay === stay && one.leg.from === leg.from && one.leg.until === leg.until
      const sameHost = round.rooms.find(({ id }) => id === one.leg.roomId)?.hostId === offer.hostId
      if (sameHost && !sameStay) stays.set(`${one.stay} ${one.leg.from} ${one.leg.until}`, { from: one.leg.from, until: one.leg.until })
    }
    const room = {
      ...offer,
      free: subtractRuns(offer.free, inRoom),
      hostStays: [...offer.hostStays, ...stays.values()],
      blocked: round.apart.blocked.has(`${plan.arrivalId}:${offer.hostId}`),
      refused: round.apart.refused.has(`${plan.arrivalId}:${offer.homeId}`),
    }
    const failed = firstMismatch(room, needOfLeg(asked.need, leg))
    return failed === null ? [] : [`${failed}: ${said(plan)}`]
  })
  return [...broken, ...plans.flatMap((plan) => faultsOfPlan(needs.get(plan.arrivalId), plan)), ...countFaults(round, { plans, left })]
}

function faultsOfPlan(asked: RoundNeed | undefined, plan: RoundPlan): string[] {
  if (!asked) return []
  const { need: one } = asked
  const [first] = plan.legs
  const nights = plan.legs.reduce((sum, leg) => sum + countNights(leg), 0)
  const shift = first ? daysBetween(one.nights.from, first.from) : 0
  const apartOk = plan.kind === 'RELAY' ? plan.legs.every((leg, index) => index === 0 || plan.legs[index - 1]?.until === leg.from) : plan.legs.every((leg) => leg.from === first?.from)
  const share = plan.kind === 'RELAY' ? 1 : plan.legs.length
  const adults = plan.legs.reduce((sum, leg) => sum + leg.adults, 0)
  return [
    ...(shift === plan.shiftNights && Math.abs(shift) <= one.flexibleNights ? [] : ['shifted too far']),
    ...(nights === countNights(one.nights) * share ? [] : ['not all nights']),
    ...(apartOk ? [] : ['a hole between legs']),
    ...(adults === one.adults * (plan.kind === 'RELAY' ? plan.legs.length : 1) ? [] : ['not everybody']),
    ...(plan.kind === 'RELAY' && (plan.legs.length > 4 || plan.legs.some((leg) => countNights(leg) < 2)) ? ['legs'] : []),
    ...(plan.legs.some((leg) => leg.childrenAges.length > 0 && leg.adults === 0) ? ['a child alone'] : []),
  ].map((fault) => `${fault}: ${said(plan)}`)
}

function countFaults(round: RoundInput, { plans, left }: Pick<RoundResult, 'plans' | 'left'>): string[] {
  const told = [...plans, ...left].map(({ arrivalId }) => arrivalId).sort()
  const asked = round.needs.map(({ need: one }) => one.id).sort()
  const twice = plans.flatMap((plan) => plan.legs).some((leg, index, all) =>
    all.some((other, place) => place > index && other.roomId === leg.roomId && overlaps(other, leg)))
  return [...(JSON.stringify(told) === JSON.stringify(asked) ? [] : ['somebody is lost or told twice']), ...(twice ? ['a night is promised twice'] : [])]
}

/** The nights everybody asks for, and no room has others: nothing is left for a second pass. */
const nights = run('10-09', '10-12')

/** Up to five parties and five rooms of hosts of their own. */
export const anyPass = fc.tuple(
  fc.uniqueArray(anyRoom, { maxLength: 5, selector: ({ id }) => id }),
  fc.array(fc.record({ adults: fc.integer({ min: 1, max: 3 }), animals: fc.boolean(), priority: fc.integer({ min: 0, max: 4 }), wild: anyNeed }), { maxLength: 5 }),
).map(([rooms, parties]) => roundOf({
  rooms: rooms.map((one, index) => room({ ...one, hostId: `host-${index}`, homeId: `home-${index}`, cityId: 'almaty', free: [nights], hostVetted: true, hostPaused: false, homeToVisit: false, blocked: false, refused: false })),
  needs: parties.map(({ adults, animals, priority, wild }, index) => waits({
    id: `party-${index}`, nights, adults, animals, languages: wild.languages, quietWished: wild.quietWished, districtId: wild.districtId,
  }, { priority })),
}))

/** The most weight, then the most points, by trying every assignment. */
export function bestOfPass({ needs, rooms }: Pick<RoundInput, 'needs' | 'rooms'>): { weight: number; score: number } {
  const visit = (index: number, left: readonly RoomOffer[]): { weight: number; score: number } => {
    const party = needs[index]
    if (party === undefined) return { weight: 0, score: 0 }
    const outcomes = left.filter((offer) => firstMismatch(offer, party.need) === null).map((offer) => {
      const rest = visit(index + 1, left.filter((other) => other !== offer))
      return { weight: rest.weight + Math.max(1, party.priority), score: rest.score + scoreRoom({ room: offer, need: party.need, policy: DEFAULT_POLICY }).score }
    })
    return [visit(index + 1, left), ...outcomes].reduce((best, one) => (one.weight - best.weight || one.score - best.score) > 0 ? one : best)
  }
  return visit(0, rooms)
}
