import { getLocale, getTranslations } from 'next-intl/server'
import { CandidateList, ProposeForm, type ForAll } from '@/components/placements/candidate-list'
import { CaseFacts, Urgency } from '@/components/placements/case-facts'
import { DeskForms } from '@/components/placements/desk-forms'
import { FallenOut } from '@/components/placements/fallen-out'
import { PlanCard } from '@/components/placements/plan-card'
import { ReopenForm } from '@/components/placements/reopen-form'
import type { Ready } from '@/components/placements/ready'
import { addressOf, type Here } from '@/components/placements/shapes'
import { WhyNot } from '@/components/placements/why-not'
import { Notice } from '@/components/ui/notice'
import { formatDay, formatRelative } from '@/components/ui/time-words'
import type { CoordinatorScope } from '@/lib/auth/session'
import { can, type UserActor } from '@/lib/auth/rules'
import type { Candidate } from '@/lib/matching/candidates'
import { compare, rankForAll, type PriceBook } from '@/lib/matching/shadow'
import type { ShelterNeed } from '@/lib/matching/types'
import type { Matches } from '@/lib/placements/queries/match'
import { ROOMS_LISTED } from '@/lib/placements/queries/city-rooms'
import { newFormKey } from '@/lib/privacy/secret'
import type { ReadyPlace } from '@/lib/rounds/queries/live'
import { now } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import { renewLinkAction, withdrawForAction } from './case/[code]/actions'
import { proposeAction, reopenAction, secondYesAction } from './actions'
import type { CaseRead, CaseRooms } from './read-case'
import { entryOf } from './read-queue'

const SHOWN = 3

/** What the address says about the case's lists. */
export interface CaseParams {
  room: string
  find: string
  everything: boolean
}

type Props = CaseRead & { scope: CoordinatorScope; here: Here; asked: CaseParams }

/** A case: who, what is proposed, the rooms that fit and why, and why others do not. */
export async function CaseView({ arrival, plans, rooms, scope, here, asked }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('coordinate.case')
  const entry = entryOf(arrival, { plan: null, atHand: null, moment: now() })
  const live = plans.filter((plan) => plan.live)
  const past = plans.filter((plan) => !plan.live)
  const waits = arrival.state === 'OPEN' || arrival.state === 'OFFERED'
  return (
    <>
      <CaseFacts entry={entry} words={arrival} locale={locale} />
      <Urgency priority={arrival.priority} />
      <Plans plans={live} title={t('plan')} scope={scope} timeZone={arrival.timeZone} />
      <ProposeForm action={proposeAction} formKey={newFormKey()} arrivalId={arrival.id}>
        <Settled arrival={arrival} locale={locale} />
        {rooms && <Rooms rooms={rooms} arrival={arrival} here={here} asked={asked} />}
      </ProposeForm>
      {(arrival.state === 'CLOSED' || arrival.state === 'WITHDRAWN') && (
        <ReopenForm action={reopenAction} formKey={newFormKey()} arrivalId={arrival.id} />
      )}
      {rooms && <OtherRooms rooms={rooms} here={here} asked={asked} />}
      <DeskForms
        arrivalId={arrival.id}
        newLink={{ action: renewLinkAction, formKey: newFormKey() }}
        withdraw={waits ? { action: withdrawForAction, formKey: newFormKey() } : null}
      />
      <Plans plans={past} title={t('past')} scope={scope} timeZone={arrival.timeZone} />
    </>
  )
}

async function Settled({ arrival: { state, onward }, locale }: Pick<CaseRead, 'arrival'> & { locale: string }) {
  const t = await getTranslations('coordinate')
  const day = (of: Day) => formatDay({ day: of, locale, style: 'plain' })
  if (state === 'OPEN') return null
  if (state === 'OFFERED') return <Notice tone="info">{t('candidates.alreadyOffered')}</Notice>
  if (onward) return <Notice tone="needs-you">{t('candidates.onward', { from: day(onward.from), until: day(onward.until) })}</Notice>
  return <Notice tone={state === 'PLACED' ? 'ok' : 'info'}>{t(state === 'PLACED' ? 'candidates.placed' : 'case.closed')}</Notice>
}

