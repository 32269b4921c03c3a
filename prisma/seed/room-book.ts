import { rankCandidates } from '@/lib/matching/candidates'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import type { ShelterNeed } from '@/lib/matching/types'
import { daysBetween, type Day } from '@/lib/time/day'
import { overlaps, nightsFrom, subtractRuns, type Nights } from '@/lib/time/nights'
import type { SeedHost, SeedRoom } from './builders'
import type { Chance } from './chance'
import { offerOf } from './stays'

/** A room and the nights that are promised in it, past ones too. */
export interface BookedRoom {
  host: SeedHost
  room: SeedRoom
  taken: Nights[]
  /** Stays free tonight, so that there is always something to propose. */
  keptFree: boolean
}

/** Rooms by city. */
export type RoomBook = ReadonlyMap<string, readonly BookedRoom[]>

const KEPT_FREE_EACH = 5

/** Opens the book: the rooms of vetted hosts, every fifth of each city kept free tonight. */
export function openBook(hosts: readonly SeedHost[]): RoomBook {
  const book = new Map<string, BookedRoom[]>()
  for (const host of hosts.filter(({ state }) => state === 'VETTED')) {
    const rooms = book.get(host.home.cityId) ?? []
    for (const room of host.rooms.filter(({ inService }) => inService)) {
      rooms.push({ host, room, taken: [], keptFree: rooms.length % KEPT_FREE_EACH === 0 })
    }
    book.set(host.home.cityId, rooms)
  }
  return book
}

function freeOf({ room, taken }: BookedRoom): Nights[] {
  return subtractRuns(room.openings, taken)
}

/** Nights of rest the host had before these nights; none counts as plenty. */
function isRested({ host, taken }: BookedRoom, { from }: Nights): boolean {
  return taken.every(({ until }) => until > from || daysBetween(until, from) >= host.restNights)
}

function sampleOf(rooms: readonly BookedRoom[], { chance, look }: { chance: Chance; look: number }): readonly BookedRoom[] {
  if (rooms.length <= look) return rooms
  const start = chance.int(0, rooms.length - 1)
  return Array.from({ length: look }, (_, index) => rooms[(start + index) % rooms.length]).filter((one) => one !== undefined)
}

export interface PlaceWanted {
  need: ShelterNeed
  today: Day
  chance: Chance
  /** Rooms looked at; all of a small city, a stretch of a big one. */
  look: number
  /** Only hosts that take new requests: a paused one keeps the guests it has. */
  asking: boolean
}

/** The best room the matcher finds for these nights, or `null` when none of those looked at fits. */
export function findPlace(book: RoomBook, { need, today, chance, look, asking }: PlaceWanted): BookedRoom | null {
  const tonight = overlaps(need.nights, nightsFrom(today, 1))
  const open = sampleOf(book.get(need.cityIds[0] ?? '') ?? [], { chance, look }).filter((booked) =>
    !(tonight && booked.keptFree) && !(asking && booked.host.paused) && isRested(booked, need.nights))
  const rooms = open.map((booked) => offerOf(booked, freeOf(booked)))
  const [best] = rankCandidates({ rooms, need: { ...need, flexibleNights: 0 }, policy: DEFAULT_POLICY, limit: 1 }).candidates
  return open.find(({ room }) => room.id === best?.room.id) ?? null
}

/** Writes nights into the book. @throws Error when they are taken: a stay would be told twice. */
export function takeNights(booked: BookedRoom, nights: Nights): void {
  if (booked.taken.some((run) => overlaps(run, nights))) throw new Error(`taken: ${booked.room.id} ${nights.from}`)
  booked.taken.push(nights)
}
