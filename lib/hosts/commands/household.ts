import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
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
    await tx.host.update({ where: { id: request.hostId }, data: { confirmedAt: new Date() } })
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

async function lockHost(tx: Tx, hostId: string, version: number) {
  await tx.$queryRaw`select 1 from host where id = ${hostId}::uuid for no key update`
  return requireVersion(await tx.host.findUnique({ where: { id: hostId } }), version)
}

/**
 * Changes the facts of a household.
 *
 * @returns `WOMEN_SEEN_AT_VISIT` when a visited household would become one of women only: that is seen at a visit.
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
    return { host: hostId }
  })
}
