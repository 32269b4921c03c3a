import 'server-only'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { unsealOptional } from '@/lib/privacy/seal'
import { todayIn } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import { calendarNights, type CalendarNight } from '../rules'
import { readHolds, runOf } from './home'

export interface HomeDetail {
  id: string
  kind: string
  cityId: string
  districtId: string | null
  stepFree: boolean
  ownEntrance: boolean
  noticeHours: number
  houseRules: string | null
  /** Nobody has been there yet, or not at this address: no guests until then. */
  toVisit: boolean
  /** The host's own address and entrance note; nobody else gets this object. */
  address: string | null
  entrance: string | null
  version: number
  rooms: { id: string; name: string; sleeps: number; sharedHall: boolean; inService: boolean }[]
}

/**
 * One home for its host.
 *
 * @throws AppError NOT_FOUND when the home is not this host's.
 */
export async function homeDetail(hostId: string, homeId: string): Promise<HomeDetail> {
  const home = await db.home.findFirst({
    where: { id: homeId, hostId },
    include: { rooms: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 50 } },
  })
  if (home === null) throw new AppError('NOT_FOUND')
  const { id, kind, cityId, districtId, stepFree, ownEntrance, noticeHours, houseRules, toVisit, version } = home
  return {
    id, kind, cityId, districtId, stepFree, ownEntrance, noticeHours, houseRules, toVisit, version,
    address: unsealOptional(home.addressSealed, { field: 'home.address', rowId: id }),
    entrance: unsealOptional(home.entranceSealed, { field: 'home.entrance', rowId: id }),
    rooms: home.rooms.map((room) => ({
      id: room.id, name: room.name, sleeps: room.sleeps, sharedHall: room.sharedHall, inService: room.inService,
    })),
  }
}

export interface RoomCalendar {
  id: string
  homeId: string
  cityId: string
  today: Day
  name: string
  sleeps: number
  sharedHall: boolean
  quiet: boolean
  privateBath: boolean
  inService: boolean
  version: number
  openings: Nights[]
  nights: CalendarNight[]
}

/**
 * A room with each of its nights from `from` to `until`.
 *
 * @throws AppError NOT_FOUND when the room is not this host's.
 */
export async function roomCalendar(
  { hostId, roomId, from, until }: { hostId: string; roomId: string; from: Day; until: Day },
): Promise<RoomCalendar> {
  const room = await db.room.findFirst({
    where: { id: roomId, home: { hostId } },
    include: { home: { select: { cityId: true } }, openings: { orderBy: { fromDate: 'asc' } } },
  })
  if (room === null) throw new AppError('NOT_FOUND')
  const openings = room.openings.map(runOf)
  const holds = (await readHolds([roomId])).get(roomId) ?? []
  const { id, homeId, name, sleeps, sharedHall, quiet, privateBath, inService, version } = room
  return {
    id, homeId, name, sleeps, sharedHall, quiet, privateBath, inService, version, openings,
    cityId: room.home.cityId,
    today: todayIn(room.home.cityId),
    nights: calendarNights({ span: { from, until }, openings, holds }),
  }
}

/** The city of a room, to know whose calendar it follows. @throws AppError NOT_FOUND when the room is not this host's. */
export async function roomCity(hostId: string, roomId: string): Promise<string> {
  const room = await db.room.findFirst({ where: { id: roomId, home: { hostId } }, select: { home: { select: { cityId: true } } } })
  if (room === null) throw new AppError('NOT_FOUND')
  return room.home.cityId
}
