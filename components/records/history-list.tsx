import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Time } from '@/components/ui/time'
import { formatDay } from '@/components/ui/time-words'
import type { PlacementState } from '@/lib/placements/schema'
import type { Said } from './yes-list'

type Who = Said['who']
type Side = 'HOST' | 'GUEST' | 'COORDINATOR'

/** One line of what happened; the same shape as the query's answer. */
export type Happened = { at: Date } & (
  | { kind: 'MOVE'; from: PlacementState | null; to: PlacementState; reason: string | null; who: Who }
  | { kind: 'YES'; side: Side; way: 'LINK' | 'PHONE' | 'DESK'; who: Who }
  | { kind: 'SECOND_YES'; who: Who }
  | { kind: 'REVEAL'; field: string; who: Who }
  | { kind: 'MESSAGE'; message: string; side: Side; outcome: 'SENT' | 'WAITING' | 'FAILED' }
  | { kind: 'EXTENSION'; until: string; answer: 'ASKED' | 'AGREED' | 'REFUSED'; way: 'LINK' | 'PHONE' | 'DESK' | null; who: Who }
)

function useReason(): (reason: string | null) => string[] {
  const t = useTranslations('coordinate.record.reasons')
  return (reason) => (reason === null ? [] : [t.has(reason) ? t(reason) : reason])
}

type Told = { what: string; more: string[] }

// a word of the catalog, or the code itself where an older row knows one we no longer have
function useWord(): (key: string, code: string) => string {
  const t = useTranslations('coordinate.history')
  return (key, code) => (t.has(`${key}.${code}`) ? t(`${key}.${code}`) : code)
}

function useMoved(): (line: Extract<Happened, { kind: 'MOVE' }>) => Told {
  const t = useTranslations('coordinate.history')
  const reason = useReason()
  return (line) => {
    if (line.from === line.to) return { what: t('nights'), more: [] }
    return { what: t(`moved.${line.to}`), more: reason(line.reason) }
  }
}

/** What happened, in words: the sentence, and what belongs to it. */
function useHappened(): (happened: Happened) => Told {
  const t = useTranslations('coordinate.history')
  const locale = useLocale()
  const word = useWord()
  const moved = useMoved()
  return (line) => {
    switch (line.kind) {
      case 'MOVE': return moved(line)
      case 'YES': return { what: t(`yes.${line.side}`), more: line.way === 'PHONE' ? [t('byPhone')] : [] }
      case 'SECOND_YES': return { what: t('second'), more: [] }
      case 'REVEAL': return { what: word('opened', line.field), more: [] }
      case 'MESSAGE':
        return { what: t(`messageTo.${line.side}`, { what: word('messages', line.message) }), more: [t(`outcome.${line.outcome}`)] }
      case 'EXTENSION':
        return {
          what: t(`stay.${line.answer}`, { day: formatDay({ day: line.until, locale, style: 'plain' }) }),
          more: line.way === 'PHONE' ? [t('byPhone')] : [],
        }
    }
  }
}

function useWho(): (line: Happened) => string[] {
  const t = useTranslations('coordinate.history.who')
  return (line) => {
    if (line.kind === 'MESSAGE') return []
    if (line.who.kind === 'STAFF') return [line.who.name]
    // "the host said yes" names who it was already
    return line.kind === 'YES' || line.kind === 'EXTENSION' ? [] : [t(line.who.kind)]
  }
}

/** Everything that happened to a placement, oldest first, each with who and when. */
export function HistoryList({ history, now, timeZone }: { history: Happened[]; now: Date; timeZone: string }) {
  const t = useTranslations('coordinate.history')
  const locale = useLocale()
  const happened = useHappened()
  const who = useWho()
  return (
    <Card title={t('title')}>
      <ol className="grid gap-2">
        {history.map((line, index) => {
          const { what, more } = happened(line)
          return (
            <li key={index} className="grid max-w-none gap-x-4 border-t border-line pt-2 first:border-0 first:pt-0 sm:grid-cols-[11rem_1fr]">
              <span className="text-muted"><Time at={line.at} now={now} locale={locale} timeZone={timeZone} kind="clock" /></span>
              <span>
                <span className={line.kind === 'MESSAGE' ? '' : 'font-semibold'}>{what}</span>
                {[...more, ...who(line)].length > 0 && <span className="text-muted">{`: ${[...more, ...who(line)].join(', ')}`}</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </Card>
  )
}
