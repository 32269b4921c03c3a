import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import type { IconName } from '@/components/ui/icon'
import { LinkButton } from '@/components/ui/link-button'
import { StayFacts, type StaySummary } from './stay-words'

export type StayCardState = 'ASK' | 'EXTENSION' | 'WAITING' | 'CONFIRMED' | 'ARRIVED'

const TONES: Record<StayCardState, { tone: BadgeTone; icon: IconName }> = {
  ASK: { tone: 'needs-you', icon: 'bell' },
  EXTENSION: { tone: 'needs-you', icon: 'bell' },
  WAITING: { tone: 'info', icon: 'clock' },
  CONFIRMED: { tone: 'ok', icon: 'check' },
  ARRIVED: { tone: 'ok', icon: 'house' },
}

type Props = {
  state: StayCardState
  stay: StaySummary
  /** The page of this stay: to answer, or to see what is next. */
  href: string
  /** How long the answer is awaited, or what is asked for. */
  note?: ReactNode
}

/** One party on the host's page. The card that needs an answer is lit. */
export function StayCard({ state, stay, href, note }: Props) {
  const t = useTranslations('host.stay')
  const needsYou = state === 'ASK' || state === 'EXTENSION'
  const { tone, icon } = TONES[state]
  return (
    <Card
      level={3}
      title={stay.party.nickname}
      look={needsYou ? 'lit' : 'plain'}
      aside={<Badge tone={tone} icon={icon}>{t(`state.${state}`)}</Badge>}
    >
      <StayFacts stay={stay} />
      {note}
      <div>
        <LinkButton href={href} look={needsYou ? 'primary' : 'secondary'} wide={needsYou}>
          {needsYou ? t('answer') : t('open')}
        </LinkButton>
      </div>
    </Card>
  )
}
