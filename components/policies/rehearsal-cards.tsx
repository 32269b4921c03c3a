import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'
import { REHEARSED_DAYS, type RehearsedDays, type ShownRehearsal } from '@/lib/policies/schema'
import { OutcomeTable } from './outcome-table'
import { ProgressWatch } from './progress-watch'

type Ask = { action: FormAction; newKey: () => string; draftId: string }

/** Past days played again: what was asked for, how far it is, what came out; and what can be asked for. */
export function RehearsalCards({ rehearsals, ask, closed }: { rehearsals: readonly ShownRehearsal[]; ask: Ask; closed: boolean }) {
  const t = useTranslations('policy.rehearsal')
  const asked = new Set(rehearsals.map(({ days }) => days))
  const left = closed ? [] : REHEARSED_DAYS.filter((days) => !asked.has(days))
  return (
    <section className="grid gap-4" id="rehearsal">
      <h2>{t('title')}</h2>
      <p className="max-w-[66ch] text-sm text-muted">{t('hint')}</p>
      <div className="flex flex-wrap gap-3">
        {left.map((days, index) => <AskForm key={days} {...ask} days={days} label={t(`ask${days}`)} look={asked.size === 0 && index === 0 ? 'primary' : 'secondary'} />)}
      </div>
      {rehearsals.map((one) => (
        <Card key={one.id} title={t('days', { days: one.days })} level={3}>
          {one.outcome ? <OutcomeTable outcome={one.outcome} /> : <Running rehearsal={one} ask={ask} />}
        </Card>
      ))}
    </section>
  )
}

function AskForm({ action, newKey, draftId, days, label, look }: Ask & { days: RehearsedDays; label: string; look: 'primary' | 'secondary' }) {
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={newKey()} label={label} className="grid gap-2">
      <input type="hidden" name="draftId" value={draftId} />
      <input type="hidden" name="days" value={days} />
      <SubmitButton look={look} pendingLabel={ui('sending')}>{label}</SubmitButton>
    </ActionForm>
  )
}

/** A bar with words; the page looks again by itself, with a script or without. */
function Running({ rehearsal: { state, done, total, silent, days }, ask }: { rehearsal: ShownRehearsal; ask: Ask }) {
  const t = useTranslations('policy.rehearsal')
  const again = <AskForm {...ask} days={days} label={t('again')} look="secondary" />
  if (state === 'FAILED') return <><Notice tone="danger">{t('failed')}</Notice>{again}</>
  if (silent) return <><Notice tone="needs-you">{t('silent')}</Notice>{again}</>
  return (
    <div className="grid gap-2" role="status">
      <p>{state === 'WAITING' ? t('waiting') : t('progress', { done, total })}</p>
      <progress className="h-2 w-full accent-primary" aria-label={t('label')} value={done} max={total} />
      <p className="text-sm text-muted">{t('leave')}</p>
      <ProgressWatch />
    </div>
  )
}
