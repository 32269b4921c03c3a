import { getLocale, getTranslations } from 'next-intl/server'
import { QueueList } from '@/components/placements/queue-list'
import { QueueSearch } from '@/components/placements/queue-search'
import { addressOf, type QueueEntry } from '@/components/placements/shapes'
import { Tabs } from '@/components/ui/tabs'
import { requireScope, type CoordinatorScope } from '@/lib/auth/session'
import { now } from '@/lib/time/clock'
import { guarded } from '../guard'
import { StoppedNotice } from '../stopped-notice'
import { caseParamsIn, textIn, type Query } from './case-params'
import { ChangedStays } from './changed-stays'
import { ChosenCase } from './chosen-case'
import { FigureStrip } from './figure-strip'
import { countQueue, readQueue, viewOf, VIEWS, type View } from './read-queue'

const FIRST_ROWS = 40
const MORE_ROWS = 500
/** Lists whose number would only grow say no number. */
const UNCOUNTED: readonly View[] = ['all']
/** Lists that show only while somebody is in them. */
const SELDOM: readonly View[] = ['late', 'onward']

export async function generateMetadata() {
  return { title: (await getTranslations('coordinate.nav'))('title') }
}

/** Now: the numbers, the queue, and beside it the case that was chosen. */
export default async function CoordinatePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const scope = await guarded(requireScope)
  const t = await getTranslations('coordinate.queue')
  const path = `/${await getLocale()}/coordinate`
  const view = viewOf(textIn(query, 'view'))
  const search = textIn(query, 'q')
  const chosen = textIn(query, 'case')
  // counted while everything else is read
  const counts = countQueue(scope)
  counts.catch(() => undefined)
  const params = { view, ...(search === '' ? {} : { q: search }) }
  const here = { path, params: chosen === '' ? params : { ...params, case: chosen } }
  return (
    <>
      <h1>{t('title')}</h1>
      <StoppedNotice to="staff" />
      <ChangedStays scope={scope} path={path} />
      <FigureStrip scope={scope} path={path} counts={counts} />
      <ViewTabs counts={counts} path={path} view={search === '' ? view : null} />
      <div className="grid items-start gap-6 lg:grid-cols-[3fr_2fr]">
        <section aria-label={t('list')} className={`grid gap-4 ${chosen === '' ? '' : 'max-lg:order-2'}`}>
          <QueueSearch path={path} search={search} view={view} />
          <Rows scope={scope} view={view} search={search} chosen={chosen} everything={textIn(query, 'rows') === 'all'} here={{ path, params }} />
        </section>
        <ChosenCase scope={scope} code={chosen} here={here} asked={caseParamsIn(query)} />
      </div>
    </>
  )
}

async function ViewTabs({ counts: counting, path, view }: { counts: Promise<Record<View, number>>; path: string; view: View | null }) {
  const [t, counts] = await Promise.all([getTranslations('coordinate.nav'), counting])
  const tabs = VIEWS.filter((one) => !SELDOM.includes(one) || one === view || counts[one] > 0).map((one) => ({
    href: `${path}?view=${one}`, label: t(`view.${one}`), current: one === view, count: UNCOUNTED.includes(one) ? undefined : counts[one],
  }))
  return <Tabs label={t('views')} tabs={tabs} />
}

interface RowsProps {
  scope: CoordinatorScope
  view: View
  search: string
  chosen: string
  everything: boolean
  here: { path: string; params: Record<string, string> }
}

async function Rows({ scope, view, search, chosen, everything, here }: RowsProps) {
  const locale = await getLocale()
  const t = await getTranslations('coordinate.queue')
  const limit = everything ? MORE_ROWS : FIRST_ROWS
  const entries = await readQueue(scope, { view, search, limit: limit + 1 })
  const empty = scope.cityIds.length === 0 ? t('empty.cities') : t(`empty.${search === '' ? view : 'search'}`)
  const hrefOf = ({ code }: QueueEntry) => ({ beside: addressOf(here, { case: code }), page: `${here.path}/case/${code}` })
  return (
    <>
      {search !== '' && <p>{t('found', { search })}</p>}
      <QueueList
        entries={entries.slice(0, limit)}
        chosen={chosen}
        hrefOf={hrefOf}
        empty={empty}
        more={entries.length > limit && !everything ? addressOf(here, { rows: 'all' }) : null}
        now={now()}
        locale={locale}
      />
    </>
  )
}
