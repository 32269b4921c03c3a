import { useTranslations } from 'next-intl'
import { SECTIONS, type Section } from '@/lib/rounds/rules/result'
import { useLostReason } from './lost-notice'
import { useLegText } from './place-lines'
import { WhyNone } from './result-row'
import type { Names, ResultRow } from './shapes'

type Props = { rows: readonly ResultRow[]; names: Names; counts: Partial<Record<Section, number>> }

/** The whole result on paper: every plan and everybody without a place, in lines of words and without buttons. */
export function ResultSheet({ rows, names, counts }: Props) {
  const t = useTranslations('rounds')
  return SECTIONS.filter((section) => (counts[section] ?? 0) > 0).map((section) => (
    <section key={section} aria-labelledby={`part-${section}`} className="grid gap-2">
      <h2 id={`part-${section}`}>{t(`section.${section}`)} <span className="text-muted">{counts[section]}</span></h2>
      <ul className="grid gap-1 text-sm">
        {rows.filter((row) => row.section === section).map((row) => <SheetLine key={row.number} row={row} names={names} />)}
      </ul>
    </section>
  ))
}

function SheetLine({ row, names }: { row: ResultRow; names: Names }) {
  const t = useTranslations('rounds.row')
  const textOf = useLegText()
  const reasonOf = useLostReason()
  const { kind, state, legs } = row
  const party = names.parties.get(row.arrivalIds[0] ?? '')
  return (
    <li className="keep-together max-w-none border-b border-line py-1">
      <strong>{party?.code} {party?.nickname}</strong> · {t('persons', { count: row.persons })}
      {state === 'HELD' && ` · ${t('held')}`}
      {state === 'LOST' && ` · ${t('lost')}: ${reasonOf(row)}`}
      {kind === null ? <WhyNone row={row} names={names} /> : legs.map((leg) => (
        <div key={`${leg.arrivalId} ${leg.roomId} ${leg.from}`}>{textOf(leg, { names, kind })}</div>
      ))}
    </li>
  )
}
