import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { BedDrawing } from '@/components/ui/drawing'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import type { FormAction } from '@/lib/actions/state'
import type { Candidate } from '@/lib/matching/candidates'
import { CandidateCard } from './candidate-card'
import { SeveralCard } from './several-card'
import type { RoomNames, SeveralPlan } from './shapes'

type Props = {
  action: FormAction
  formKey: string
  arrivalId: string
  candidates: readonly Candidate[]
  shifted: readonly Candidate[]
  several: readonly SeveralPlan[]
  names: RoomNames
  /** Candidates there are, before the list was cut to what is shown. */
  found: number
  /** Leads to the longer or the shorter list, when there is one. */
  more: { href: string; label: string } | null
}

/**
 * The best rooms, each explained, in one form: the button pressed says which. A refusal stands on top, says who was
 * faster, and the list under it is read anew.
 */
export function CandidateList({ action, formKey, arrivalId, candidates, shifted, several, names, found, more }: Props) {
  const t = useTranslations('coordinate.candidates')
  const nothing = candidates.length + shifted.length + several.length === 0
  return (
    <section aria-labelledby="rooms" className="grid gap-4">
      <h2 id="rooms">{t('title')}</h2>
      {found > 0 && <p className="text-muted">{t('count', { count: found })}. {t('proposeHint')}</p>}
      <ActionForm action={action} formKey={formKey} className="grid gap-4" label={t('title')}>
        <input type="hidden" name="arrivalId" value={arrivalId} />
        {candidates.map((candidate, index) => (
          <CandidateCard key={candidate.room.id} candidate={candidate} label={names.get(candidate.room.id)} place={index + 1} />
        ))}
        {more && <div><LinkButton href={more.href} size="small">{more.label}</LinkButton></div>}
        {several.length > 0 && <h3>{t('several')}</h3>}
        {several.map((plan) => <SeveralCard key={plan.homeId} plan={plan} names={names} />)}
        {shifted.length > 0 && <h3>{t('shifted')}</h3>}
        {shifted.map((candidate, index) => (
          <CandidateCard key={candidate.room.id} candidate={candidate} label={names.get(candidate.room.id)} place={index + 1} />
        ))}
      </ActionForm>
      {nothing && <EmptyState title={t('none')} drawing={<BedDrawing />}>{t('noneHint')}</EmptyState>}
      <p className="text-sm text-muted">{t('notUsed')}</p>
    </section>
  )
}
