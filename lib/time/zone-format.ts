/**
 * A formatter for each time zone, made once: making one takes longer than a hundred answers, and a round asks for thousands.
 *
 * @returns the formatter of an IANA zone, for example `Asia/Almaty`.
 */
export function formatOfEachZone(locale: string, options: Intl.DateTimeFormatOptions): (timeZone: string) => Intl.DateTimeFormat {
  const made = new Map<string, Intl.DateTimeFormat>()
  return (timeZone) => {
    const format = made.get(timeZone) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone })
    made.set(timeZone, format)
    return format
  }
}
