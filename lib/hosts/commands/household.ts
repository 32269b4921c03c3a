import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { now } from '@/lib/time/clock'
import type { HouseFacts } from '../schema'
import { Refused, requireVersion, writeOnce } from './write-once'

interface OfHost {
  actor: UserActor
  hostId: string
  key: string
  requestHash: string
}

const changedSchema = z.object({ host: z.uuid() })

function changeOf({ actor, hostId, key, requestHash }: OfHost) {
  if (!can(actor, 'host:manage-own', { hostId })) throw new AppError('NOT_FOUND')
  return { actor: actorLabel(actor), key, requestHash }
}

/**
 * "The offer still stands": freshens every home of the host.
 *
 * @throws AppError NOT_FOUND when the host is not the actor.
 */
export async function confirmOffer(request: OfHost) {
  const change = changeOf(request)
  return writeOnce({ change, operation: 'host.confirm', event: 'host.changed' }, changedSchema, async (tx) => {
    await tx.host.update({ where: { id: request.hostId }, data: { confirmedAt: now() } })
    return { host: request.hostId }
  })
}

/**
 * Whether guests of a confirmed stay may ask for the host's contact. Off, it opens to nobody but coordinators.
 *
 * @throws AppError NOT_FOUND when the host is not the actor.
 */
export async function showContact(request: OfHost & { shown: boolean }) {
  const change = changeOf(request)
  return writeOnce({ change, operation: 'host.show-contact', event: 'host.changed' }, changedSchema, async (tx) => {
    await tx.host.update({ where: { id: request.hostId }, data: { contactShown: request.shown } })
    return { host: request.hostId }
  })
}

export interface ChangeHousehold extends OfHost {
  /** Version of the host row the form was drawn from. */
  version: number
  facts: Omit<HouseFacts, 'stepFree'>
}

// the arrivals that are asked about come before the host, as in every transition
async function lockHost(tx: Tx, hostId: string, version: number) {
  await tx.$queryRaw`select lock_proposals(${hostId}::uuid)`
  return requireVersion(await tx.host.findUnique({ where: { id: hostId } }), version)
}

// who is confirmed or there counts on it: people talk first; who is only asked is let go
async function partUnfit(tx: Tx, { actor, hostId }: ChangeHousehold): Promise<void> {
  const [row] = await tx.$queryRaw<{ needed: boolean }[]>`select exists (
    select 1 from placement where host_id = ${hostId}::uuid and state in ('CONFIRMED', 'ARRIVED')
      and not women_fit(host_id, arrival_id)) as needed`
  if (row?.needed !== false) throw new Refused('GUESTS_NEED_WOMEN')
  await tx.$queryRaw`select release_unfit(${actorLabel(actor)}, ${hostId}::uuid)`
}

/**
 * Changes the facts of a household. Proposals that women among women no longer fit are released with it.
 *
 * @returns `WOMEN_SEEN_AT_VISIT` when a visited household would become one of women only: that is seen at a visit;
 *   `GUESTS_NEED_WOMEN` when guests who are confirmed or there count on what would change.
 * @throws AppError NOT_FOUND when the host is not the actor.
 */
export async function changeHousehold(request: ChangeHousehold) {
  const change = changeOf(request)
  const { hostId, version, facts } = request
  return writeOnce({ change, operation: 'host.change', event: 'host.changed' }, changedSchema, async (tx) => {
    const host = await lockHost(tx, hostId, version)
    const turnsWomenOnly = facts.womenOnlyHousehold && !host.womenOnlyHousehold
    if (turnsWomenOnly && host.state !== 'APPLIED') throw new Refused('WOMEN_SEEN_AT_VISIT')
    await tx.host.update({ where: { id: hostId }, data: { ...facts, version: { increment: 1 } } })
    const isOther = facts.womenOnlyHousehold !== host.womenOnlyHousehold || facts.womenOnlyGuests !== host.womenOnlyGuests
    if (isOther) await partUnfit(tx, request)
    return { host: hostId }
  })
}
