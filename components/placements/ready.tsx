import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import type { Candidate } from '@/lib/matching/candidates'
import type { LiveMark } from '@/lib/matching/live'
import { useRoomTitle } from './candidate-card'
import type { RoomNames } from './shapes'

/** The place that stands ready for a party, already put to the rules again. */
export interface Ready {
  candidate: Candidate
  /** Where it stands among the rooms that fit. */
  place: number
  mark: LiveMark
  /** When it was worked out, in words: "2 minutes ago". */
  when: string
  /** Its city is worked out less often. */
  slow: boolean
}

/** The ready place before all others, with what its mark means. */
export function ReadyNotice({ ready: { candidate, mark, when, slow }, names }: { ready: Ready; names: RoomNames }) {
  const t = useTranslations('coordinate.candidates.ready')
  const titleOf = useRoomTitle()
  return (
    <Notice tone={mark === 'BEST_FOR_ALL' ? 'ok' : 'info'}>
      <p><strong>{t('title', { room: titleOf(names.get(candidate.room.id)) })}</strong></p>
      <p>{t(mark === 'BEST_FOR_ALL' ? 'forAll' : 'alone')}</p>
      <p className="text-sm">{t('at', { when })}{slow && ` ${t('slow')}`}</p>
    </Notice>
  )
}

/** The mark on the card of the ready place, and on no other. */
export function ReadyBadge({ ready, candidate }: { ready: Ready | null; candidate: Candidate }) {
  const t = useTranslations('coordinate.candidates.ready')
  if (ready?.candidate !== candidate) return null
  const isForAll = ready.mark === 'BEST_FOR_ALL'
  return <p><Badge tone={isForAll ? 'ok' : 'info'} icon={isForAll ? 'check' : undefined}>{t(isForAll ? 'badgeForAll' : 'badgeAlone')}</Badge></p>
}
