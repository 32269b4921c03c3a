import { mergeRuns, overlaps, subtractRuns, type Nights } from '@/lib/time/nights'
import { firstOf, OK, refuse, type Answer } from './answer'
import { isLive, placementsWhere } from './look'
import { change, rowOf, type World } from './world'

/** A host changes beds or takes the room out of service; never below what is promised. */
export function changeRoom(
  world: World, { roomId, sleeps, inService }: { roomId: string; sleeps: number; inService: boolean },
): Answer {
  const held = holdsOf(world, roomId)
  const refusal = firstOf(
    ['BEDS_HELD', () => held.some(({ adults, children }) => adults + children > sleeps)],
    ['ROOM_HELD', () => !inService && held.length > 0],
  )
  if (refusal !== null) return refuse(refusal)
  change(world.rooms, roomId, { sleeps, inService, version: rowOf(world.rooms, roomId).version + 1 })
  return OK
}

export interface OfferedNights {
  roomId: string
  nights: Nights
}

/** A host offers more nights. Openings that touch are one. */
export function offerNights(world: World, { roomId, nights }: OfferedNights): Answer {
  writeOpenings(world, roomId, mergeRuns([...rowOf(world.rooms, roomId).openings, nights]))
  return OK
}

/** A host closes nights; never those that are promised to somebody. */
export function closeNights(world: World, { roomId, nights }: OfferedNights): Answer {
  if (holdsOf(world, roomId).some((hold) => overlaps(hold.nights, nights))) return refuse('NIGHTS_HELD')
  writeOpenings(world, roomId, subtractRuns(rowOf(world.rooms, roomId).openings, [nights]))
  return OK
}

function holdsOf(world: World, roomId: string) {
  return placementsWhere(world, (one) => one.roomId === roomId && isLive(one))
}

function writeOpenings(world: World, roomId: string, openings: readonly Nights[]): void {
  change(world.rooms, roomId, { openings, version: rowOf(world.rooms, roomId).version + 1 })
}
