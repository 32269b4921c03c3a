import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { HistoryList } from '@/components/records/history-list'
import { PrintButton } from '@/components/records/print-button'
import { RecordFacts } from '@/components/records/record-facts'
import { YesList } from '@/components/records/yes-list'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { formatDay } from '@/components/ui/time-words'
import { requireScope } from '@/lib/auth/session'
import { placementRecord } from '@/lib/placements/queries/history'
import { idText } from '@/lib/text/schema'
import { now } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'
import { guarded } from '../../../guard'
import { StoppedNotice } from '../../../stopped-notice'
import { OpenForms } from './open-forms'

/** The title is the word for it; the code stands on the page. */
export async function generateMetadata() {
  return { title: (await getTranslations('coordinate.history'))('title') }
}

/** One placement: who, where, until when, who said yes, what can be recorded now, and its whole history. */
export default async function PlacementPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!idText.safeParse(id).success) notFound()
  const locale = await getLocale()
  const t = await getTranslations('coordinate.record')
  const scope = await guarded(requireScope)
  const record = await guarded(() => placementRecord(scope, id))
  const moment = now()
  const { timeZone, askedUntil } = record
  return (
    <div className="grid gap-4">
      <div className="no-print flex flex-wrap items-center justify-between gap-2">
        <TextLink href={`/${locale}/coordinate/case/${record.code}`} icon="arrow-left">{t('back')}</TextLink>
        <PrintButton>{t('print')}</PrintButton>
      </div>
      <h1>{t('title', { code: record.code })}</h1>
      <StoppedNotice to="staff" />
      {askedUntil !== null && (
        <Notice tone="needs-you">{t('asked', { day: formatDay({ day: askedUntil, locale, style: 'plain' }) })}</Notice>
      )}
      {record.womenChanged && <Notice tone="danger">{t('womenChanged')}</Notice>}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <RecordFacts placement={record} now={moment} />
          <YesList yeses={record.yeses} needsSecond={record.needsSecond} now={moment} timeZone={timeZone} />
        </div>
        <OpenForms record={record} today={dayInZone(moment, timeZone)} actor={scope.actor} />
      </div>
      <HistoryList history={record.history} now={moment} timeZone={timeZone} />
    </div>
  )
}
