import 'server-only'
import { z } from 'zod'
import { actorLabel, type UserActor } from '@/lib/auth/rules'
import { dayOf } from '@/lib/db/dates'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { todayIn } from '@/lib/time/clock'
import type { Nights } from '@/lib/time/nights'
import { checkNights, isTooLong, promisedNights, withNights, withoutNights } from '../rules'
import { Refused, requireVersion, writeOnce } from './write-once'

interface OfRoom {
  actor: UserActor
  roomId: string
  /** Version of the room the form was drawn from; the calendar counts as part of the room. */
  version: number
  key: string
  requestHash: string
}

const roomChanged = z.object({ room: z.uuid() })

// The room's row is the lock every proposal takes too, so no promise slips in between check and write.
async function lockRoom(tx: Tx, { roomId, actor, version }: OfRoom) {
  if (actor.hostId === null) throw new AppError('NOT_FOUND')
  await tx.$queryRaw`select 1 from room where id = ${roomId}::uuid for no key update`
  const room = await tx.room.findFirst({
    where: { id: roomId, home: { hostId: actor.hostId } },
    include: { home: { select: { cityId: true } }, openings: { orderBy: { fromDate: 'asc' } } },
  })
  return requireVersion(room, version)
}

async function holdsOf(tx: Tx, roomId: string) {
  const holds = await tx.hold.findMany({ where: { roomId }, orderBy: { fromDate: 'asc' } })
  return holds.map(({ fromDate, untilDate, guests }) => ({ from: dayOf(fromDate), until: dayOf(untilDate), guests }))
}

function changeOf({ actor, key, requestHash }: OfRoom) {
  return { actor: actorLabel(actor), key, requestHash }
}

export interface ChangeRoom extends OfRoom {
  name: string
  sleeps: number
  quiet: boolean
  privateBath: boolean
  inService: boolean
}

/**
 * Renames a room, changes its beds, or takes it out of service.
 *
 * @returns `BEDS_HELD` when more guests are promised a place than it would sleep, `ROOM_HELD` when it would close over
 *   a promise; both name the nights.
 * @throws AppError NOT_FOUND when the room is not the actor's.
 */
export async function changeRoom(request: ChangeRoom) {
  const { roomId, name, sleeps, quiet, privateBath, inService } = request
  const work = { change: changeOf(request), operation: 'room.change', event: 'room.changed' } as const
  return writeOnce(work, roomChanged, async (tx) => {
    await lockRoom(tx, request)
    const holds = await holdsOf(tx, roomId)
    const tooSmall = holds.filter(({ guests }) => guests > sleeps)
    if (tooSmall.length > 0) throw new Refused('BEDS_HELD', tooSmall)
    if (!inService && holds.length > 0) throw new Refused('ROOM_HELD', holds)
    const data = { name, sleeps, quiet, privateBath, inService, version: { increment: 1 } }
    await tx.room.update({ where: { id: roomId }, data })
    return { room: roomId }
  })
}

// One statement: the promises are checked against the openings when it ends, so joining two openings or cutting one
// never leaves a promise outside for a moment. The count makes the deletion run first.
async function replaceOpenings(tx: Tx, roomId: string, openings: readonly Nights[]): Promise<void> {
  const from = openings.map((one) => one.from)
  const until = openings.map((one) => one.until)
  await tx.$executeRaw`
    with wanted as (select * from unnest(${from}::text[]::date[], ${until}::text[]::date[]) as run (from_date, until_date)),
    gone as (
      delete from opening where room_id = ${roomId}::uuid
        and not exists (select 1 from wanted w where w.from_date = opening.from_date and w.until_date = opening.until_date)
      returning 1),
    kept as (select from_date from opening o where room_id = ${roomId}::uuid
      and exists (select 1 from wanted w where w.from_date = o.from_date and w.until_date = o.until_date))
    insert into opening (room_id, from_date, until_date)
    select ${roomId}::uuid, from_date, until_date from wanted
    where (select count(*) from gone) >= 0 and from_date not in (select from_date from kept)`
  await tx.room.update({ where: { id: roomId }, data: { version: { increment: 1 } } })
}

export interface ChangeNights extends OfRoom {
  nights: Nights
}

async function lockForNights(tx: Tx, request: ChangeNights): Promise<Nights[]> {
  const room = await lockRoom(tx, request)
  const [issue] = checkNights(request.nights, todayIn(room.home.cityId))
  if (issue) throw new Refused(issue.code === 'DAY_TOO_FAR' ? 'NIGHTS_TOO_FAR' : 'NIGHTS_PAST')
  return room.openings.map(({ fromDate, untilDate }) => ({ from: dayOf(fromDate), until: dayOf(untilDate) }))
}

/**
 * Offers a room for more nights. Openings that touch or overlap become one.
 *
 * @throws AppError NOT_FOUND when the room is not the actor's.
 */
export async function offerNights(request: ChangeNights) {
  const work = { change: changeOf(request), operation: 'opening.offer', event: 'opening.changed' } as const
  return writeOnce(work, roomChanged, async (tx) => {
    const openings = withNights(await lockForNights(tx, request), request.nights)
    if (isTooLong(openings)) throw new Refused('OPENING_TOO_LONG')
    await replaceOpenings(tx, request.roomId, openings)
    return { room: request.roomId }
  })
}

/**
 * Closes nights of a room.
 *
 * @returns `NIGHTS_HELD` with the nights that are promised to somebody; nothing is closed then.
 * @throws AppError NOT_FOUND when the room is not the actor's.
 */
export async function closeNights(request: ChangeNights) {
  const work = { change: changeOf(request), operation: 'opening.close', event: 'opening.changed' } as const
  return writeOnce(work, roomChanged, async (tx) => {
    const openings = withoutNights(await lockForNights(tx, request), request.nights)
    const promised = promisedNights(request.nights, await holdsOf(tx, request.roomId))
    if (promised.length > 0) throw new Refused('NIGHTS_HELD', promised)
    await replaceOpenings(tx, request.roomId, openings)
    return { room: request.roomId }
  })
}
