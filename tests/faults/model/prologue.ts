import { addDays } from '@/lib/time/day'
import { placementsWhere } from './look'
import type { Act } from './predict'
import type { Town } from './town'
import { rowOf, type World } from './world'

type Scene = (world: World) => Act

interface Stay {
  guest: string
  /** Rooms by name, and how many adults sleep in each. */
  rooms: Record<string, number>
  /** Nights from today. */
  from: number
  until: number
}

/** A day in a town that is lived in: a couple is there, a woman alone will come, three friends will come to two rooms, a student is asked. */
export function prologue(town: Town): Scene[] {
  const idOf = (name: string) => [...town.names].find(([, called]) => called === name)?.[0] ?? ''
  const stayOf = (world: World, guest: string) => placementsWhere(world, ({ arrivalId }) => arrivalId === idOf(guest))[0]?.id ?? ''
  const user = (name: string) => `user:${idOf(name)}`

  const proposed = ({ guest, rooms, from, until }: Stay): Scene => (world) => {
    const { today } = rowOf(world.cities, town.cityId)
    const nights = { from: addDays(today, from), until: addDays(today, until), childrenAges: [] }
    const legs = Object.entries(rooms).map(([room, adults]) => ({ ...nights, adults, roomId: idOf(room) }))
    const kind = legs.length > 1 ? 'SEVERAL_ROOMS' as const : 'SINGLE' as const
    return { operation: 'plan.propose', actor: user('Aigul'), request: { arrivalId: idOf(guest), kind, legs, made: { planId: '', placementIds: [] } } }
  }
  const yes = (guest: string, side: 'HOST' | 'GUEST'): Scene => (world) => {
    const placementId = stayOf(world, guest)
    return { operation: 'placement.yes', actor: `ticket:${side.toLowerCase()}:${placementId}`, request: { placementId, side, way: 'LINK' } }
  }
  const secondYes = (guest: string): Scene => (world) =>
    ({ operation: 'placement.second-yes', actor: user('Timur'), request: { placementId: stayOf(world, guest) } })
  const agreed = (stay: Stay) => [proposed(stay), yes(stay.guest, 'HOST'), yes(stay.guest, 'GUEST'), secondYes(stay.guest)]

  return [
    ...agreed({ guest: 'a couple', rooms: { 'room 1 of the flat': 2 }, from: 0, until: 3 }),
    (world) => ({ operation: 'placement.arrived', actor: user('Aigul'), request: { placementId: stayOf(world, 'a couple') } }),
    ...agreed({ guest: 'a woman alone', rooms: { 'room 1 of the quiet house': 1 }, from: 1, until: 4 }),
    ...agreed({ guest: 'three friends', rooms: { 'room 1 of the old house': 2, 'room 2 of the old house': 1 }, from: 1, until: 3 }),
    proposed({ guest: 'a student', rooms: { 'room 2 of the flat': 1 }, from: 2, until: 4 }),
    yes('a student', 'HOST'),
  ]
}
