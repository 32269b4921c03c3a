import type { Actor } from '@/lib/auth/rules'
import { AppError } from '@/lib/errors'

/** The one placement a ticket speaks about. */
export function ticketPlacement(actor: Actor): string {
  if (actor.kind !== 'TICKET') throw new AppError('NOT_FOUND')
  return actor.placementId
}
