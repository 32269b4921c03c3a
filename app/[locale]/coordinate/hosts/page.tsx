import { getLocale, getTranslations } from 'next-intl/server'
import { HostList, type ListedHost } from '@/components/records/host-list'
import { SubmitButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Field } from '@/components/ui/field'
import { LinkButton } from '@/components/ui/link-button'
import { requireScope } from '@/lib/auth/session'
import { countHosts, listHosts, type HostRow } from '@/lib/safety/queries'
import { dayInZone } from '@/lib/time/day'
import { guarded } from '../../guard'
import { readSearch, searchFor } from './host-search'

const LIMIT = 100

/** The title of the list of hosts. */
export async function generateMetadata() {
  return { title: (await getTranslations('coordinate.hosts'))('title') }
}

async function SearchForm({ typed }: { typed: string }) {
  const t = await getTranslations('coordinate.hosts')
  const ui = await getTranslations('ui')
  return (
    <form method="get" role="search" className="no-print flex flex-wrap items-end gap-2">
      <div className="min-w-0 flex-1 basis-64">
        <Field name="q" type="search" label={t('search')} initial={typed} maxLength={60} />
      </div>
      <SubmitButton look="secondary" pendingLabel={ui('loading')}>{t('find')}</SubmitButton>
      {typed !== '' && <LinkButton look="quiet" href={`/${await getLocale()}/coordinate/hosts`}>{t('all')}</LinkButton>}
    </form>
  )
}

function listed(host: HostRow): ListedHost {
  return { ...host, since: dayInZone(host.since, host.timeZone) }
}

async function Found({ hosts, typed }: { hosts: HostRow[]; typed: string }) {
  const t = await getTranslations('coordinate.hosts')
  if (hosts.length > 0) return <HostList hosts={hosts.map(listed)} />
  return <EmptyState title={typed === '' ? t('empty') : t('none')}>{typed === '' ? t('emptyHint') : t('noneHint')}</EmptyState>
}

/** Hosts of the coordinator's cities, those who wait for a visit first. */
export default async function HostsPage({ searchParams }: { searchParams: Promise<{ q?: string | string[] }> }) {
  const typed = readSearch((await searchParams).q)
  const scope = await guarded(requireScope)
  const t = await getTranslations('coordinate.hosts')
  const [hosts, counts] = await Promise.all([listHosts(scope, { search: await searchFor(typed), limit: LIMIT }), countHosts(scope)])
  return (
    <div className="grid gap-4">
      <h1>{t('title')}</h1>
      <p className="text-muted">{t('lead')}</p>
      <p>{t('tally', { applied: counts.APPLIED, visited: counts.VISITED, vetted: counts.VETTED })}</p>
      <SearchForm typed={typed} />
      <Found hosts={hosts} typed={typed} />
      {hosts.length === LIMIT && <p className="text-muted">{t('first', { count: LIMIT })}</p>}
    </div>
  )
}
