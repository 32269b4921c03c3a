import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ActionForm } from '@/components/ui/action-form'
import { BedDrawing } from '@/components/ui/drawing'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import type { FormAction } from '@/lib/actions/state'
import type { Candidate } from '@/lib/matching/candidates'
import type { Comparison } from '@/lib/matching/shadow'
import { CandidateCard } from './candidate-card'
import { ForAllNotice, ForAllRank, type RankForAll } from './for-all'
import { ReadyBadge, ReadyNotice, type Ready } from './ready'
import { SeveralCard } from './several-card'
import type { RoomNames, SeveralPlan } from './shapes'

type FormProps = {
  action: FormAction
  formKey: string
  arrivalId: string
  children: ReactNode
}

/**
 * The one form around every choice; the button pressed says which. It stays when there is nothing to choose any more, so
 * that somebody who came second still reads who was faster.
 */
export function ProposeForm({ action, formKey, arrivalId, children }: FormProps) {
  const t = useTranslations('coordinate.candidates')
  return (
    <ActionForm action={action} formKey={formKey} className="grid gap-4" label={t('title')}>
      <input type="hidden" name="arrivalId" value={arrivalId} />
      {children}
    </ActionForm>
  )
}

/** What the last round tells of these rooms. */
export interface ForAll {
  comparison: Comparison<Candidate>
  /** By the room's id. */
  ranks: ReadonlyMap<string, RankForAll>
  /** The best for everybody, where it stands below what is shown. */
  beyond: readonly { candidate: Candidate; place: number }[]
}

type Props = {
  candidates: readonly Candidate[]
  shifted: readonly Candidate[]
  several: readonly SeveralPlan[]
  names: RoomNames
  /** Rooms of the cities that fit, before the list was cut to what is shown. */
  found: number
  /** Leads to the longer or the shorter list, when there is one. */
  more: { href: string; label: string } | null
  /** The rank for everybody beside the one for this person; `null` where no round has told what rooms cost others. */
  forAll: ForAll | null
  /** The place that stands ready; `null` while there is none that still holds. */
  ready: Ready | null
  /** Something is proposed already: the rooms are shown, none can be held. */
  backup: boolean
}

/** The best rooms, each explained: those that fit, plans over several rooms, and those that fit after a shift. */
export function CandidateList({ candidates, shifted, several, names, found, more, forAll, ready, backup }: Props) {
  const t = useTranslations('coordinate.candidates')
  const nothing = candidates.length + shifted.length + several.length === 0
  return (
    <section aria-labelledby="rooms" className="grid gap-4">
      <h2 id="rooms">{t(backup ? 'backup' : 'title')}</h2>
      {found > 0 && <p className="text-muted">{t('count', { count: found })}.{!backup && ` ${t('proposeHint')}`}</p>}
      {ready && <ReadyNotice ready={ready} names={names} />}
      {forAll && <ForAllNotice comparison={forAll.comparison} names={names} />}
      <Fitting candidates={candidates} names={names} forAll={forAll} ready={ready} backup={backup} />
      {more && <div><LinkButton href={more.href} size="small">{more.label}</LinkButton></div>}
      {several.length > 0 && <h3>{t('several')}</h3>}
      {several.map((plan) => <SeveralCard key={plan.homeId} plan={plan} names={names} backup={backup} />)}
      {shifted.length > 0 && <h3>{t('shifted')}</h3>}
      {shifted.map((candidate, index) => (
        <CandidateCard key={candidate.room.id} candidate={candidate} label={names.get(candidate.room.id)} place={index + 1} backup={backup}>
          <ReadyBadge ready={ready} candidate={candidate} />
        </CandidateCard>
      ))}
      {nothing && <EmptyState title={t('none')} drawing={<BedDrawing />}>{t('noneHint')}</EmptyState>}
      <p className="text-sm text-muted">{t('notUsed')}</p>
    </section>
  )
}

/** The rooms that fit the nights asked for, each with its second rank where there is one. */
function Fitting({ candidates, names, forAll, ready, backup }: Pick<Props, 'candidates' | 'names' | 'forAll' | 'ready' | 'backup'>) {
  const shown = [...candidates.map((candidate, index) => ({ candidate, place: index + 1 })), ...(forAll?.beyond ?? [])]
  if (ready?.candidate.shiftNights === 0 && shown.every(({ candidate }) => candidate.room.id !== ready.candidate.room.id)) shown.push(ready)
  return shown.map(({ candidate, place }) => {
    const rank = forAll?.ranks.get(candidate.room.id)
    return (
      <CandidateCard key={candidate.room.id} candidate={candidate} label={names.get(candidate.room.id)} place={place} backup={backup}>
        <ReadyBadge ready={ready} candidate={candidate} />
        {rank && <ForAllRank rank={rank} />}
      </CandidateCard>
    )
  })
}
