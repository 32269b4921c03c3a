import { useLocale, useTranslations } from 'next-intl'
import { useChangeText } from '@/components/placements/why-not'
import { Badge } from '@/components/ui/badge'
import { SubmitButton } from '@/components/ui/button'
import { Hidden } from '@/components/ui/hidden'
import { TextLink } from '@/components/ui/text-link'
import type { LeftReason, NearestFix } from '@/lib/matching/round-types'
import { PlaceLines, usePlaceText } from './place-lines'
import { ReasonsFold } from './reasons-fold'
import { RowLink } from './row-link'
import { firstParty, lostParty, type Names, type PartyName, type Reasons, type ResultRow } from './shapes'

type Props = { row: ResultRow; names: Names; here: string; reasons: Reasons | null; stopped: boolean }

const NOBODY: PartyName = { code: '', nickname: '', adults: 0, children: 0 }

/** One suggestion: who, where, how well it fits; what became of it, or the box and the button that approve it. */
export function ResultLine({ row, names, here, reasons, stopped }: Props) {
  const party = firstParty(row, names) ?? NOBODY
  const open = row.state === 'OPEN' && row.kind !== null
  return (
    <li id={`s${String(row.number)}`} className="keep-together grid max-w-none grid-cols-[auto_1fr] gap-x-1 gap-y-2 border-b border-line px-4 py-3 last:border-0 sm:grid-cols-[auto_1fr_auto] print:block">
      <div className="no-print w-9">{open && <Pick row={row} party={party} />}</div>
      <div className="grid min-w-0 content-start gap-2">
        <Who row={row} party={party} />
        {row.kind === null ? <WhyNone row={row} names={names} stopped={stopped} /> : <PlaceLines legs={row.legs} names={names} kind={row.kind} />}
        {row.kind !== null && <Why row={row} party={party} here={here} reasons={reasons} names={names} />}
      </div>
      <div className="no-print col-start-2 sm:col-start-3">
        {open ? <ApproveOne number={row.number} code={party.code} /> : row.state !== 'HELD' && <CaseLink code={(lostParty(row, names) ?? party).code} />}
      </div>
    </li>
  )
}

function Pick({ row, party }: { row: ResultRow; party: PartyName }) {
  const t = useTranslations('rounds.approve')
  return (
    <label className="flex min-h-9 min-w-9 items-center">
      <input type="checkbox" name="numbers[]" value={row.number} className="tick" />
      <Hidden>{t('pick', { code: party.code, nickname: party.nickname })}</Hidden>
    </label>
  )
}

function ApproveOne({ number, code }: { number: number; code: string }) {
  const t = useTranslations('rounds.approve')
  const ui = useTranslations('ui')
  return (
    <SubmitButton name="which" value={String(number)} look="secondary" size="small" pendingLabel={ui('sending')}>
      <span aria-hidden="true">{t('one')}</span>
      <Hidden>{t('oneSpoken', { code })}</Hidden>
    </SubmitButton>
  )
}

function CaseLink({ code }: { code: string }) {
  const t = useTranslations('rounds.row')
  return <TextLink href={`/${useLocale()}/coordinate/case/${code}`}>{t('case', { code })}</TextLink>
}

function Who({ row, party }: { row: ResultRow; party: PartyName }) {
  const t = useTranslations('rounds.row')
  const queue = useTranslations('coordinate.queue')
  const moves = row.kind === 'RELAY' ? row.legs.length - 1 : 0
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <h3>{party.code} · {party.nickname}</h3>
      <span className="text-muted">
        {row.kind === 'GROUP' ? t('persons', { count: row.persons }) : queue('party', { adults: party.adults, children: party.children })}
      </span>
      {row.score !== null && row.maximum !== null && <Badge tone="primary">{t('score', { score: row.score, maximum: row.maximum })}</Badge>}
      {moves > 0 && <Badge icon="arrow-right">{t('moves', { count: moves })}</Badge>}
      {row.state === 'HELD' && <Badge tone="ok" icon="check">{t('held')}</Badge>}
      {row.state === 'ENDED' && <Badge icon="clock">{t('ended')}</Badge>}
      {row.state === 'LOST' && <Badge tone="needs-you" icon="bell">{t('lost')}</Badge>}
    </div>
  )
}

type None = { row: ResultRow; names: Names; stopped: boolean }

/** Why a party has no place, and what would help. */
export function WhyNone({ row, names, stopped }: None) {
  const t = useTranslations('rounds')
  const wordsOf = useReasonWords()
  if (row.reason === null) return null
  const { words, ours } = wordsOf(row.reason, row.company)
  return (
    <p className="text-sm first-letter:uppercase">
      <span className="font-medium">{words}.</span>
      {row.company?.couldBePlaced === true && ` ${t('row.amongThem')}`}
      {row.nearest ? <Nearest nearest={row.nearest} names={names} /> : !ours && !stopped && ` ${t('row.noNearest')}`}
    </p>
  )
}

/** A reason in words; `ours` where it is the round's and no rule of the match. */
function useReasonWords() {
  const t = useTranslations('rounds')
  const candidates = useTranslations('coordinate.candidates')
  return (reason: LeftReason, company: ResultRow['company']): { words: string; ours: boolean } => {
    const ours = t.has(`reason.${reason}`)
    const counts = { placeable: company?.placeable ?? 0, members: company?.members ?? 0 }
    return { ours, words: ours ? t(`reason.${reason}`, counts) : candidates(`failed.${reason}`) }
  }
}

function Nearest({ nearest: { roomId, change }, names }: { nearest: NearestFix; names: Names }) {
  const t = useTranslations('rounds.row')
  const changeText = useChangeText()
  const textOf = usePlaceText()
  return <> {t('nearest', { room: textOf(names.places.get(roomId)), change: changeText(change) })}</>
}

function Why({ row, party, here, reasons, names }: Omit<Props, 'stopped'> & { party: PartyName }) {
  const t = useTranslations('rounds.row')
  if (reasons?.number === row.number) return <ReasonsFold reasons={reasons} names={names} close={`${here}#s${String(row.number)}`} />
  const sign = here.includes('?') ? '&' : '?'
  return (
    <RowLink href={`${here}${sign}why=${String(row.number)}#s${String(row.number)}`}>
      <span aria-hidden="true">{t('why')}</span>
      <Hidden>{t('whySpoken', { code: party.code })}</Hidden>
    </RowLink>
  )
}
