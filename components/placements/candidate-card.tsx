import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Hidden } from '@/components/ui/hidden'
import type { Candidate } from '@/lib/matching/candidates'
import type { RoomOffer } from '@/lib/matching/types'
import { MustHaves, Sentence, Wishes } from './reasons'
import type { RoomName } from './shapes'
import { placeText } from './words'

/** A room's name for reading and hearing: its own name, its home's code. */
export function useRoomTitle() {
  const t = useTranslations('coordinate.candidates')
  return (label: RoomName | undefined) => (label ? `${label.name} · ${t('home', { code: label.homeCode })}` : '')
}

/** "Flat · 2 beds · Almaty, Medeu". */
export function RoomLine({ room, label }: { room: Pick<RoomOffer, 'beds' | 'cityId' | 'districtId'>; label: RoomName | undefined }) {
  const t = useTranslations('coordinate.candidates')
  const locale = useLocale()
  const kind = label ? t(`kind.${label.kind}`) : ''
  return <>{t('room', { kind, beds: room.beds })} · {placeText({ ...room, locale })}</>
}

type Props = {
  candidate: Candidate
  label: RoomName | undefined
  place: number
  backup: boolean
  /** Where it stands for everybody, where a round has told. */
  children?: ReactNode
}

/** One room that fits: must-haves, wishes with points, one sentence; the button holds it, but for a backup. Always in this order. */
export function CandidateCard({ candidate, label, place, backup, children }: Props) {
  const t = useTranslations('coordinate.candidates')
  const titleOf = useRoomTitle()
  const { room, explanation, nights, score, maximum, shiftNights } = candidate
  const shift = shiftNights === 0 ? null : t(shiftNights > 0 ? 'later' : 'earlier', { count: Math.abs(shiftNights) })
  return (
    <Card
      level={3}
      look={place === 1 && shiftNights === 0 && !backup ? 'lit' : 'plain'}
      over={t('rank', { place })}
      title={titleOf(label)}
      aside={<Badge tone="primary">{t('points', { score, maximum })}</Badge>}
    >
      <p className="text-muted"><RoomLine room={room} label={label} /></p>
      {children}
      {shift !== null && <p><Badge tone="info" icon="calendar">{shift}</Badge></p>}
      <MustHaves mustHaves={explanation.mustHaves} />
      <details open={place === 1 && !backup}>
        <summary className="inline-flex min-h-(--target) cursor-pointer items-center text-sm font-semibold">{t('wishes')}</summary>
        <Wishes wishes={explanation.wishes} />
      </details>
      <Sentence best={explanation.best} worst={explanation.worst} />
      {!backup && <Propose choice={`${nights.from}_${room.id}`} room={titleOf(label)} look={place === 1 ? 'primary' : 'secondary'} />}
    </Card>
  )
}

/** The button of one choice in the form around all of them. */
export function Propose({ choice, room, look }: { choice: string; room: string; look: 'primary' | 'secondary' }) {
  const t = useTranslations('coordinate.candidates')
  const ui = useTranslations('ui')
  return (
    <div>
      <SubmitButton name="choice" value={choice} look={look} pendingLabel={ui('sending')}>
        <span aria-hidden="true">{t('propose')}</span>
        <Hidden>{t('proposeSpoken', { room })}</Hidden>
      </SubmitButton>
    </div>
  )
}
