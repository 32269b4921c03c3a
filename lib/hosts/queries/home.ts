import 'server-only'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import type { Prisma } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import { unsealShown } from '@/lib/privacy/seal'
import { todayIn } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import { nightsFrom, type Nights } from '@/lib/time/nights'
import { calendarNights, type CalendarNight, type RoomHold } from '../rules'
import type { HostState, HouseFacts } from '../schema'

const STRIP_NIGHTS = 14

export interface RoomStrip {
  id: string
  name: string
  sleeps: number
  inService: boolean
  nights: CalendarNight[]
}

export interface HomeStrip {
  id: string
  kind: string
  cityId: string
  districtId: string | null
  hasAddress: boolean
  /** Nobody has been there yet, or not at this address: no guests until then. */
  toVisit: boolean
  rooms: RoomStrip[]
}

/** A host's own first page. */
export interface HostHome {
  hostId: string
  firstName: string | null
  state: HostState
  /** True also once the vetting has run out. */
  wasVetted: boolean
  paused: boolean
  confirmedAt: Date
  version: number
  /** Guests of a confirmed stay may ask for the host's contact. */
  contactShown: boolean
  facts: Omit<HouseFacts, 'stepFree' | 'languages'> & { languages: string[] }
  /** What of the vetting is done and still good. */
  visited: boolean
  references: number
  homes: HomeStrip[]
}

const ROOM = {
  openings: { orderBy: { fromDate: 'asc' } },
} satisfies Prisma.RoomInclude

/** Runs of nights out of rows with date columns. */
export function runOf({ fromDate, untilDate }: { fromDate: Date; untilDate: Date }): Nights {
  return { from: dayOf(fromDate), until: dayOf(untilDate) }
}

/** Promises on rooms by room id. A proposal is held, everything later is taken. */
export async function readHolds(roomIds: readonly string[]): Promise<Map<string, RoomHold[]>> {
  const holds = await db.hold.findMany({
    where: { roomId: { in: [...roomIds] } }, orderBy: { fromDate: 'asc' }, include: { placement: { select: { state: true } } },
  })
  const byRoom = new Map<string, RoomHold[]>(roomIds.map((id) => [id, []]))
  holds.forEach((row) => byRoom.get(row.roomId)?.push({ ...runOf(row), confirmed: row.placement.state !== 'PROPOSED' }))
  return byRoom
}

type HomeRow = Prisma.HomeGetPayload<{ include: { rooms: { include: typeof ROOM } } }>

function stripOf(home: HomeRow, holds: Map<string, RoomHold[]>): HomeStrip {
  const span = nightsFrom(todayIn(home.cityId), STRIP_NIGHTS)
  return {
    id: home.id, kind: home.kind, cityId: home.cityId, districtId: home.districtId, hasAddress: home.addressSealed !== null,
    toVisit: home.toVisit,
    rooms: home.rooms.map(({ id, name, sleeps, inService, openings }) => ({
      id, name, sleeps, inService,
      nights: calendarNights({ span, openings: inService ? openings.map(runOf) : [], holds: holds.get(id) ?? [] }),
    })),
  }
}

async function validChecks(hostId: string, today: Day): Promise<{ visited: boolean; references: number }> {
  const checks = await db.vettingCheck.findMany({
    where: { hostId, expiresOn: { gt: new Date(`${today}T00:00:00Z`) } }, select: { kind: true }, take: 100,
  })
  return {
    visited: checks.some(({ kind }) => kind !== 'REFERENCE'),
    references: checks.filter(({ kind }) => kind === 'REFERENCE').length,
  }
}

/**
 * The host's own page: homes with 14 nights of every room, the state of vetting, the pause.
 *
 * @throws AppError NOT_FOUND when there is no such host.
 */
export async function hostHome(hostId: string): Promise<HostHome> {
  const host = await db.host.findUnique({ where: { id: hostId } })
  if (host === null) throw new AppError('NOT_FOUND')
  const homes = await db.home.findMany({
    where: { hostId }, include: { rooms: { include: ROOM, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: 50 } },
    orderBy: { createdAt: 'asc' }, take: 10,
  })
  const holds = await readHolds(homes.flatMap(({ rooms }) => rooms.map(({ id }) => id)))
  const { womenOnlyHousehold, womenOnlyGuests, childrenHere, animalsHere, smoking, childrenWelcome, animalsWelcome, languages } = host
  return {
    hostId, state: host.state, wasVetted: host.vettedUntil !== null, paused: host.paused, confirmedAt: host.confirmedAt, version: host.version, contactShown: host.contactShown,
    firstName: unsealShown(host.firstNameSealed, { field: 'host.first_name', rowId: hostId }).text,
    facts: { womenOnlyHousehold, womenOnlyGuests, childrenHere, animalsHere, smoking, childrenWelcome, animalsWelcome, languages },
    ...(await validChecks(hostId, todayIn(homes[0]?.cityId ?? 'almaty'))),
    homes: homes.map((home) => stripOf(home, holds)),
  }
}
