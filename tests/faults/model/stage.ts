import { addDays, type Day } from '@/lib/time/day'
import type { Proposal } from '../journal'
import type { Dice } from './dice'
import { homeIdOf, hostIdOf, isFree, isLive, mayGoOn, placementsWhere } from './look'
import type { Town } from './town'
import { pairOf, rowOf, type World } from './world'

/** Where a scene is played, and the rooms somebody might be offered there. */
export interface Stage {
  world: World
  town: Town
  dice: Dice
}

export const NOBODY = '01900000-0000-7000-8000-000000000000'
export const FURTHEST = 10

/** The day so many days from now, in the town. */
export function dayAhead({ world, town }: Stage, days: number): Day {
  return addDays(rowOf(world.cities, town.cityId).today, days)
}

type Leg = Proposal['legs'][number]

/** A room for the whole party, two at once, or one after the other. */
export function legsFor(stage: Stage, arrivalId: string): Leg[] {
  const { dice, world } = stage
  const { adults = 1, children = 0 } = world.arrivals.get(arrivalId) ?? {}
  const whole = { ...placeFor(stage, arrivalId, adults + children), adults, childrenAges: Array.from({ length: children }, () => 4) }
  const shape = dice.roll(8)
  if (shape === 6) return twoRooms(stage, whole)
  if (shape === 7) return [whole, { ...whole, roomId: anyRoom(stage), from: whole.until, until: addDays(whole.until, 1 + dice.roll(3)) }]
  return [whole]
}

/** Mostly a room that is free; now and then the nights after somebody's stay, or a home that did not work out before. */
function placeFor(stage: Stage, arrivalId: string, guests: number): { roomId: string; from: Day; until: Day } {
  const { dice, world } = stage
  // tonight often: only those guests can arrive
  const first = dice.roll(2) * dice.roll(FURTHEST)
  const nights = { from: dayAhead(stage, first), until: dayAhead(stage, first + 1 + dice.roll(4)) }
  const before = dice.some(placementsWhere(world, isLive))
  if (before !== undefined && dice.roll(5) === 4) {
    return { roomId: before.roomId, from: before.nights.until, until: addDays(before.nights.until, 1 + dice.roll(2)) }
  }
  const parted = dice.some([...world.rooms.keys()].filter((roomId) => isParted(world, { roomId, arrivalId })))
  if (parted !== undefined && dice.roll(3) === 2) return { roomId: parted, ...nights }
  return { roomId: roomFor(stage, { ...nights, arrivalId, guests }), ...nights }
}

function isParted(world: World, pair: { roomId: string; arrivalId: string }): boolean {
  return world.refusals.has(pairOf(pair.arrivalId, homeIdOf(world, pair))) || world.blocks.has(pairOf(hostIdOf(world, pair), pair.arrivalId))
}

function twoRooms(stage: Stage, whole: Leg): Leg[] {
  const other = stage.dice.roll(8) > 0 ? neighbourOf(stage, whole.roomId) : anyRoom(stage)
  const away = whole.adults > 1 ? whole.adults - 1 : stage.dice.roll(2)
  return [{ ...whole, adults: whole.adults - away }, { ...whole, roomId: other, adults: away, childrenAges: [] }]
}

export function anyRoom({ world, dice }: Stage): string {
  return dice.some([...world.rooms.keys()]) ?? NOBODY
}

function neighbourOf({ world, dice }: Stage, roomId: string): string {
  const homeId = world.rooms.get(roomId)?.homeId
  return dice.some([...world.rooms].filter(([id, room]) => room.homeId === homeId && id !== roomId).map(([id]) => id)) ?? roomId
}

/** Mostly a room that is free, large enough and open to these guests. */
function roomFor(stage: Stage, { guests, arrivalId, ...nights }: { from: Day; until: Day; guests: number; arrivalId: string }): string {
  const { world, dice } = stage
  const fitting = [...world.rooms.keys()].filter((roomId) => rowOf(world.rooms, roomId).sleeps >= guests
    && isFree(world, roomId, nights) && (!world.arrivals.has(arrivalId) || mayGoOn(world, { roomId, arrivalId })))
  return dice.roll(4) === 3 ? anyRoom(stage) : dice.some(fitting) ?? anyRoom(stage)
}
