import { useLocale, useTranslations } from 'next-intl'
import { Badge, type BadgeTone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { FactsList, type Fact } from '@/components/ui/facts-list'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { formatDay } from '@/components/ui/time-words'
import { agesText } from '@/lib/arrivals/rules/party'
import type { HomeKind } from '@/lib/hosts/schema'
import type { PlacementState } from '@/lib/placements/schema'
import { countNights, type Nights } from '@/lib/time/nights'
import { usePlaceWords } from './place-words'

export type RecordedPlacement = {
  nickname: string
  adults: number
  childrenAges: readonly number[]
  state: PlacementState
  nights: Nights
  deadline: Date
  hostId: string
  roomName: string
  homeKind: HomeKind
  cityId: string
  districtId: string | null
  timeZone: string
  endedReason: string | null
  others: { placementId: string; roomName: string; nights: Nights; state: PlacementState }[]
}

const TONES: Record<PlacementState, BadgeTone> = {
  PROPOSED: 'needs-you', CONFIRMED: 'primary', ARRIVED: 'ok',
  DEPARTED: 'plain', DECLINED: 'plain', LAPSED: 'plain', CANCELLED: 'plain', NOT_ARRIVED: 'plain',
}

/** The state of a placement in words. */
export function StateBadge({ state }: { state: PlacementState }) {
  const t = useTranslations('coordinate.record.states')
  return <Badge tone={TONES[state]}>{t(state)}</Badge>
}

/** "Two adults, one child (3–6)". */
function usePartyWords(): (party: Pick<RecordedPlacement, 'nickname' | 'adults' | 'childrenAges'>) => string {
  const t = useTranslations('coordinate.record')
  return ({ nickname, adults, childrenAges }) => {
    const children = childrenAges.length > 0 ? [t('children', { count: childrenAges.length, ages: agesText(childrenAges) })] : []
    return [nickname, t('adults', { count: adults }), ...children].join(', ')
  }
}

function useNightsWords(): (nights: Nights) => string {
  const t = useTranslations('coordinate.record')
  const locale = useLocale()
  const day = (text: string) => formatDay({ day: text, locale, style: 'weekday' })
  return (nights) => t('nightsValue', { count: countNights(nights), from: day(nights.from), until: day(nights.until) })
}

function useLastFact({ placement, now }: { placement: RecordedPlacement; now: Date }): Fact[] {
  const t = useTranslations('coordinate.record')
  const locale = useLocale()
  const { state, deadline, timeZone, endedReason } = placement
  if (state === 'PROPOSED') {
    const clock = <><Time at={deadline} now={now} locale={locale} timeZone={timeZone} />, <Time at={deadline} now={now} locale={locale} timeZone={timeZone} kind="clock" /></>
    return [{ key: 'clock', name: t('clock'), value: deadline <= now ? t('clockOver') : clock }]
  }
  return endedReason === null ? [] : [{ key: 'ended', name: t('ended'), value: t.has(`reasons.${endedReason}`) ? t(`reasons.${endedReason}`) : endedReason }]
}

/** Who, where, which nights, and the clock. */
export function RecordFacts({ placement, now }: { placement: RecordedPlacement; now: Date }) {
  const t = useTranslations('coordinate.record')
  const locale = useLocale()
  const placeWords = usePlaceWords()
  const partyWords = usePartyWords()
  const nightsWords = useNightsWords()
  const facts: Fact[] = [
    { key: 'party', name: t('party'), value: partyWords(placement) },
    { key: 'place', name: t('place'), value: `${placement.roomName}, ${placeWords({ ...placement, kind: placement.homeKind })}` },
    { key: 'nights', name: t('nights'), value: nightsWords(placement.nights) },
    ...useLastFact({ placement, now }),
    {
      key: 'host', name: t('host'),
      value: <TextLink href={`/${locale}/coordinate/hosts/${placement.hostId}`}>{t('hostOpen')}</TextLink>,
    },
  ]
  return (
    <Card title={t('now')} aside={<StateBadge state={placement.state} />}>
      <FactsList facts={facts} />
      <OtherRooms others={placement.others} />
    </Card>
  )
}

function OtherRooms({ others }: Pick<RecordedPlacement, 'others'>) {
  const t = useTranslations('coordinate.record')
  const locale = useLocale()
  const day = (text: string) => formatDay({ day: text, locale, style: 'plain' })
  if (others.length === 0) return null
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <h3>{t('others')}</h3>
      <ul className="grid gap-1">
        {others.map(({ placementId, roomName, nights, state }) => (
          <li key={placementId} className="flex flex-wrap items-center gap-2">
            <TextLink href={`/${locale}/coordinate/placements/${placementId}`}>
              {t('otherLine', { room: roomName, from: day(nights.from), until: day(nights.until) })}
            </TextLink>
            <StateBadge state={state} />
          </li>
        ))}
      </ul>
      <p className="text-muted">{t('together')}</p>
    </div>
  )
}
