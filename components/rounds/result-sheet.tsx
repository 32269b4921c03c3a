import { useTranslations } from 'next-intl'
import { SECTIONS, type Section } from '@/lib/rounds/rules/result'
import { useLostReason } from './lost-notice'
import { useLegText } from './place-lines'
import { WhyNone } from './result-row'
import { firstParty, lostParty, type Names, type ResultRow } from './shapes'

type Props = { rows: readonly ResultRow[]; names: Names; counts: Partial<Record<Section, number>>; stopped: boolean }

/** The whole result on paper: every plan and everybody without a place, in lines of words and without buttons. */
export function ResultSheet({ rows, names, counts, stopped }: Props) {
  const t = useTranslations('rounds')
  return SECTIONS.filter((section) => (counts[section] ?? 0) > 0).map((section) => (
    <section key={section} aria-labelledby={`part-${section}`} className="grid gap-2">
      <h2 id={`part-${section}`}>{t(`section.${section}`)} <span className="text-muted">{counts[section]}</span></h2>
      <ul className="grid gap-1 text-sm">
        {rows.filter((row) => row.section === section).map((row) => <SheetLine key={row.number} row={row} names={names} stopped={stopped} />)}
      </ul>
    </section>
  ))
}

function SheetLine({ row, names, stopped }: { row: ResultRow; names: Names; stopped: boolean }) {
  const t = useTranslations('rounds.row')
  const textOf = useLegText()
  const { kind, state, legs } = row
  const party = firstParty(row, names)
  return (
    <li className="keep-together max-w-none border-b border-line py-1">
      <strong>{party?.code} {party?.nickname}</strong> · {t('persons', { count: row.persons })}
      {state === 'LOST' ? <Lost row={row} names={names} /> : state !== 'OPEN' && ` · ${t(state === 'HELD' ? 'held' : 'ended')}`}
      {kind === null ? <WhyNone row={row} names={names} stopped={stopped} /> : legs.map((leg) => (
        <div key={`${leg.arrivalId} ${leg.roomId} ${leg.from}`}>{textOf(leg, { names, kind })}</div>
      ))}
    </li>
  )
}

function Lost({ row, names }: { row: ResultRow; names: Names }) {
  const t = useTranslations('rounds.row')
  const reasonOf = useLostReason()
  const [about, first] = [lostParty(row, names), firstParty(row, names)]
  const member = about === undefined || about === first ? '' : `${about.code} ${about.nickname}, `
  return <> · {t('lost')}: {member}{reasonOf(row)}</>
}
