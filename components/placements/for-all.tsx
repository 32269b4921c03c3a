import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Notice } from '@/components/ui/notice'
import type { Candidate } from '@/lib/matching/candidates'
import type { Comparison } from '@/lib/matching/shadow'
import { useRoomTitle } from './candidate-card'
import type { RoomNames } from './shapes'

/** Where a room stands when everybody who waits is thought of, and what the others would lose by it. */
export interface RankForAll {
  place: number
  price: number
}

/** The second rank beside a room: for everybody, with its price in words. */
export function ForAllRank({ rank }: { rank: RankForAll }) {
  const t = useTranslations('coordinate.candidates.forAll')
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <Badge tone={rank.place === 1 ? 'ok' : 'plain'} icon={rank.place === 1 ? 'check' : undefined}>{t('rank', { place: rank.place })}</Badge>
      <span className="text-muted">{rank.price > 0 ? t('price', { points: rank.price }) : t('free')}</span>
    </p>
  )
}

/** The best for this person beside the best for everybody, and what the difference costs whom. */
export function ForAllNotice({ comparison: { alone, forAll, personLoses, othersKeep }, names }: { comparison: Comparison<Candidate>; names: RoomNames }) {
  const t = useTranslations('coordinate.candidates.forAll')
  const titleOf = useRoomTitle()
  if (alone.room.id === forAll.room.id) return <Notice tone="ok">{t('same')}</Notice>
  return (
    <Notice tone="info">
      <p>{t('alone', { room: titleOf(names.get(alone.room.id)) })}</p>
      <p>{t('all', { room: titleOf(names.get(forAll.room.id)) })}</p>
      <p>{t('difference', { loses: personLoses, keep: othersKeep })}</p>
      <p className="text-sm">{t('hint')}</p>
    </Notice>
  )
}
