import { formatDay } from '@/components/ui/time-words'
import type { Locale } from '@/lib/i18n/routing'
import type { Nights } from '@/lib/time/nights'
import { addDays } from '@/lib/time/day'

const SHOWN = 5

function runWords({ from, until }: Nights, locale: Locale): string {
  const last = addDays(until, -1)
  const first = formatDay({ day: from, locale, style: 'plain' })
  return last === from ? first : `${first} – ${formatDay({ day: last, locale, style: 'plain' })}`
}

/** Runs of nights in words, first and last night of each; after five of them an ellipsis. */
export function nightWords(nights: readonly Nights[], locale: Locale): string {
  const words = nights.slice(0, SHOWN).map((run) => runWords(run, locale)).join(', ')
  return nights.length > SHOWN ? `${words} …` : words
}

type Answer<Value> = { ok: true; value: Value } | { ok: false; reason: string; detail: { nights: Nights[] } }

/** A command's answer with its nights in words, as the sentence of a refusal wants them. */
export function inWords<Value>(answer: Answer<Value>, locale: Locale) {
  if (answer.ok) return answer
  return { ok: false as const, reason: answer.reason, detail: { nights: nightWords(answer.detail.nights, locale) } }
}
