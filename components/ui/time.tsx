import { formatClock, formatDay, formatRelative, type DayStyle } from './time-words'

type TimeProps = {
  at: Date
  /** The moment the page was drawn, handed in by the page: components read no clock. */
  now: Date
  locale: string
  /** IANA name of the city's zone. */
  timeZone: string
  /** `relative`: "in 2 hours", with the exact time on hover. `clock`: "14:30", with the day when it is another one. */
  kind?: 'relative' | 'clock' | undefined
}

/** A moment in words, made on the server. */
export function Time({ at, now, locale, timeZone, kind = 'relative' }: TimeProps) {
  const clock = formatClock({ at, now, locale, timeZone })
  return (
    <time dateTime={at.toISOString()} title={kind === 'relative' ? clock : undefined}>
      {kind === 'relative' ? formatRelative({ at, now, locale }) : clock}
    </time>
  )
}

/** A calendar day (`2026-11-05`) in words, with its weekday unless `style` says otherwise. */
export function DayText({ day, locale, style = 'weekday' }: { day: string; locale: string; style?: DayStyle | undefined }) {
  return <time dateTime={day}>{formatDay({ day, locale, style })}</time>
}
