import 'server-only'
import { z } from 'zod'
import { actorLabel, can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { once } from '@/lib/db/idempotency'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { hashSecret } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'
import { deskToken } from './desk-token'

/** What somebody who phones or stands at the desk asks a coordinator to do with their request. */
export interface AtDesk {
  actor: UserActor
  /** Idempotency key, made when the form was shown. */
  key: string
  requestHash: string
  arrivalId: string
}

const renewedSchema = z.object({ arrivalId: z.uuid() })

async function requireOurs({ actor, arrivalId }: AtDesk) {
  const arrival = await db.arrival.findUnique({ where: { id: arrivalId }, select: { cityIds: true, code: true, locale: true, erasedAt: true } })
  if (!arrival || !can(actor, 'arrival:new-link', { cityIds: arrival.cityIds })) throw new AppError('NOT_FOUND')
  return arrival
}

/** Whether the actor is this guest's host, or is asked to be: then the guest's page is not theirs to open. */
async function isOwnGuest({ actor: { hostId }, arrivalId }: AtDesk): Promise<boolean> {
  if (hostId === null) return false
  return (await db.placement.count({ where: { arrivalId, hostId, state: { in: ['PROPOSED', 'CONFIRMED', 'ARRIVED'] } } })) > 0
}

function renew(tx: Tx, { actor, key, requestHash, arrivalId }: AtDesk, tokenHash: string) {
  return once({ tx, actor: actorLabel(actor), key, operation: 'arrival.new-link', requestHash }, renewedSchema, async () => {
    const renewed = await tx.arrival.updateMany({ where: { id: arrivalId, erasedAt: null }, data: { tokenHash } })
    const event = { action: 'arrival.link-renewed', subject: { arrival: arrivalId } } as const
    return { value: { arrivalId }, event: renewed.count === 1 ? event : null }
  })
}

/**
 * Gives a request a new secret link, for somebody who lost theirs; the former one opens nothing from this moment on. The
 * former secret cannot be shown: only its hash is kept.
 *
 * @returns the new secret, shown this once, with code and language of the request; `ARRIVAL_ERASED` when nothing is left of
 *   it, `OWN_HOME` where the actor hosts this guest, `FORM_STALE` when this form's link has been replaced by a newer one.
 * @throws AppError NOT_FOUND when the arrival asks for none of the actor's cities.
 */
export async function renewLink(
  request: AtDesk,
): Promise<Result<{ code: string; locale: string; token: string }, 'ARRIVAL_ERASED' | 'OWN_HOME' | 'FORM_STALE' | 'KEY_REUSED'>> {
  const { code, locale, erasedAt } = await requireOurs(request)
  if (erasedAt !== null) return refuse('ARRIVAL_ERASED')
  if (await isOwnGuest(request)) return refuse('OWN_HOME')
  const token = deskToken('renewed', request)
  const tokenHash = hashSecret('stay', token)
  const answer = await inTransaction((tx) => renew(tx, request, tokenHash))
  if (!answer.ok) return refuse('KEY_REUSED')
  const opens = await db.arrival.count({ where: { id: request.arrivalId, tokenHash } })
  return opens === 1 ? accept({ code, locale, token }) : refuse('FORM_STALE')
}
