import { getLocale, getTranslations } from 'next-intl/server'
import { StayCard, type StayCardState } from '@/components/hosts/stay-card'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { DoorDrawing } from '@/components/ui/drawing'
import { DayText, Time } from '@/components/ui/time'
import type { HostStay } from '@/lib/hosts/queries/stays'
import { findCity } from '@/lib/places/places'
import { now } from '@/lib/time/clock'

const SECTIONS = ['requests', 'here', 'next', 'waiting'] as const
type Section = (typeof SECTIONS)[number]

function cardState(stay: HostStay): StayCardState | null {
  if (stay.askedUntil !== null) return 'EXTENSION'
  const { state } = stay
  return state === 'ASK' || state === 'WAITING' || state === 'CONFIRMED' || state === 'ARRIVED' ? state : null
}

const SECTION_OF: Record<StayCardState, Section> = {
  ASK: 'requests', EXTENSION: 'requests', ARRIVED: 'here', CONFIRMED: 'next', WAITING: 'waiting',
}

async function Note({ stay }: { stay: HostStay }) {
  const locale = await getLocale()
  const t = await getTranslations('host.stay')
  if (stay.askedUntil !== null) return <p>{t('asksUntil')} <DayText day={stay.askedUntil} locale={locale} />.</p>
  if (stay.state !== 'ASK' && stay.state !== 'WAITING') return null
  const timeZone = findCity(stay.cityId)?.timeZone ?? 'Asia/Almaty'
  return (
    <p className="text-muted">
      {stay.state === 'ASK' ? t('awaited') : t('othersAwaited')}{' '}
      <Time at={stay.deadline} now={now()} locale={locale} timeZone={timeZone} kind="clock" />.
    </p>
  )
}

/** Requests first, then who is here, who comes next, and what still waits for others. */
export async function StaySections({ stays, paused }: { stays: HostStay[]; paused: boolean }) {
  const locale = await getLocale()
  const t = await getTranslations('host.page')
  const cards = stays.flatMap((stay) => {
    const state = cardState(stay)
    return state === null || stay.party === null ? [] : [{ stay, state, party: stay.party, section: SECTION_OF[state] }]
  })
  if (cards.length === 0) {
    return (
      <Card>
        <EmptyState title={t('noStays')} drawing={<DoorDrawing size={80} />}>{paused ? t('noStaysPaused') : t('noStaysText')}</EmptyState>
      </Card>
    )
  }
  return SECTIONS.map((section) => {
    const here = cards.filter((card) => card.section === section)
    if (here.length === 0) return null
    return (
      <section key={section} className="grid gap-4">
        <h2>{t(section)}</h2>
        {here.map(({ stay, state, party }) => (
          <StayCard
            key={stay.placementId}
            state={state}
            stay={{ party, from: stay.from, until: stay.until, rooms: stay.rooms }}
            href={`/${locale}/answer/${stay.ticket}`}
            note={<Note stay={stay} />}
          />
        ))}
      </section>
    )
  })
}
