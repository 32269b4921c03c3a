import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'
import { RowLink } from './row-link'
import { firstParty, lostParty, type Names, type ResultRow } from './shapes'

type Props = {
  roundId: string
  lost: readonly ResultRow[]
  /** All there are; more than `lost` where only the first stand here. */
  count: number
  names: Names
  rerun: FormAction
  formKey: string
  look: 'primary' | 'secondary'
  /** Where all of them stand. */
  everything: string
}

/** Whose place was taken meanwhile, a line in words for each by name, and the button that looks again for them alone. */
export function LostNotice({ roundId, lost, count, names, rerun, formKey, look, everything }: Props) {
  const t = useTranslations('rounds')
  const ui = useTranslations('ui')
  const reasonOf = useLostReason()
  return (
    <Notice tone="needs-you" title={t('lost.title', { count })}>
      <ul className="grid gap-1 py-2">
        {lost.map((row) => {
          const [party, first] = [lostParty(row, names), firstParty(row, names)]
          const said = { code: party?.code ?? '', nickname: party?.nickname ?? '', reason: reasonOf(row) }
          return <li key={row.number}>{party === first ? t('lost.line', said) : t('lost.member', { ...said, first: first?.code ?? '' })}</li>
        })}
      </ul>
      {count > lost.length && <RowLink href={everything}>{t('lost.rest', { count: count - lost.length })}</RowLink>}
      <ActionForm action={rerun} formKey={formKey} label={t('lost.rerun')} className="no-print">
        <input type="hidden" name="roundId" value={roundId} />
        <SubmitButton look={look} pendingLabel={ui('sending')}>{t('lost.rerun')}</SubmitButton>
      </ActionForm>
    </Notice>
  )
}

/** Why it was lost, as things were then: who was faster and how long ago that is now. */
export function useLostReason() {
  const t = useTranslations('rounds.lost')
  const refusals = useTranslations('refusals')
  return ({ lostReason, lostDetail, decidedMinutesAgo }: ResultRow): string => {
    const reason = lostReason ?? ''
    const then = Number(lostDetail?.['minutesAgo'] ?? 0)
    const detail = { roomName: '', byName: '', ...lostDetail, minutesAgo: then + (decidedMinutesAgo ?? 0) }
    if (t.has(reason)) return t(reason, detail)
    return refusals.has(reason) ? refusals(reason, detail) : reason
  }
}
