import { useLocale, useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { Check, CheckNote, Vetting } from '@/lib/safety/rules'
import { REFERENCES_NEEDED } from '@/lib/safety/schema'

export type ListedCheck = Check & { id: string; byName: string; counts: boolean; note: CheckNote; noteUnreadable: boolean }

// with the year: a check is good for one, so its end is the same day of another year
function useDayWords(): (day: string) => string {
  const words = new Intl.DateTimeFormat(useLocale(), { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' })
  return (day) => words.format(new Date(`${day}T00:00:00Z`))
}

function CheckRow({ check }: { check: ListedCheck }) {
  const t = useTranslations('coordinate.hosts')
  const dayWords = useDayWords()
  const until = { day: dayWords(check.expiresOn) }
  return (
    <li className="grid gap-1 border-t border-line pt-3 first:border-0 first:pt-0">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">{t(`checkKinds.${check.kind}`)}</span>
        <Badge tone={check.counts ? 'ok' : 'plain'} icon={check.counts ? 'check' : 'clock'}>
          {check.counts ? t('checkUntil', until) : t('checkOver', until)}
        </Badge>
      </p>
      <p className="text-muted">{t('checkLine', { day: dayWords(check.doneOn), name: check.byName })}</p>
      {check.note.referee !== null && <p>{t('referee', { name: check.note.referee })}</p>}
      {check.noteUnreadable && <p className="text-muted">{t('noteUnreadable')}</p>}
      {check.note.text !== null && <p className="whitespace-pre-line">{check.note.text}</p>}
    </li>
  )
}

/** What was checked so far: by whom, when, until when it counts. */
export function CheckList({ checks, vetting }: { checks: ListedCheck[]; vetting: Vetting }) {
  const t = useTranslations('coordinate.hosts')
  const dayWords = useDayWords()
  const count = Math.min(vetting.references, REFERENCES_NEEDED)
  return (
    <Card title={t('checks')}>
      {vetting.completeUntil === null
        ? <Notice tone="info">{t('incomplete')}</Notice>
        : <Notice tone="ok">{t('complete', { day: dayWords(vetting.completeUntil) })}</Notice>}
      <p className="flex flex-wrap gap-2">
        <Badge tone={vetting.visited ? 'ok' : 'plain'} icon={vetting.visited ? 'check' : 'minus'}>
          {vetting.visited ? t('visitDone') : t('visitMissing')}
        </Badge>
        <Badge tone={count === REFERENCES_NEEDED ? 'ok' : 'plain'} icon={count === REFERENCES_NEEDED ? 'check' : 'minus'}>
          {t('references', { count, needed: REFERENCES_NEEDED })}
        </Badge>
      </p>
      {checks.length === 0 ? <p className="text-muted">{t('checksNone')}</p> : (
        <ul className="grid gap-3">
          {checks.map((check) => <CheckRow key={check.id} check={check} />)}
        </ul>
      )}
    </Card>
  )
}
