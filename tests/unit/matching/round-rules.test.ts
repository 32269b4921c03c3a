import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesToTry, findSmallestChange } from '@/lib/matching/changes'
import { firstMismatch, type Mismatch } from '@/lib/matching/eligibility'
import { DEFAULT_POLICY as policy } from '@/lib/matching/policy'
import { isRuledOut, numberLanguages, readNeed, readRooms, readStrangers, type NeedFacts, type RoomFacts } from '@/lib/matching/round-facts'
import { findNearest, listLeft } from '@/lib/matching/round-nearest'
import { pointsOf } from '@/lib/matching/round-points'
import { firstFailed } from '@/lib/matching/round-rules'
import { scoreRoom } from '@/lib/matching/score'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { anyNeed, anyRoom, anyRooms, need, room, run } from './build'

const apart = { blocked: new Set<string>(), refused: new Set<string>() }

function inNumbers(rooms: readonly RoomOffer[], asked: ShelterNeed): { rooms: RoomFacts[]; facts: NeedFacts } {
  const toBits = numberLanguages()
  return { rooms: readRooms(rooms, toBits), facts: readNeed(asked, toBits, readStrangers(apart, new Set([asked.id]))) }
}

function pair(offer: RoomOffer, asked: ShelterNeed): { one: RoomFacts; facts: NeedFacts } {
  const { rooms: [one], facts } = inNumbers([offer], asked)
  return { one: one!, facts }
}

/** Needs that often ask for a night too many, and rooms that are often right but for one rule. */
const nearly = fc.record({ wild: anyRoom, asked: anyNeed, plain: fc.boolean() }).map(({ wild, asked, plain }) => ({
  offer: plain ? room({ id: wild.id, beds: 6, free: wild.free, hostStays: wild.hostStays, restNights: wild.restNights, staysInRowLimit: wild.staysInRowLimit }) : wild,
  asked: plain ? need({ id: asked.id, nights: asked.nights, adults: asked.adults, growth: asked.growth }) : asked,
}))

describe('the rules in numbers', () => {
  it('fail as the rules in words, and for the same reason', () => {
    const seen = new Map<Mismatch | null, number>()
    fc.assert(
      fc.property(nearly, ({ offer, asked }) => {
        const { one, facts } = pair(offer, asked)
        const failed = firstMismatch(offer, asked)
        expect(firstFailed(one, facts)).toBe(failed)
        expect(isRuledOut(one, facts) && firstFailed(one, facts) === null).toBe(false)
        seen.set(failed, (seen.get(failed) ?? 0) + 1)
      }),
      { numRuns: 6000 },
    )
    for (const rule of ['NOT_FREE', 'TOO_FEW_BEDS', 'HOST_RESTS', 'TOO_MANY_IN_ROW', null] as const) expect(seen.get(rule) ?? 0).toBeGreaterThan(20)
  })

  it('count stays promised in the round among the stays of the host', () => {
    const promised = fc.record({ from: fc.integer({ min: 0, max: 40 }), nights: fc.integer({ min: 1, max: 6 }) })
    fc.assert(
      fc.property(nearly, promised, ({ offer, asked }, { from, nights }) => {
        const stay = { from: `2022-10-${String((from % 28) + 1).padStart(2, '0')}`, until: `2022-11-${String(nights).padStart(2, '0')}` }
        const { one, facts } = pair(offer, asked)
        const { one: other } = pair({ ...offer, hostStays: [stay] }, asked)
        one.host.promised.push(...other.stays)
        expect(firstFailed(one, facts)).toBe(firstMismatch({ ...offer, hostStays: [...offer.hostStays, stay] }, asked))
      }),
      { numRuns: 2000 },
    )
  })

  it('give the points of the wishes in words wherever the room fits', () => {
    let fitting = 0
    fc.assert(
      fc.property(nearly, ({ offer, asked }) => {
        const { one, facts } = pair(offer, asked)
        if (firstFailed(one, facts) !== null) return
        fitting += 1
        expect(pointsOf(one, facts, policy)).toBe(scoreRoom({ room: offer, need: asked, policy }).score)
      }),
      { numRuns: 6000 },
    )
    expect(fitting).toBeGreaterThan(300)
  })

  it('keep pairs apart by their ids, also ids with a colon', () => {
    const asked = need({ id: 'a:b' })
    const strangers = readStrangers({ blocked: new Set(['a:b:host:1']), refused: new Set(['a:b:home', 'other:home']) }, new Set(['a:b', 'other']))
    const facts = readNeed(asked, numberLanguages(), strangers)
    const [first, second, third] = readRooms([room({ id: '1', hostId: 'host:1' }), room({ id: '2', hostId: 'host:2', homeId: 'home' }), room({ id: '3', homeId: 'far', hostId: 'h' })], numberLanguages())
    expect([first!, second!, third!].map((one) => firstFailed(one, facts))).toEqual(['BLOCKED', 'REFUSED_BEFORE', null])
  })
})

describe('the nearest fix', () => {
  function nearestByForce(rooms: readonly RoomOffer[], asked: ShelterNeed) {
    const free = rooms.filter((offer) => offer.free.length > 0)
    if (free.some((offer) => firstMismatch(offer, asked) === null)) return null
    const found = free.flatMap((offer) => {
      const change = findSmallestChange({ room: offer, need: asked })
      const index = changesToTry({ room: offer, need: asked }).findIndex((one) => JSON.stringify(one) === JSON.stringify(change))
      return change ? [{ roomId: offer.id, change, index }] : []
    })
    found.sort((one, other) => one.index - other.index || (one.roomId < other.roomId ? -1 : 1))
    return found[0] ? { roomId: found[0].roomId, change: found[0].change } : null
  }

  it('is the smallest change over all rooms, found as `changes.ts` would', () => {
    const kinds = new Set<string>()
    fc.assert(
      fc.property(anyRooms(4), anyNeed, fc.boolean(), (rooms, asked, plain) => {
        const offers = plain ? rooms.map((one) => room({ id: one.id, cityId: one.cityId, beds: one.beds, free: one.free, longestStayNights: one.longestStayNights })) : rooms
        const wanted = plain ? need({ id: asked.id, nights: asked.nights, adults: asked.adults, growth: asked.growth, animals: asked.animals }) : asked
        const { rooms: left, facts } = inNumbers(offers, wanted)
        const nearest = findNearest(listLeft(left), facts)
        expect(nearest).toEqual(nearestByForce(offers, wanted))
        if (nearest) kinds.add(nearest.change.kind)
      }),
      { numRuns: 1500 },
    )
    for (const kind of ['COME_LATER', 'LEAVE_EARLIER', 'MORE_BEDS', 'OTHER_CITY', 'HOST_AGREES']) expect(kinds).toContain(kind)
  })

  it('is nothing where no room is, where none is free, and where one fits', () => {
    const one = room({ free: [run('10-09', '10-11')] })
    expect(findNearest(listLeft([]), inNumbers([], need()).facts)).toBeNull()
    expect(findNearest(listLeft(inNumbers([room({ free: [] })], need()).rooms), inNumbers([], need()).facts)).toBeNull()
    expect(findNearest(listLeft(inNumbers([one, room({ id: 'fits' })], need()).rooms), inNumbers([], need()).facts)).toBeNull()
    expect(findNearest(listLeft(inNumbers([one], need()).rooms), inNumbers([], need()).facts)).toEqual({ roomId: 'room', change: { kind: 'LEAVE_EARLIER', nights: 1 } })
  })
})
