import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import type { FormAction } from '@/lib/actions/state'
import { SECTIONS, type Section } from '@/lib/rounds/rules/result'
import { PartPages, partAddress } from './part-pages'
import { ResultLine } from './result-row'
import type { Names, PartAsked, Reasons, ResultRow } from './shapes'

type Props = {
  roundId: string
  rows: readonly ResultRow[]
  names: Names
  /** All there are in each part; more than `rows` where the page shows the first of them only. */
  counts: Partial<Record<Section, number>>
  /** Plans that can be approved, on the page or not. */
  open: number
  approve: FormAction
  formKey: string
  /** The round's address, and what the page shows of it. */
  path: string
  asked: PartAsked
  reasons: Reasons | null
  /** Somebody stopped the round: nobody looked for what would help. */
  stopped: boolean
}

/** The result as one form: all, what is ticked, or one. Groups first, those without a place last. */
export function ResultForm({ roundId, rows, names, counts, open, approve, formKey, path, asked, reasons, stopped }: Props) {
  const t = useTranslations('rounds')
  const here = partAddress(path, asked)
  const parts = SECTIONS.filter((section) => (asked.part ?? section) === section && (counts[section] ?? 0) > 0)
  return (
    <ActionForm action={approve} formKey={formKey} label={t('summary.label')} className="grid gap-6">
      <input type="hidden" name="roundId" value={roundId} />
      {open > 0 && <ApproveBar open={open} />}
      {parts.map((section) => {
        const shown = rows.filter((row) => row.section === section)
        const count = counts[section] ?? 0
        return (
          <section key={section} aria-labelledby={`part-${section}`} className="grid gap-2">
            <div>
              <h2 id={`part-${section}`}>{t(`section.${section}`)} <span className="text-muted">{count}</span></h2>
              <p className="text-sm text-muted">{t(section === 'NONE' && stopped ? 'sectionHint.NONE_STOPPED' : `sectionHint.${section}`)}</p>
            </div>
            <ul className="overflow-hidden rounded-xl border border-line bg-card">
              {shown.map((row) => <ResultLine key={row.number} row={row} names={names} here={here} reasons={reasons} stopped={stopped} />)}
            </ul>
            <PartPages section={section} shown={shown.length} count={count} path={path} asked={asked} />
          </section>
        )
      })}
    </ActionForm>
  )
}

function ApproveBar({ open }: { open: number }) {
  const t = useTranslations('rounds.approve')
  const ui = useTranslations('ui')
  return (
    <div className="no-print grid gap-2">
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="which" value="all" pendingLabel={ui('sending')}>{t('all', { count: open })}</SubmitButton>
        <SubmitButton name="which" value="chosen" look="secondary" pendingLabel={ui('sending')}>{t('chosen')}</SubmitButton>
      </div>
      <p className="text-sm text-muted">{t('hint')}</p>
    </div>
  )
}
