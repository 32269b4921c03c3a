import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import { Table } from '@/components/ui/table'
import { formatDay } from '@/components/ui/time-words'
import { PARTY_KINDS, type Figures, type PartyKind } from '@/lib/matching/rehearsal-figures'
import { MOST_REHEARSED, type RehearsalOutcome } from '@/lib/policies/schema'
import { addDays } from '@/lib/time/day'

const FIGURES = ['sheltered', 'nights', 'waitMedian', 'waitLong', 'moves', 'split'] as const

/** What both sides did, side by side, and by kind of guests; few are hidden. */
export function OutcomeTable({ outcome }: { outcome: RehearsalOutcome }) {
  const t = useTranslations('policy.outcome')
  const { inForce, draft } = outcome
  return (
    <div className="grid gap-4">
      <Verdict more={draft.all.sheltered - inForce.all.sheltered} />
      <About outcome={outcome} />
      <Table
        caption={t('figure')}
        rows={[...FIGURES]}
        rowKey={(figure) => figure}
        columns={[
          { key: 'figure', head: t('figure'), heading: true, cell: (figure) => <span className="whitespace-normal">{t(figure)}</span> },
          { key: 'now', head: t('now'), align: 'end', cell: (figure) => inForce.all[figure] },
          { key: 'then', head: t('then'), align: 'end', cell: (figure) => (
            <>{draft.all[figure]}<Difference by={draft.all[figure] - inForce.all[figure]} /></>) },
        ]}
      />
      <ByKind outcome={outcome} />
    </div>
  )
}

function Verdict({ more }: { more: number }) {
  const t = useTranslations('policy.outcome')
  if (more === 0) return <Notice tone="info">{t('equal')}</Notice>
  return more > 0 ? <Notice tone="ok">{t('better', { count: more })}</Notice> : <Notice tone="needs-you">{t('worse', { count: -more })}</Notice>
}

function About({ outcome: { from, until, rooms, persons, inForce } }: { outcome: RehearsalOutcome }) {
  const t = useTranslations('policy.rehearsal')
  const locale = useLocale()
  const day = (of: string) => formatDay({ day: of, locale, style: 'plain' })
  const { parties } = inForce.all
  return (
    <p className="text-sm text-muted">
      {t('about', { from: day(from), until: day(addDays(until, -1)), parties, persons, rooms })}
      {Math.max(parties, rooms) >= MOST_REHEARSED && <> {t('first', { most: MOST_REHEARSED })}</>}
    </p>
  )
}

/** The sign stands before the number; nothing is said in colour alone. */
function Difference({ by }: { by: number }) {
  if (by === 0) return null
  return <span className="block text-muted"> ({by > 0 ? `+${String(by)}` : `−${String(-by)}`})</span>
}

function ByKind({ outcome: { inForce, draft } }: { outcome: RehearsalOutcome }) {
  const t = useTranslations('policy')
  const cell = (kind: PartyKind, figure: keyof Figures) => {
    const [now, then] = [inForce.kinds[kind], draft.kinds[kind]]
    return now && then ? t('outcome.cell', { now: now[figure], then: then[figure] }) : '–'
  }
  return (
    <Table
      caption={t('outcome.kinds')}
      captionLook="shown"
      rows={[...PARTY_KINDS]}
      rowKey={(kind) => kind}
      columns={[
        { key: 'kind', head: t('outcome.kind'), heading: true, cell: (kind) => <Kind name={t(`kind.${kind}`)} parties={inForce.kinds[kind]?.parties ?? null} /> },
        { key: 'sheltered', head: t('outcome.placed'), align: 'end', cell: (kind) => cell(kind, 'sheltered') },
        { key: 'wait', head: t('outcome.wait'), align: 'end', cell: (kind) => cell(kind, 'waitMedian') },
      ]}
    />
  )
}

function Kind({ name, parties }: { name: string; parties: number | null }) {
  const t = useTranslations('policy.outcome')
  return (
    <span className="whitespace-normal">
      {name}
      <span className="block font-normal text-muted">{parties === null ? t('hidden') : t('parties', { count: parties })}</span>
    </span>
  )
}
