import 'server-only'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { actorLabel, type Actor, type UserActor } from '@/lib/auth/rules'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { districtInCity } from '@/lib/places/schema'
import { requireReach } from '@/lib/placements/queries/reach'
import { seal } from '@/lib/privacy/seal'
import { blindIndex } from '@/lib/privacy/secret'
import { normaliseAddress } from '../rules'
import { MAX_ROOMS } from '../schema'
import { Refused, requireVersion, writeOnce } from './write-once'

interface OfHome {
  actor: UserActor
  homeId: string
  key: string
  requestHash: string
}

const homeChanged = z.object({ home: z.uuid() })
const roomAdded = z.object({ home: z.uuid(), room: z.uuid() })

// Another host's home is not there: the same answer as for a home that never was.
async function lockHome(tx: Tx, homeId: string, hostId: string | null) {
  if (hostId === null) throw new AppError('NOT_FOUND')
  await tx.$queryRaw`select 1 from home where id = ${homeId}::uuid and host_id = ${hostId}::uuid for no key update`
  return tx.home.findFirst({ where: { id: homeId, hostId } })
}

function changeOf({ actor, key, requestHash }: OfHome) {
  return { actor: actorLabel(actor), key, requestHash }
}

export interface ChangeHome extends OfHome {
  version: number
  districtId: string | null
  stepFree: boolean
  ownEntrance: boolean
  noticeHours: number
  houseRules: string | null
}

/**
 * Changes the facts of a home. The city stays: another city is another home.
 *
 * @throws AppError NOT_FOUND when the home is not the actor's.
 */
export async function changeHome(request: ChangeHome) {
  const { homeId, version, districtId, stepFree, ownEntrance, noticeHours, houseRules } = request
  const work = { change: changeOf(request), operation: 'home.change', event: 'host.changed' } as const
  return writeOnce(work, homeChanged, async (tx) => {
    const home = requireVersion(await lockHome(tx, homeId, request.actor.hostId), version)
    if (districtId !== null && !districtInCity({ cityId: home.cityId, districtId })) throw new Refused('DISTRICT_ELSEWHERE')
    const data = { districtId, stepFree, ownEntrance, noticeHours, houseRules, version: { increment: 1 } }
    await tx.home.update({ where: { id: homeId }, data })
    return { home: homeId }
  })
}

// Locks the proposals of the host first, as every transition does, and the home after them.
async function leaveAddress(tx: Tx, { actor, homeId, address }: ChangeAddress): Promise<void> {
  const index = blindIndex('address', normaliseAddress(address))
  const [answer] = await tx.$queryRaw<{ code: string }[]>`
    select leave_address(${actorLabel(actor)}, ${actor.hostId}::uuid, ${homeId}::uuid, ${index}) as code`
  if (answer?.code === 'HOME_OCCUPIED') throw new Refused('HOME_OCCUPIED')
}

function sealedAddress(homeId: string, { address, entrance }: { address: string; entrance: string | null }) {
  return {
    addressSealed: seal(address, { field: 'home.address', rowId: homeId }),
    addressIndex: blindIndex('address', normaliseAddress(address)),
    entranceSealed: entrance === null ? null : seal(entrance, { field: 'home.entrance', rowId: homeId }),
    version: { increment: 1 },
  }
}

export interface ChangeAddress extends OfHome {
  version: number
  address: string
  /** How to find the door. */
  entrance: string | null
}

/**
 * Writes the address of a home, sealed. Another address than before is another place, whatever the host's state: it waits
 * for a visit, and what was only asked of it is released.
 *
 * @returns `HOME_OCCUPIED` while guests are promised this home or live there: they have been told where it is.
 * @throws AppError NOT_FOUND when the home is not the actor's.
 */
export async function changeAddress(request: ChangeAddress) {
  const { homeId, version } = request
  const work = { change: changeOf(request), operation: 'home.address', event: 'host.changed' } as const
  return writeOnce(work, homeChanged, async (tx) => {
    await leaveAddress(tx, request)
    requireVersion(await lockHome(tx, homeId, request.actor.hostId), version)
    await tx.home.update({ where: { id: homeId }, data: sealedAddress(homeId, request) })
    return { home: homeId }
  })
}

export interface GiveAddress {
  actor: Actor
  placementId: string
  key: string
  requestHash: string
  address: string
  entrance: string | null
}

/**
 * The address a host writes when the first guest is asked about, from the answer page: only where there is none yet and
 * while the question is open, so that an old link never sends anybody anywhere.
 *
 * @throws AppError NOT_FOUND when the placement is not in a home of the actor.
 */
export async function giveAddress(request: GiveAddress) {
  const { actor, placementId, key, requestHash } = request
  const { homeId, hostId, state } = await requireReach(actor, 'placement:answer-as-host', placementId)
  const change = { actor: actorLabel(actor), key, requestHash }
  return writeOnce({ change, operation: 'home.give-address', event: 'host.changed' }, homeChanged, async (tx) => {
    const home = await lockHome(tx, homeId, hostId)
    if (home?.addressSealed === null && state === 'PROPOSED') await tx.home.update({ where: { id: homeId }, data: sealedAddress(homeId, request) })
    return { home: homeId }
  })
}

export interface AddRoom extends OfHome {
  name: string
  /** Persons it sleeps. */
  sleeps: number
}

/**
 * Adds a room to a home; its nights are offered next, on its calendar.
 *
 * @throws AppError NOT_FOUND when the home is not the actor's.
 */
export async function addRoom(request: AddRoom) {
  const { homeId, name, sleeps } = request
  const work = { change: changeOf(request), operation: 'room.add', event: 'room.changed' } as const
  return writeOnce(work, roomAdded, async (tx) => {
    const home = await lockHome(tx, homeId, request.actor.hostId)
    if (home === null) throw new AppError('NOT_FOUND')
    if ((await tx.room.count({ where: { homeId } })) >= MAX_ROOMS) throw new Refused('TOO_MANY_ROOMS')
    const id = randomUUID()
    await tx.room.create({ data: { id, homeId, name, sleeps, sharedHall: home.kind === 'HALL' } })
    return { home: homeId, room: id }
  })
}
