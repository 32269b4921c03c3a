import { getTranslations } from 'next-intl/server'
import { LostNotice } from '@/components/rounds/lost-notice'
import { ResultForm } from '@/components/rounds/result-form'
import type { ResultRow } from '@/components/rounds/shapes'
import { Certificate, Summary } from '@/components/rounds/summary'
import { EmptyState } from '@/components/ui/empty-state'
import { Notice } from '@/components/ui/notice'
import type { CoordinatorScope } from '@/lib/auth/session'
import { newFormKey } from '@/lib/privacy/secret'
import type { RoundView } from '@/lib/rounds/queries/round'
import { readSuggestions } from '@/lib/rounds/queries/suggestions'
import { approveRoundAction, rerunRoundAction } from '../actions'
import { readReasons } from '../read-reasons'

/** Rows of each part that stand on the page at first, and at most. */
const SHOWN = 50
const MOST_SHOWN = 2_000

type Props = { scope: CoordinatorScope; round: RoundView; here: string; why: number; everything: boolean }

/** What it came to, and what was approved of it. */
async function Outcome({ round }: { round: RoundView }) {
  const t = await getTranslations('rounds')
  const { state, rooms, placed, persons, open, held, lost, seconds } = round
  return (
    <>
      {state === 'STOPPED' && <Notice tone="info">{t('stoppedNote')}</Notice>}
      {rooms === 0 && <Notice tone="needs-you" title={t('empty.rooms')}>{t('empty.roomsHint')}</Notice>}
      <Summary placed={placed} persons={persons ?? 0} plans={open + held + lost} held={held} seconds={seconds} />
      {held + lost > 0 && <p role="status">{t('approve.done', { held, lost })}</p>}
    </>
  )
}

/** What a round found: numbers, proof, who lost a place meanwhile, and every suggestion with its buttons. */
export async function RoundResult({ scope, round, here, why, everything }: Props) {
  const t = await getTranslations('rounds')
  if (round.arrivals === 0) return <EmptyState title={t('empty.nobody')}>{t('empty.nobodyHint')}</EmptyState>
  const [page, reasons] = await Promise.all([
    readSuggestions(scope, round.id, everything ? MOST_SHOWN : SHOWN),
    readReasons(scope, { roundId: round.id, number: why, policy: round.policy }),
  ])
  const rows: ResultRow[] = page.suggestions
  const lost = rows.filter(({ state }) => state === 'LOST')
  return (
    <>
      <p className="hidden text-sm print:block">{t('printed')}</p>
      <Outcome round={round} />
      {lost.length > 0 && (
        <LostNotice
          roundId={round.id} lost={lost} count={round.lost} names={page} rerun={rerunRoundAction} formKey={newFormKey()}
          look={round.open > 0 ? 'secondary' : 'primary'}
        />
      )}
      {round.certificate !== null && <Certificate certificate={round.certificate} />}
      <ResultForm
        roundId={round.id} rows={rows} names={page} counts={page.counts} open={round.open} approve={approveRoundAction} formKey={newFormKey()}
        here={everything ? `${here}?rows=all` : here} everything={`${here}?rows=all`} reasons={reasons}
      />
    </>
  )
}
