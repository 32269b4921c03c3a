import { describe, expect, test } from 'vitest'
import { certify } from '@/lib/matching/optimum/certificate'
import { solveOptimum, type Optimum } from '@/lib/matching/optimum/solver'
import { edgesOf, mediumWorld } from './optimum-worlds'

const { rows, rooms } = mediumWorld({ seed: 3, arrivals: 60, rooms: 20, choices: 6 })
const edges = edgesOf(rows, rooms)

/** A true optimum, changed by hand. */
function planted(change: (optimum: Optimum) => Partial<Optimum>): Optimum {
  const optimum = solveOptimum(edges)
  return { ...optimum, ...change(optimum) }
}

/** The optimum without its last arrival, sums and all. */
function oneTooFew(optimum: Optimum): Partial<Optimum> {
  const arrival = optimum.roomOf.findLastIndex((room) => room >= 0)
  const roomOf = optimum.roomOf.with(arrival, -1)
  const { weight, fits } = rows[arrival]!
  return {
    roomOf,
    assigned: optimum.assigned - 1,
    weight: optimum.weight - weight,
    fit: optimum.fit - fits.get(optimum.roomOf[arrival]!)!,
  }
}

describe('the certificate', () => {
  test('proves a true optimum', () => {
    const optimum = solveOptimum(edges)
    const worth = optimum.big * optimum.weight + optimum.fit
    expect(certify(edges, optimum)).toEqual({ primal: worth, dual: worth, gap: 0, weightGap: 0 })
  })

  test('does not prove an assignment that leaves somebody out, and says how much weight may be missing', () => {
    const optimum = planted(oneTooFew)
    const missing = solveOptimum(edges).weight - optimum.weight
    const { gap, weightGap } = certify(edges, optimum)
    expect(gap).toBeGreaterThan(0)
    expect(weightGap).toBe(missing)
  })

  test('does not prove with any one price lower: the solver raises none further than the proof needs', () => {
    const optimum = solveOptimum(edges)
    const costly = Array.from(optimum.prices.keys()).filter((room) => optimum.prices[room]! > 0)
    expect(costly.length).toBeGreaterThan(rooms / 2)
    const gaps = costly.map((room) => certify(edges, { ...optimum, prices: optimum.prices.with(room, optimum.prices[room]! - 1) }).gap)
    expect(Math.min(...gaps)).toBeGreaterThan(0)
  })

  test('does not prove with a price on a room that nobody has', () => {
    const spare = edgesOf([...rows, { weight: 1, fits: new Map() }], rooms + 1)
    const optimum = solveOptimum(spare)
    expect(optimum.prices[rooms]).toBe(0)
    expect(certify(spare, { ...optimum, prices: optimum.prices.with(rooms, 1) }).gap).toBeGreaterThan(0)
  })

  test('does not prove with no prices at all, where somebody goes without', () => {
    expect(certify(edges, planted(({ prices }) => ({ prices: prices.map(() => 0) }))).gap).toBeGreaterThan(0)
  })

  const someRoom = ({ roomOf }: Optimum) => roomOf.find((room) => room >= 0)!
  const someone = ({ roomOf }: Optimum) => roomOf.findIndex((room) => room >= 0)
  const notTheirs = ({ roomOf }: Optimum) => {
    const arrival = rows.findIndex(({ fits }, index) => roomOf[index] === -1 && fits.size > 0)
    const free = Array.from({ length: rooms }, (_, room) => room).find((room) => !rows[arrival]!.fits.has(room))!
    return roomOf.map((room, index) => (index === arrival ? free : room === free ? -1 : room))
  }

  test.each<[string, (optimum: Optimum) => Partial<Optimum>, string]>([
    ['a room given twice', (optimum) => ({ roomOf: optimum.roomOf.map((room) => (room === -1 ? someRoom(optimum) : room)) }), 'given twice'],
    ['a room that is not there', (optimum) => ({ roomOf: optimum.roomOf.with(someone(optimum), rooms) }), `no room ${rooms}`],
    ['a room below zero', (optimum) => ({ roomOf: optimum.roomOf.with(someone(optimum), -2) }), 'no room -2'],
    ['a room the arrival cannot have', (optimum) => ({ roomOf: notTheirs(optimum) }), 'cannot have room'],
    ['one answer too few', ({ roomOf }) => ({ roomOf: roomOf.slice(1) }), '59 answers for 60 arrivals'],
    ['one price too few', ({ prices }) => ({ prices: prices.slice(1) }), '19 prices for 20 rooms'],
    ['a sum of weight that is not true', ({ weight }) => ({ weight: weight + 1 }), 'should be'],
    ['a sum of fit that is not true', ({ fit }) => ({ fit: fit - 1 }), 'should be'],
    ['a number of people that is not true', ({ assigned }) => ({ assigned: assigned + 1 }), 'should be'],
    ['a price below zero', ({ prices }) => ({ prices: prices.with(0, -1) }), 'price -1 of room 0'],
    ['a price that is no whole number', ({ prices }) => ({ prices: prices.with(0, 0.5) }), 'price 0.5 of room 0'],
    ['a price that is no number', ({ prices }) => ({ prices: prices.with(0, NaN) }), 'price NaN of room 0'],
  ])('refuses %s', (_, change, message) => {
    expect(() => certify(edges, planted(change))).toThrow(message)
  })

  test('stays exact where the sums are far beyond 2^53: a unit too much is seen', () => {
    const heavy = Array.from({ length: 400 }, (_, arrival) => ({ weight: 2 ** 20 - arrival, fits: new Map([[arrival % 200, 2 ** 22]]) }))
    const large = edgesOf(heavy, 200)
    const optimum = solveOptimum(large)
    const { primal, gap } = certify(large, optimum)
    expect(primal).toBeGreaterThan(2 ** 53)
    expect(gap).toBe(0)
    // all that the first arrival gains by the first room, which is still a proof; and one more
    const dearest = optimum.big * 2 ** 20 + 2 ** 22
    expect(certify(large, { ...optimum, prices: optimum.prices.with(0, dearest) }).gap).toBe(0)
    expect(certify(large, { ...optimum, prices: optimum.prices.with(0, dearest + 1) }).gap).toBeGreaterThan(0)
  })

  test('refuses a scale that would let fit outweigh weight, and one that is not exact', () => {
    expect(() => certify(edges, planted(({ big }) => ({ big: Math.floor(big / 8) })))).toThrow('a scale of')
    expect(() => certify(edges, planted(() => ({ big: 2 ** 53 })))).toThrow('is not exact')
  })
})
