import 'server-only'
import { can, type Actor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { hashSecret } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import { readSecret } from '../rules/secret'

/**
 * Finds out whether what was pasted is a newcomer's secret. Wrong, unknown, ended and deleted answer alike.
 *
 * @returns the 26 characters, for the browser's cookie.
 */
export async function openStay({ secret }: { secret: string }): Promise<Result<{ token: string }, 'LINK_UNKNOWN'>> {
  // an unreadable secret is looked up too, so that the answer takes as long
  const token = readSecret(secret)
  const row = await db.arrival.findUnique({ where: { tokenHash: hashSecret('stay', token ?? '-') }, select: { id: true } })
  return row && token !== null ? accept({ token }) : refuse('LINK_UNKNOWN')
}

/**
 * Keeps which version of the legal card the guest has read; the time is that of the yes that follows.
 *
 * @throws AppError NOT_FOUND when the arrival is not the actor's.
 */
export async function acknowledgeLegal({ actor, arrivalId }: { actor: Actor; arrivalId: string }): Promise<void> {
  if (!can(actor, 'arrival:manage-own', { arrivalId })) throw new AppError('NOT_FOUND')
  await db.arrival.update({ where: { id: arrivalId }, data: { legalVersion: LEGAL_VERSION } })
}
