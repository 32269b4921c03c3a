import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { findMismatches } from '@/lib/matching/eligibility'
import { joiningLater, partySize } from '@/lib/matching/party'
import { findSeveralRooms, needOfShare, splitOverRooms, type SeveralRooms } from '@/lib/matching/several-rooms'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { anyNeed, anyRoom, need, room, shuffled } from './build'

function roomsOf(...beds: number[]): RoomOffer[] {
  return beds.map((count, index) => room({ id: `room-${index}`, beds: count }))
}

/** Who sleeps where: [beds, adults, children, later] per room. */
function seating(split: SeveralRooms | null): number[][] | undefined {
  return split?.shares.map(({ room: { beds }, adults, childrenAges, later }) => [beds, adults, childrenAges.length, later])
}

test.each<[string, number[], Partial<ShelterNeed>, number[][] | undefined]>([
  ['a family of five in two rooms', [2, 3], { adults: 2, childrenAges: [8, 3, 0] }, [[3, 1, 2, 0], [2, 1, 1, 0]]],
  ['a family of five where one room is enough', [2, 3, 5], { adults: 2, childrenAges: [8, 3, 0] }, [[5, 2, 3, 0]]],
  ['a family of five that wastes no bed', [4, 3, 2], { adults: 2, childrenAges: [8, 3, 0] }, [[3, 1, 2, 0], [2, 1, 1, 0]]],
  ['a mother with three children, who stay with her', [3, 3, 2], { adults: 1, childrenAges: [9, 7, 5] }, undefined],
  ['a mother with three children in one room', [3, 4], { adults: 1, childrenAges: [9, 7, 5] }, [[4, 1, 3, 0]]],
  ['five friends, one bed short', [2, 2], { adults: 5 }, undefined],
  ['five friends on the last bed', [2, 2, 1], { adults: 5 }, [[2, 2, 0, 0], [2, 2, 0, 0], [1, 1, 0, 0]]],
  ['a couple whose sons come later', [2, 2], { adults: 2, growth: { persons: 2, from: '2022-10-10' } }, [[2, 1, 0, 1], [2, 1, 0, 1]]],
  ['a writer whose wife and son come later, who cannot hold a room in which nobody sleeps', [1, 2], { adults: 1, growth: { persons: 2, from: '2022-10-10' } }, undefined],
  ['a father with two children and one bed beside him', [2, 1, 2], { adults: 1, childrenAges: [2, 4] }, undefined],
  ['no rooms at all', [], {}, undefined],
])('%s', (_name, beds, over, expected) => {
  expect(seating(splitOverRooms({ rooms: roomsOf(...beds), need: need(over) }))).toEqual(expected)
})

describe('several rooms', () => {
  it('all pass every other rule: a room that is taken, or needs other people, does not count', () => {
    const rooms = [room({ id: 'a' }), room({ id: 'b', free: [] }), room({ id: 'c', womenOnlyGuests: true })]
    expect(splitOverRooms({ rooms, need: need({ adults: 3 }) })).toBeNull()
  })

  it('say who sleeps where by age, the youngest where most beds are', () => {
    const split = splitOverRooms({ rooms: roomsOf(3, 2), need: need({ adults: 2, childrenAges: [8, 0, 3] }) })
    expect(split?.shares.map(({ childrenAges }) => childrenAges)).toEqual([[0, 3], [8]])
  })

  it('of equal rooms take the smaller ids', () => {
    const rooms = ['d', 'b', 'c', 'a'].map((id) => room({ id }))
    expect(splitOverRooms({ rooms, need: need({ adults: 4 }) })?.shares.map((share) => share.room.id)).toEqual(['a', 'b'])
  })

  it('belong to one home; two homes at once are our bug', () => {
    const rooms = [room({ homeId: 'one' }), room({ id: 'other', homeId: 'two' })]
    expect(() => splitOverRooms({ rooms, need: need() })).toThrow(RangeError)
  })

  it('are found home by home, the fewest rooms and the fewest empty beds first', () => {
    const rooms = [
      ...[1, 1, 2].map((beds, index) => room({ id: `many-${index}`, homeId: 'many', beds })),
      ...[2, 3].map((beds, index) => room({ id: `wasteful-${index}`, homeId: 'wasteful', beds })),
      ...[2, 2].map((beds, index) => room({ id: `exact-${index}`, homeId: 'exact', beds })),
      room({ id: 'alone', homeId: 'small', beds: 3 }),
    ]
    const found = findSeveralRooms({ rooms, need: need({ adults: 4 }), limit: 10 })
    expect(found.map(({ homeId, sparedBeds }) => [homeId, sparedBeds])).toEqual([
      ['exact', 0],
      ['wasteful', 1],
      ['many', 0],
    ])
    expect(findSeveralRooms({ rooms, need: need({ adults: 4 }), limit: 1 })).toEqual(found.slice(0, 1))
  })

  it('place sixteen colleagues on a floor of mattresses and in rooms of every size in a blink', () => {
    const hall = Array.from({ length: 50 }, (_, index) => room({ id: `place-${index}`, beds: 1 + (index % 10) }))
    expect(splitOverRooms({ rooms: hall, need: need({ adults: 50 }) })?.shares).toHaveLength(5)
    const mattresses = Array.from({ length: 16 }, (_, index) => room({ id: `place-${index}`, beds: 1 }))
    expect(splitOverRooms({ rooms: mattresses, need: need({ adults: 16 }) })?.sparedBeds).toBe(0)
  })
})

