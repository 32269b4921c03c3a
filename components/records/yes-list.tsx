import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Icon } from '@/components/ui/icon'
import { Time } from '@/components/ui/time'

export type Said = {
  side: 'HOST' | 'GUEST' | 'COORDINATOR' | 'SECOND'
  who: { kind: 'STAFF'; name: string } | { kind: 'HOST' | 'GUEST' | 'CLOCK' }
  way: 'LINK' | 'PHONE' | 'DESK' | null
  at: Date
}

type Props = { yeses: Said[]; needsSecond: boolean; now: Date; timeZone: string }

function useHow(): (said: Said) => string {
  const t = useTranslations('coordinate.record')
  return ({ who, way }) => t(`saidBy.${way ?? 'DESK'}`, { name: who.kind === 'STAFF' ? who.name : '—' })
}

/** The three yeses, and the second pair of eyes where one is due: who said it, how and when. */
export function YesList({ yeses, needsSecond, now, timeZone }: Props) {
  const t = useTranslations('coordinate.record')
  const locale = useLocale()
  const how = useHow()
  const sides: Said['side'][] = ['HOST', 'GUEST', 'COORDINATOR', ...(needsSecond ? ['SECOND' as const] : [])]
  return (
    <Card title={t('yeses')}>
      <ul className="grid gap-2">
        {sides.map((side) => {
          const said = yeses.find((one) => one.side === side)
          return (
            <li key={side} className="grid grid-cols-[auto_1fr] gap-x-3">
              <Icon name={said ? 'check' : 'clock'} className={said ? 'mt-0.5 text-ok' : 'mt-0.5 text-muted'} />
              <span className="font-semibold">{t(`sides.${side}`)}</span>
              <span className="col-start-2 text-muted">
                {said ? <>{how(said)}, <Time at={said.at} now={now} locale={locale} timeZone={timeZone} kind="clock" /></> : side === 'SECOND' ? t('secondNeeded') : t('notYet')}
              </span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
