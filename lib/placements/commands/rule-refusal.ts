import 'server-only'
import { findMismatches, type Mismatch } from '@/lib/matching/eligibility'
import { explain } from '@/lib/matching/explain'
import { partySize } from '@/lib/matching/party'
import type { Policy } from '@/lib/matching/policy'
import { freezeReasons } from '@/lib/matching/reasons'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'

/**
 * A rule of the match that the database does not check fails by now, those who come later would find no bed, or what is
 * named lies out of reach.
 */
export type RuleRefusal = 'NO_LONGER_FITS' | 'TOO_FEW_BEDS' | 'NOT_FOUND'

/** What the database answers better than we do: with who was faster, under the lock. */
const LEFT_TO_THE_LOCK: ReadonlySet<Mismatch> = new Set<Mismatch>([
  'NOT_FREE', 'BLOCKED', 'REFUSED_BEFORE', 'HOST_NOT_VETTED', 'HOME_TO_VISIT', 'HOST_PAUSED', 'OUT_OF_SERVICE', 'TOO_FEW_BEDS',
])

/** Why this room is not proposed for this need, of what holds no lock; `null` where nothing stands against it. */
export function refusalOf(room: RoomOffer, asked: ShelterNeed): RuleRefusal | null {
  const failed = findMismatches({ ...room, free: [asked.nights] }, asked)
  if (!failed.every((rule) => LEFT_TO_THE_LOCK.has(rule))) return 'NO_LONGER_FITS'
  // the lock counts those who come first; a bed for those who come later is counted here or nowhere
  return failed.includes('TOO_FEW_BEDS') && partySize(asked) <= room.beds ? 'TOO_FEW_BEDS' : null
}

/** The match's reasons, frozen as they are at this moment: nothing of them comes from whoever asks. */
export function reasonsOf(room: RoomOffer, asked: ShelterNeed, policy: Policy): unknown {
  return freezeReasons({ explanation: explain(room, asked, policy), policy })
}