/** The room of a plan by which this reader gives the second yes: the first of their towns that waits for one. */
function dueFor(actor: UserActor, { placements }: CaseRead['plans'][number]) {
  if (placements.some(({ approverIds }) => approverIds.includes(actor.userId))) return undefined
  return placements.find(({ state, second, cityId }) =>
    state === 'PROPOSED' && second === 'DUE' && can(actor, 'placement:second-yes', { cityIds: [cityId] }))
}

type PlansProps = { plans: CaseRead['plans']; title: string; scope: CoordinatorScope; timeZone: string }

async function Plans({ plans, title, scope, timeZone }: PlansProps) {
  if (plans.length === 0) return null
  const locale = await getLocale()
  const t = await getTranslations('coordinate.case')
  const around = { now: now(), locale, timeZone, path: `/${locale}/coordinate` }
  return (
    <section className="grid gap-3">
      <h2>{title}</h2>
      {plans.map((plan) => {
        const due = dueFor(scope.actor, plan)
        const second = due ? { action: secondYesAction, formKey: newFormKey(), placementId: due.id } : null
        return <PlanCard key={plan.id} plan={plan} second={second} around={around} />
      })}
      {plans.some(({ live }) => live) && <p className="text-sm text-muted">{t('recordHint')}</p>}
    </section>
  )
}

type RoomsProps = { rooms: CaseRooms; here: Here; asked: CaseParams }

/** What is proposed already is not doubled: while an answer is awaited the rooms are shown, and none can be held. */
async function Rooms({ rooms: { matches, counts, prices, ready }, arrival, here, asked }: RoomsProps & Pick<CaseRead, 'arrival'>) {
  const t = await getTranslations('coordinate.candidates')
  const locale = await getLocale()
  const { candidates, shifted, several, labels } = matches
  const shown = asked.everything ? candidates.length : SHOWN
  const more = candidates.length <= SHOWN ? null : asked.everything
    ? { href: `${addressOf(here)}#rooms`, label: t('fewer') }
    : { href: `${addressOf(here, { everything: '1' })}#rooms`, label: t('more', { count: candidates.length - SHOWN }) }
  return (
    <CandidateList
      candidates={candidates.slice(0, shown)}
      shifted={shifted.slice(0, candidates.length === 0 ? SHOWN : 1)}
      several={several.map((plan) => ({ ...plan, nights: arrival.need.nights }))}
      names={labels}
      found={counts.fitting}
      more={more}
      forAll={prices && forAllOf(candidates, { prices, need: arrival.need, shown })}
      ready={arrival.state === 'OFFERED' ? null : readyOf(matches, ready, locale)}
      backup={arrival.state === 'OFFERED'}
    />
  )
}

/** The place that stands ready, if the room is still free and its rules still hold for these nights: if it is a match. */
function readyOf({ candidates, shifted }: Matches, ready: ReadyPlace | null, locale: string): Ready | null {
  if (ready === null) return null
  const list = ready.shiftNights === 0 ? candidates : shifted
  const at = list.findIndex(({ room, nights }) => room.id === ready.roomId && nights.from === ready.from)
  const candidate = list[at]
  if (candidate === undefined) return null
  const when = formatRelative({ at: ready.at, now: now(), locale })
  return { candidate, place: at + 1, mark: ready.mark, when, slow: ready.slow }
}

/** Both ranks; the best for everybody is shown even where it is not among the best for this person. */
function forAllOf(candidates: readonly Candidate[], { prices, need, shown }: { prices: PriceBook; need: ShelterNeed; shown: number }): ForAll | null {
  const comparison = compare(candidates, prices, need)
  if (comparison === null) return null
  const ranks = new Map(rankForAll(candidates, prices, need).map(({ room, price }, index) => [room.id, { place: index + 1, price }]))
  const at = candidates.findIndex(({ room }) => room.id === comparison.forAll.room.id)
  const best = candidates[at]
  return { comparison, ranks, beyond: best && at >= shown ? [{ candidate: best, place: at + 1 }] : [] }
}

function OtherRooms({ rooms: { counts, choosable, answer }, here, asked }: RoomsProps) {
  return (
    <>
      <FallenOut counts={counts} />
      <WhyNot here={here} rooms={choosable} limit={ROOMS_LISTED} find={asked.find} chosen={asked.room} answer={answer} />
    </>
  )
}
