import { useLocale, useTranslations } from 'next-intl'
import { Hidden } from '@/components/ui/hidden'
import type { CalendarNight } from '@/lib/hosts/rules'
import { NIGHT_LOOKS } from './night-look'

type Props = {
  /** `2026-11`. */
  month: string
  /** Nights of this month in order; days before today may be missing. */
  nights: CalendarNight[]
}

const WEEK = [1, 2, 3, 4, 5, 6, 7]

function utc(day: string): Date {
  return new Date(`${day}T00:00:00Z`)
}

function weekdayNames(locale: string, style: 'short' | 'long'): string[] {
  const words = new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' })
  // 1 January 2024 was a Monday
  return WEEK.map((day) => words.format(utc(`2024-01-0${String(day)}`)))
}

// Weeks begin on Monday; gaps before the first and after the last day are null.
function weeksOf(month: string, nights: readonly CalendarNight[]): (CalendarNight | string | null)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const length = new Date(Date.UTC(year, number, 0)).getUTCDate()
  const lead = (utc(`${month}-01`).getUTCDay() + 6) % 7
  const days = Array.from({ length }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, '0')}`
    return nights.find((night) => night.day === day) ?? day
  })
  const cells = [...Array.from({ length: lead }, () => null), ...days]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, row) => {
    const week = cells.slice(row * 7, row * 7 + 7)
    return [...week, ...Array.from({ length: 7 - week.length }, () => null)]
  })
}

function Cell({ cell }: { cell: CalendarNight | string | null }) {
  const t = useTranslations('host.nights')
  if (cell === null) return <td />
  if (typeof cell === 'string') return <td className="h-14 text-center text-muted">{String(Number(cell.slice(8)))}</td>
  const { box, sign } = NIGHT_LOOKS[cell.state]
  return (
    <td className={`h-14 rounded-md text-center align-middle ${box}`}>
      <span className="block font-semibold">{String(Number(cell.day.slice(8)))}</span>
      <span aria-hidden="true" className="block text-sm leading-none sm:hidden">{sign}</span>
      <span aria-hidden="true" className="hidden text-xs leading-tight sm:block">{t(`word.${cell.state}`)}</span>
      <Hidden>{t(`word.${cell.state}`)}</Hidden>
    </td>
  )
}

/** One month of a room as a real table: the state of each night in a word and a pattern. */
export function MonthTable({ month, nights }: Props) {
  const locale = useLocale()
  const long = weekdayNames(locale, 'long')
  const title = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(utc(`${month}-01`))
  return (
    <table className="w-full table-fixed border-separate border-spacing-1 [overflow-wrap:normal]">
      <caption className="pb-2 text-left text-xl font-semibold first-letter:uppercase">{title}</caption>
      <thead>
        <tr>
          {weekdayNames(locale, 'short').map((name, index) => (
            <th key={name} scope="col" className="pb-1 text-center text-sm font-medium text-muted">
              <span aria-hidden="true">{name}</span>
              <Hidden>{long[index]}</Hidden>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month, nights).map((week, row) => (
          <tr key={`${month}-${String(row)}`}>
            {week.map((cell, column) => (
              <Cell key={`${String(row)}-${String(column)}`} cell={cell} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
