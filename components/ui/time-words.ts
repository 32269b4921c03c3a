const MINUTE_MS = 60_000
const STEPS = [
  { unit: 'day', minutes: 1440, from: 2880 },
  { unit: 'hour', minutes: 60, from: 90 },
  { unit: 'minute', minutes: 1, from: 0 },
] as const

/** "In 2 hours", "4 minutes ago": minutes below an hour and a half, hours below two days, then days. */
export function formatRelative({ at, now, locale }: { at: Date; now: Date; locale: string }): string {
  const minutes = (at.getTime() - now.getTime()) / MINUTE_MS
  const step = STEPS.find(({ from }) => Math.abs(minutes) >= from) ?? STEPS[2]
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return words.format(Math.round(minutes / step.minutes), step.unit)
}

/** "14:30" on the same day in the city's zone, else "5 November, 14:30". */
export function formatClock({ at, now, locale, timeZone }: { at: Date; now: Date; locale: string; timeZone: string }): string {
  const day = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  const sameDay = day.format(at) === day.format(now)
  const parts = sameDay ? {} : ({ day: 'numeric', month: 'long' } as const)
  return new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...parts }).format(at)
}

export type DayStyle = 'weekday' | 'plain' | 'short' | 'dated'

const DAY_STYLES: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  weekday: { weekday: 'short', day: 'numeric', month: 'long' },
  plain: { day: 'numeric', month: 'long' },
  dated: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: '2-digit', month: '2-digit' },
}

/** A calendar day in words. The day has no zone, so it is read and written in UTC. */
export function formatDay({ day, locale, style }: { day: string; locale: string; style: DayStyle }): string {
  const instant = new Date(`${day}T00:00:00Z`)
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...DAY_STYLES[style] }).format(instant)
}
