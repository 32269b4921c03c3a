import { getTranslations } from 'next-intl/server'
import { PrintButton } from '@/components/records/print-button'
import { Outcome } from '@/components/rounds/outcome'
import { ResultSheet } from '@/components/rounds/result-sheet'
import { Certificate } from '@/components/rounds/summary'
import { TextLink } from '@/components/ui/text-link'
import type { CoordinatorScope } from '@/lib/auth/session'
import type { RoundView } from '@/lib/rounds/queries/round'
import { readSuggestions } from '@/lib/rounds/queries/suggestions'

/** More than any round has: see `TOO_LARGE`. */
const EVERY_ROW = 1_000_000

/** The whole result for paper, at an address of its own. */
export async function RoundSheet({ scope, round, path }: { scope: CoordinatorScope; round: RoundView; path: string }) {
  const t = await getTranslations('rounds')
  const page = await readSuggestions(scope, round.id, { part: null, state: null, skip: 0, most: EVERY_ROW })
  return (
    <>
      <div className="no-print flex flex-wrap items-center gap-4"><PrintButton>{t('print')}</PrintButton><TextLink href={path}>{t('pages.all')}</TextLink></div>
      <p className="text-sm">{t('printed')}</p>
      <Outcome round={round} />
      {round.certificate !== null && <Certificate certificate={round.certificate} open />}
      <ResultSheet rows={page.suggestions} names={page} counts={page.counts} stopped={round.state === 'STOPPED'} />
    </>
  )
}
