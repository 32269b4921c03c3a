import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { ProgressCard } from '@/components/rounds/progress-card'
import { RoundBadge } from '@/components/rounds/round-list'
import type { PartAsked } from '@/components/rounds/shapes'
import { cityNames, scopeText } from '@/components/rounds/words'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { formatClock } from '@/components/ui/time-words'
import { requireScope, type CoordinatorScope } from '@/lib/auth/session'
import { findCity } from '@/lib/places/places'
import { newFormKey } from '@/lib/privacy/secret'
import { readRound, type RoundView } from '@/lib/rounds/queries/round'
import { SECTIONS } from '@/lib/rounds/rules/result'
import { now } from '@/lib/time/clock'
import { textIn, type Query } from '../../case-params'
import { guarded } from '../../../guard'
import { StoppedNotice } from '../../../stopped-notice'
import { stopRoundAction } from '../actions'
import { RoundResult } from './round-result'
import { RoundSheet } from './round-sheet'

/** No round has so many rows. */
const MOST_ROWS = 1_000_000

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> }

export async function generateMetadata() {
  return { title: (await getTranslations('rounds'))('page.title') }
}

async function Heading({ round, path }: { round: RoundView; path: string }) {
  const t = await getTranslations('rounds')
  const locale = await getLocale()
  const timeZone = findCity(round.cityIds[0] ?? '')?.timeZone ?? 'UTC'
  return (
    <div className="grid gap-2">
      <div className="no-print"><TextLink href={path} icon="arrow-left">{t('page.back')}</TextLink></div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1"><h1>{t('page.title')}</h1><RoundBadge state={round.state} /></div>
      <p className="text-muted">
        {cityNames(round.cityIds, locale)}. {scopeText(round, t)} {round.groupsInPart && t('page.inPart')}{' '}
        {t('page.started', { name: round.startedByName, time: formatClock({ at: round.queuedAt, now: now(), locale, timeZone }) })}.
      </p>
      {round.rerunOf !== null && <p>{t('page.rerunOf')} <TextLink href={`${path}/${round.rerunOf}`}>{t('page.earlier')}</TextLink></p>}
    </div>
  )
}

async function Failure({ failure, path }: { failure: NonNullable<RoundView['failure']>; path: string }) {
  const t = await getTranslations('rounds')
  return (
    <Notice tone="danger" title={t('failure.title')} actions={<LinkButton href={path} look="primary">{t('again')}</LinkButton>}>
      {t(`failure.${failure}`)} {t('failure.kept')}
    </Notice>
  )
}

async function Body({ scope, round, path, query }: { scope: CoordinatorScope; round: RoundView; path: string; query: Query }) {
  const here = `${path}/${round.id}`
  if (round.state === 'QUEUED' || round.state === 'RUNNING') {
    const progress = { ...round, step: round.state === 'QUEUED' ? null : round.step }
    return <ProgressCard progress={progress} roundId={round.id} here={here} stop={stopRoundAction} formKey={newFormKey()} />
  }
  if (round.failure !== null) return <Failure failure={round.failure} path={path} />
  if (textIn(query, 'print') === 'all' && round.persons !== null) return <RoundSheet scope={scope} round={round} path={here} />
  return <RoundResult scope={scope} round={round} path={here} why={Number(textIn(query, 'why'))} asked={partIn(query)} />
}

/** The part of the result an address asks for, and the row it begins with. */
function partIn(query: Query): PartAsked {
  const part = SECTIONS.find((section) => section === textIn(query, 'part')) ?? null
  const from = Number(textIn(query, 'from'))
  return { part, skip: part !== null && Number.isInteger(from) && from > 1 && from <= MOST_ROWS ? from - 1 : 0 }
}

/** One round: how far it is, or what it found and what became of that. */
export default async function RoundPage({ params, searchParams }: Props) {
  const { id } = await params
  if (!z.uuid().safeParse(id).success) notFound()
  const { scope, round } = await guarded(async () => {
    const proven = await requireScope()
    return { scope: proven, round: await readRound(proven, id) }
  })
  const t = await getTranslations('rounds')
  const path = `/${await getLocale()}/coordinate/rounds`
  const over = round.state === 'DONE' || round.state === 'STOPPED'
  return (
    <div className="grid gap-6">
      <Heading round={round} path={path} />
      <StoppedNotice to="staff" />
      <Body scope={scope} round={round} path={path} query={await searchParams} />
      {over && <div className="no-print"><LinkButton href={path}>{t('again')}</LinkButton></div>}
    </div>
  )
}
