import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { Hidden } from '@/components/ui/hidden'
import { formatDay } from '@/components/ui/time-words'
import type { CalendarNight } from '@/lib/hosts/rules'
import { NIGHT_LOOKS } from './night-look'

export type StripRow = { id: string; name: string; sleeps: number; inService: boolean; nights: CalendarNight[] }

type Props = { caption: string; rows: StripRow[] }

function dayOfMonth(day: string): string {
  return String(Number(day.slice(8)))
}

/** Two weeks of every room of a home, one row each; a room's name leads to its calendar. */
export function NightStrip({ caption, rows }: Props) {
  const t = useTranslations('host.nights')
  const locale = useLocale()
  const days = rows[0]?.nights.map(({ day }) => day) ?? []
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      <table className="border-separate border-spacing-1 text-center text-sm [overflow-wrap:normal]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="pr-2 text-left font-medium text-muted">{t('room')}</th>
            {days.map((day) => (
              <th key={day} scope="col" className="min-w-9 font-medium text-muted">
                <span aria-hidden="true">{dayOfMonth(day)}</span>
                <Hidden>{formatDay({ day, locale, style: 'weekday' })}</Hidden>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <th scope="row" className="sticky left-0 max-w-40 min-w-28 bg-card pr-2 text-left font-medium">
                <Link
                  href={`/${locale}/host/rooms/${row.id}`}
                  prefetch={false}
                  className="inline-flex min-h-12 items-center text-primary underline underline-offset-4"
                >
                  {row.name}
                </Link>
                {!row.inService && <span className="block text-xs text-muted">{t('closed')}</span>}
              </th>
              {row.nights.map(({ day, state }) => (
                <td key={day} className={`h-9 rounded-md ${NIGHT_LOOKS[state].box}`}>
                  <span aria-hidden="true">{NIGHT_LOOKS[state].sign}</span>
                  <Hidden>{t(`word.${state}`)}</Hidden>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
