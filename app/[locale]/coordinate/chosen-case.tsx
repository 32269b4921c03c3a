import { getLocale, getTranslations } from 'next-intl/server'
import type { Here } from '@/components/placements/shapes'
import { KeyDrawing } from '@/components/ui/drawing'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import type { CoordinatorScope } from '@/lib/auth/session'
import { findArrivalId } from '@/lib/placements/queries/plans'
import { guarded } from '../guard'
import { CaseView, type CaseParams } from './case-view'
import { readCase } from './read-case'

type Props = { scope: CoordinatorScope; code: string; here: Here; asked: CaseParams }

/** The right side of the first page: the case of the chosen row, or a word on how to choose one. */
export async function ChosenCase({ scope, code, here, asked }: Props) {
  const t = await getTranslations('coordinate')
  if (code === '') {
    return (
      <aside className="rounded-xl border border-line bg-card max-lg:hidden">
        <EmptyState title={t('queue.pickTitle')} drawing={<KeyDrawing />}>{t('queue.pick')}</EmptyState>
      </aside>
    )
  }
  const found = await guarded(async () => readCase(scope, await findArrivalId(scope, code), asked))
  const { code: spoken, nickname } = found.arrival
  return (
    <section aria-labelledby="case" className="grid gap-5 lg:sticky lg:top-4 lg:-m-2 lg:max-h-[calc(100dvh-2rem)] lg:overflow-y-auto lg:p-2">
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="case" className="text-2xl">{spoken} · {nickname}</h2>
        <TextLink href={`/${await getLocale()}/coordinate/case/${spoken}`}>{t('case.full')}</TextLink>
      </div>
      <CaseView {...found} scope={scope} here={here} asked={asked} />
    </section>
  )
}
