import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compare, isNeededMore, openPriceBook, priceOf, rankForAll, type PricedRoom } from '@/lib/matching/shadow'
import type { Nights } from '@/lib/time/nights'
import { anyRooms, need, room, run, shuffled } from './build'

/** Three nights of the seven that are free: a stay costs three sevenths of a run. */
const asked = need({ nights: run('10-13', '10-16'), hoursUntilFirstEvening: 24 * 7 })

function priced(id: string, price: number, over: Parameters<typeof room>[0] = {}): PricedRoom {
  return { room: room({ id, free: [run('10-13', '10-20')], ...over }), price }
}

test.each<[string, PricedRoom[], Parameters<typeof room>[0], number]>([
  ['nothing is known', [], {}, 0],
  ['the room and its like cost the same', [priced('room', 70)], {}, 30],
  ['a new room, whose like are known', [priced('a', 70), priced('b', 140)], {}, 45],
  ['half its own price, half that of its like: two rooms and three parts of the city', [priced('room', 0), priced('b', 280)], {}, 30],
  ['other beds: the city alone', [priced('a', 70, { beds: 4 })], {}, 30],
  ['another city', [priced('a', 70, { cityId: 'astana' })], {}, 0],
  ['a room is free for long: a short stay costs little', [priced('room', 70, { free: [run('10-13', '10-20'), run('10-21', '11-25')] })], {}, 6],
])('a price where %s', (_name, rooms, over, expected) => {
  expect(priceOf({ book: openPriceBook(rooms), room: room(over), need: asked })).toBeCloseTo(expected, 9)
})

describe('a price', () => {
  it('follows the weeks of the stay, night by night', () => {
    // the weeks of the book begin on 13 and 20 October 2022
    const book = openPriceBook([
      ...[1, 2, 3, 4, 5, 6].map((index) => priced(`dear-${index}`, 420)),
      ...[1, 2, 3, 4, 5, 6].map((index) => priced(`cheap-${index}`, 0, { free: [run('10-20', '10-27')] })),
    ])
    const at = (nights: Nights) => priceOf({ book, room: room({ id: 'new' }), need: { ...asked, nights } })
    expect(at(run('10-13', '10-15'))).toBeCloseTo(100, 9)
    expect(at(run('10-20', '10-22'))).toBeCloseTo(20, 9)
    expect(at(run('10-19', '10-21'))).toBeCloseTo(60, 9)
  })

  it('falls to nothing towards the first evening', () => {
    const book = openPriceBook([priced('room', 140)]) // 60 for three nights
    const at = (hoursUntilFirstEvening: number) => priceOf({ book, room: room(), need: { ...asked, hoursUntilFirstEvening } })
    expect([0, 84, 168, 1000].map(at)).toEqual([0, 30, 60, 60])
  })

  it('is never negative, never above the dearest for each night, whatever order the rooms are read in', () => {
    const prices = fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(anyRooms(6).chain((rooms) => fc.tuple(fc.constant(rooms), shuffled(rooms))), prices, ([rooms, other], each) => {
        const list = rooms.map((one, index) => ({ room: one, price: each[index] ?? 0 }))
        const again = other.map((one) => list.find(({ room: { id } }) => id === one.id)!)
        for (const one of rooms) {
          const price = priceOf({ book: openPriceBook(list), room: one, need: asked })
          expect(price).toBeGreaterThanOrEqual(0)
          expect(price).toBeLessThanOrEqual(3 * Math.max(0, ...each))
          expect(priceOf({ book: openPriceBook(again), room: one, need: asked })).toBeCloseTo(price, 6)
        }
      }),
    )
  })

  it('cannot be asked for no nights', () => {
    expect(() => priceOf({ book: openPriceBook([]), room: room(), need: need({ nights: run('10-09', '10-09') }) })).toThrow(RangeError)
  })
})

describe('the best for this person and the best for everybody', () => {
  const stepFree = { room: room({ id: 'step-free', stepFree: true, beds: 3 }), score: 80 }
  const plain = { room: room({ id: 'plain' }), score: 70 }
  const book = openPriceBook([{ room: stepFree.room, price: 4000 }, { room: plain.room, price: 0 }])

  it('differ by what it costs the others and the person', () => {
    const compared = compare([stepFree, plain], book, asked)
    expect(compared).toMatchObject({ alone: { room: { id: 'step-free' }, score: 80 }, forAll: { room: { id: 'plain' }, score: 70 }, personLoses: 10 })
    expect(compared?.othersKeep).toBe((compared?.alone.price ?? 0) - (compared?.forAll.price ?? 0))
    expect(compared?.othersKeep).toBeGreaterThan(100)
  })

  it('say when somebody more urgent needs even the room that costs the others least', () => {
    const { forAll } = compare([stepFree], book, asked)!
    expect(forAll.worth).toBeLessThan(0)
    expect([-forAll.worth - 1, -forAll.worth].map((priority) => isNeededMore(forAll, priority))).toEqual([true, false])
  })

  it('are the same where nobody else needs the room', () => {
    const compared = compare([stepFree, plain], openPriceBook([]), asked)
    expect([compared?.alone.room.id, compared?.forAll.room.id, compared?.personLoses, compared?.othersKeep]).toEqual(['step-free', 'step-free', 0, 0])
    expect(compare([], book, asked)).toBeNull()
  })

  it('rank by worth, then by score, then by id', () => {
    const equal = ['b', 'a'].map((id) => ({ room: room({ id }), score: 50 }))
    expect(rankForAll([...equal, { room: room({ id: 'c' }), score: 60 }], openPriceBook([]), asked).map((one) => one.room.id)).toEqual(['c', 'a', 'b'])
  })
})