describe('laws of several rooms, against trying every choice', () => {
  /** Whether some seating of the party in these rooms keeps every child beside an adult; tries them all. */
  function canSeat(beds: readonly number[], party: { adults: number; children: number; later: number }): boolean {
    const [first, ...rest] = beds
    if (first === undefined) return party.adults + party.children + party.later === 0
    for (let adults = 0; adults <= Math.min(first, party.adults); adults += 1) {
      for (let children = 0; children <= Math.min(first - adults, adults > 0 ? party.children : 0); children += 1) {
        const later = Math.min(first - adults - children, party.later)
        const left = { adults: party.adults - adults, children: party.children - children, later: party.later - later }
        if (canSeat(rest, left)) return true
      }
    }
    return false
  }

  function bestByForce(rooms: readonly RoomOffer[], asked: ShelterNeed): { count: number; beds: number } | null {
    const open = rooms.filter((offer) => findMismatches(offer, asked).every((rule) => rule === 'TOO_FEW_BEDS'))
    const party = { adults: asked.adults, children: asked.childrenAges.length, later: joiningLater(asked) }
    const choices = Array.from({ length: 2 ** open.length }, (_, bits) => open.filter((_room, index) => (bits >> index) & 1))
    const outcomes = choices
      .map((choice) => choice.map(({ beds }) => beds))
      .filter((beds) => beds.length <= asked.adults && canSeat(beds, party))
      .map((beds) => ({ count: beds.length, beds: beds.reduce((sum, one) => sum + one, 0) }))
    return outcomes.sort((one, other) => one.count - other.count || one.beds - other.beds)[0] ?? null
  }

  const anyHome = fc
    .uniqueArray(fc.tuple(anyRoom, fc.integer({ min: 1, max: 4 }), fc.boolean()), { maxLength: 6, selector: ([{ id }]) => id })
    .map((rooms) => rooms.map(([wild, beds, plain]) => (plain ? room({ id: wild.id, beds }) : { ...wild, homeId: 'home' })))
  const anyParty = fc.record({ wild: anyNeed, nights: fc.boolean() }).map(({ wild, nights }) => ({
    ...(nights ? need() : wild),
    adults: wild.adults,
    childrenAges: wild.childrenAges,
    growth: wild.growth,
  }))

  it('the fewest rooms with the fewest beds are found whenever there are any', () => {
    let split = 0
    fc.assert(
      fc.property(anyHome, anyParty, (rooms, asked) => {
        const found = splitOverRooms({ rooms, need: asked })
        const best = bestByForce(rooms, asked)
        const beds = found?.shares.reduce((sum, share) => sum + share.room.beds, 0)
        expect(found && { count: found.shares.length, beds }).toEqual(best)
        split += Number((best?.count ?? 0) > 1)
      }),
      { numRuns: 500 },
    )
    expect(split).toBeGreaterThan(20)
  })

  it('everybody sleeps once, in a bed, an adult in every room from the first night', () => {
    fc.assert(
      fc.property(anyHome, anyParty, (rooms, asked) => {
        const found = splitOverRooms({ rooms, need: asked })
        if (found === null) return
        const { shares } = found
        expect(shares.reduce((sum, { adults }) => sum + adults, 0)).toBe(asked.adults)
        expect(shares.flatMap(({ childrenAges }) => childrenAges).sort()).toEqual(asked.childrenAges.toSorted())
        expect(shares.reduce((sum, { later }) => sum + later, 0)).toBe(joiningLater(asked))
        for (const { room: offer, adults, childrenAges, later } of shares) {
          const persons = adults + childrenAges.length + later
          expect(adults).toBeGreaterThanOrEqual(1)
          expect(persons).toBeLessThanOrEqual(offer.beds)
        }
        const beds = shares.reduce((sum, share) => sum + share.room.beds, 0)
        expect(found.sparedBeds).toBe(beds - partySize(asked) - joiningLater(asked))
      }),
      { numRuns: 500 },
    )
  })

  it('each room fits the part of the party that sleeps in it', () => {
    fc.assert(
      fc.property(anyHome, anyParty, (rooms, asked) => {
        for (const share of splitOverRooms({ rooms, need: asked })?.shares ?? []) {
          expect(findMismatches(share.room, needOfShare({ need: asked, share }))).toEqual([])
        }
      }),
      { numRuns: 500 },
    )
  })

  it('the order of the rooms and of the children does not matter', () => {
    const anyOrder = anyHome.chain((rooms) => fc.tuple(fc.constant(rooms), shuffled(rooms)))
    fc.assert(
      fc.property(anyOrder, anyParty, ([rooms, others], asked) => {
        const turned = { ...asked, childrenAges: asked.childrenAges.toReversed() }
        expect(splitOverRooms({ rooms: others, need: turned })).toEqual(splitOverRooms({ rooms, need: asked }))
      }),
    )
  })
})
