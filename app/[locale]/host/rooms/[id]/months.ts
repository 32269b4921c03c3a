import { addDays, type Day } from '@/lib/time/day'

/** Months a calendar page shows at once, and how many pages ahead it goes. */
const MONTHS_SHOWN = 3
const MONTHS_AHEAD = 12

function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const total = year * 12 + number - 1 + count
  return `${String(Math.floor(total / 12))}-${String((total % 12) + 1).padStart(2, '0')}`
}

/** What a calendar page shows: its months, the nights they span, and the pages before and after. */
export interface MonthPage {
  months: string[]
  from: Day
  until: Day
  earlier: string | null
  later: string | null
}

/** The page that begins with `asked` (`2026-11`); from this month to a year ahead, anything else is this month. */
export function monthPage(asked: string | undefined, today: Day): MonthPage {
  const first = today.slice(0, 7)
  const furthest = addMonths(first, MONTHS_AHEAD)
  const valid = asked !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(asked) && asked >= first && asked <= furthest
  const start = valid ? asked : first
  const next = addMonths(start, MONTHS_SHOWN)
  const before = addMonths(start, -MONTHS_SHOWN)
  const opens = `${start}-01`
  return {
    months: Array.from({ length: MONTHS_SHOWN }, (_, index) => addMonths(start, index)),
    from: opens < today ? today : opens,
    until: addDays(`${next}-01`, 0),
    earlier: start === first ? null : before < first ? first : before,
    later: next <= furthest ? next : null,
  }
}
