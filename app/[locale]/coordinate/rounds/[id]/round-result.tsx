import { getTranslations } from 'next-intl/server'
import { LostNotice } from '@/components/rounds/lost-notice'
import { Outcome } from '@/components/rounds/outcome'
import { PART_ROWS } from '@/components/rounds/part-pages'
import { ResultForm } from '@/components/rounds/result-form'
import type { PartAsked } from '@/components/rounds/shapes'
import { Certificate } from '@/components/rounds/summary'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import type { CoordinatorScope } from '@/lib/auth/session'
import { newFormKey } from '@/lib/privacy/secret'
import type { RoundView } from '@/lib/rounds/queries/round'
import { readSuggestions } from '@/lib/rounds/queries/suggestions'
import { approveRoundAction, rerunRoundAction } from '../actions'
import { readReasons } from '../read-reasons'

/** Rows of each part where all stand together. */
const SHOWN = 50
/** Lines of those who lost a place; the printed result has them all. */
const LOST_SHOWN = 500

type Props = { scope: CoordinatorScope; round: RoundView; path: string; why: number; asked: PartAsked }

/** Who lost a place meanwhile, whatever rows of the result the page shows. */
async function Lost({ scope, round, path }: Pick<Props, 'scope' | 'round' | 'path'>) {
  if (round.lost === 0) return null
  const names = await readSuggestions(scope, round.id, { part: null, state: 'LOST', skip: 0, most: LOST_SHOWN })
  return (
    <LostNotice
      roundId={round.id} lost={names.suggestions} count={round.lost} names={names} rerun={rerunRoundAction} formKey={newFormKey()}
      look={round.open > 0 ? 'secondary' : 'primary'} everything={`${path}?print=all`}
    />
  )
}

/** What a round found: numbers, proof, who lost a place meanwhile, and every suggestion with its buttons. */
export async function RoundResult({ scope, round, path, why, asked }: Props) {
  const t = await getTranslations('rounds')
  if (round.persons === null) return <Outcome round={round} />
  if (round.arrivals === 0) return <EmptyState title={t('empty.nobody')}>{t('empty.nobodyHint')}</EmptyState>
  const most = asked.part === null ? SHOWN : PART_ROWS
  const [page, reasons] = await Promise.all([
    readSuggestions(scope, round.id, { ...asked, state: null, most }),
    readReasons(scope, { roundId: round.id, number: why, policy: round.policy }),
  ])
  return (
    <>
      <p className="hidden text-sm print:block">{t('printed')} {t('printedPart')}</p>
      <Outcome round={round} />
      <Lost scope={scope} round={round} path={path} />
      {round.certificate !== null && <Certificate certificate={round.certificate} />}
      <ResultForm
        roundId={round.id} rows={page.suggestions} names={page} counts={page.counts} open={round.open} approve={approveRoundAction}
        formKey={newFormKey()} path={path} asked={asked} reasons={reasons} stopped={round.state === 'STOPPED'}
      />
      <div className="no-print"><LinkButton href={`${path}?print=all`}>{t('printAll')}</LinkButton></div>
    </>
  )
}
