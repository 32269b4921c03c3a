import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Icon } from '@/components/ui/icon'
import { TextLink } from '@/components/ui/text-link'
import { formatClock } from '@/components/ui/time-words'
import type { FormAction } from '@/lib/actions/state'
import { isLive } from '@/lib/placements/rules'
import type { PlacementState, Side } from '@/lib/placements/schema'
import type { Nights } from '@/lib/time/nights'
import type { HomeKind, Moment } from './shapes'
import { nightsText, placeText } from './words'

/** One room of a plan. */
export interface PlacementLine {
  id: string
  state: PlacementState
  roomName: string
  homeCode: string
  homeKind: HomeKind
  cityId: string
  districtId: string | null
  nights: Nights
  adults: number
  childrenAges: readonly number[]
  yeses: readonly { side: Side; way: 'LINK' | 'PHONE' | 'DESK'; at: Date; byName: string | null }[]
  second: 'NOT_NEEDED' | 'DUE' | { byName: string; at: Date }
}

/** What was approved together. */
export interface PlanView {
  id: string
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  deadline: Date
  live: boolean
  placements: readonly PlacementLine[]
}

type Around = Moment & { timeZone: string; path: string }
/** The lead's button, where the reader may give the second yes. */
export type SecondYes = { action: FormAction; formKey: string; placementId: string } | null

/** A plan with its clock, its rooms and who has said yes. */
export function PlanCard({ plan, second, around }: { plan: PlanView; second: SecondYes; around: Around }) {
  const t = useTranslations('coordinate.case')
  const open = plan.placements.some(({ state }) => state === 'PROPOSED')
  // one second yes speaks for all of the plan in the lead's towns
  const due = plan.placements.some(({ state, second: lead }) => state === 'PROPOSED' && lead === 'DUE')
  return (
    <Card level={3} title={t(`planKind.${plan.kind}`)} look={open ? 'lit' : 'plain'} aside={open ? <Clock plan={plan} around={around} /> : undefined}>
      {plan.placements.map((line) => (
        <Line key={line.id} line={line} around={around} />
      ))}
      {due && <SecondForm second={second} />}
    </Card>
  )
}

function Clock({ plan, around }: { plan: PlanView; around: Around }) {
  const t = useTranslations('coordinate.case')
  const time = formatClock({ at: plan.deadline, now: around.now, locale: around.locale, timeZone: around.timeZone })
  return <Badge tone="info" icon="clock">{plan.deadline > around.now ? t('heldUntil', { time }) : t('overdue')}</Badge>
}

function Line({ line, around }: { line: PlacementLine; around: Around }) {
  const t = useTranslations('coordinate')
  const { roomName, homeCode, cityId, districtId, nights, adults, childrenAges, state } = line
  return (
    <div className="grid gap-2 border-t border-line pt-3 first-of-type:border-0 first-of-type:pt-0">
      <p className="flex flex-wrap items-baseline justify-between gap-2">
        <strong>{roomName} · {t('candidates.home', { code: homeCode })}</strong>
        <Badge tone={isLive(state) && state !== 'PROPOSED' ? 'ok' : 'plain'}>{t(`case.placementState.${state}`)}</Badge>
      </p>
      <p className="text-sm text-muted">
        {placeText({ cityId, districtId, locale: around.locale })} · {nightsText(nights, around.locale)} ·{' '}
        {t('queue.party', { adults, children: childrenAges.length })}
      </p>
      {isLive(state) && <Yeses line={line} around={around} />}
      <TextLink href={`${around.path}/placements/${line.id}`} icon="arrow-right">{t('case.open')}</TextLink>
    </div>
  )
}

function Yeses({ line, around }: { line: PlacementLine; around: Around }) {
  const t = useTranslations('coordinate.case')
  const when = (at: Date) => formatClock({ at, now: around.now, locale: around.locale, timeZone: around.timeZone })
  const sides = (['COORDINATOR', 'HOST', 'GUEST'] as const).map((side) => {
    const yes = line.yeses.find((one) => one.side === side)
    const way = yes && side !== 'COORDINATOR' ? [t(`way.${yes.way}`)] : []
    const said = yes && [t('said', { when: when(yes.at) }), ...way, ...(yes.byName === null ? [] : [yes.byName])]
    return { key: side, name: t(`side.${side}`), said: said?.join(', ') ?? null }
  })
  const lead = line.second === 'NOT_NEEDED' ? [] : [{
    key: 'LEAD' as const, name: t('side.LEAD'),
    said: line.second === 'DUE' ? null : `${t('said', { when: when(line.second.at) })}, ${line.second.byName}`,
  }]
  return (
    <ul aria-label={t('yeses')} className="grid gap-1 text-sm">
      {[...sides, ...lead].map(({ key, name, said }) => (
        <li key={key} className="flex items-baseline gap-2">
          <Icon name={said === null ? 'clock' : 'check'} size={18} className={`translate-y-1 ${said === null ? 'text-muted' : 'text-ok'}`} />
          <span className="font-medium">{name}</span>
          <span className="text-muted">{said ?? t('notYet')}</span>
        </li>
      ))}
    </ul>
  )
}

function SecondForm({ second }: { second: SecondYes }) {
  const t = useTranslations('coordinate.case')
  const ui = useTranslations('ui')
  return (
    <div className="grid gap-2">
      <p className="text-sm">{t('secondDue')}</p>
      {second && (
        <ActionForm action={second.action} formKey={second.formKey} className="grid gap-2" label={t('secondYes')}>
          <input type="hidden" name="placementId" value={second.placementId} />
          <div><SubmitButton pendingLabel={ui('sending')}>{t('secondYes')}</SubmitButton></div>
        </ActionForm>
      )}
    </div>
  )
}
