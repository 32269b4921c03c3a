import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '@/components/ui/time-words'
import type { HomeKind, HostState } from '@/lib/hosts/schema'
import type { Vetting } from '@/lib/safety/rules'
import { REFERENCES_NEEDED } from '@/lib/safety/schema'
import type { Day } from '@/lib/time/day'
import { HostBadge } from './host-badge'
import { usePlaceWords } from './place-words'

export type ListedHost = {
  id: string
  state: HostState
  paused: boolean
  /** The day they offered, in their city. */
  since: Day
  vetting: Vetting
  renewal: 'OVER' | 'SOON' | null
  homes: { id: string; kind: HomeKind; cityId: string; districtId: string | null; toVisit: boolean; rooms: { name: string; sleeps: number }[] }[]
}

function Homes({ host }: { host: ListedHost }) {
  const t = useTranslations('coordinate.hosts')
  const locale = useLocale()
  const placeWords = usePlaceWords()
  const [first] = host.homes
  return (
    <>
      {first && (
        <h2 className="text-base">
          <Link href={`/${locale}/coordinate/hosts/${host.id}`} prefetch={false} className="inline-flex min-h-(--target) items-center text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2">
            {host.homes.map(placeWords).join('; ')}
          </Link>
        </h2>
      )}
      {host.homes.map(({ id, rooms }) => (
        <p key={id} className="text-muted">
          {t('rooms', { rooms: rooms.length, beds: rooms.reduce((sum, { sleeps }) => sum + sleeps, 0) })}
          {': '}
          {rooms.slice(0, 4).map(({ name }) => name).join(', ')}
          {rooms.length > 4 && '…'}
        </p>
      ))}
    </>
  )
}

/** Hosts of a coordinator's cities, one row each; no names, no addresses. */
export function HostList({ hosts }: { hosts: ListedHost[] }) {
  const t = useTranslations('coordinate.hosts')
  const locale = useLocale()
  return (
    <ul className="grid gap-2">
      {hosts.map((host) => (
        <li key={host.id} className="grid max-w-none gap-x-6 gap-y-2 rounded-xl border border-line bg-card p-4 md:grid-cols-[1fr_auto]">
          <div className="grid min-w-0 gap-1">
            <Homes host={host} />
          </div>
          <div className="grid content-start gap-1 md:justify-items-end">
            <HostBadge state={host.state} paused={host.paused} renewal={host.renewal} homes={host.homes} />
            <p className="text-muted">
              {host.vetting.visited ? t('visitDone') : t('visitMissing')}
              {' · '}
              {t('references', { count: Math.min(host.vetting.references, REFERENCES_NEEDED), needed: REFERENCES_NEEDED })}
            </p>
            <p className="text-xs text-muted">
              {t('since', { day: formatDay({ day: host.since, locale, style: 'plain' }) })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
