import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import {
  CancelForm, DepartedForm, ExtendForm, NoForm, NotArrivedForm, PressForm, YesForm,
} from '@/components/records/record-forms'
import { AddressForm, GuestContactForm, HostContactForm } from '@/components/records/reveal-forms'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'
import { can, type UserActor } from '@/lib/auth/rules'
import type { PlacementRecord } from '@/lib/placements/queries/history'
import { isLive, mayMove } from '@/lib/placements/rules'
import { newFormKey } from '@/lib/privacy/secret'
import { addDays, type Day } from '@/lib/time/day'
import {
  arrivedAction, cancelAction, departedAction, extendAction, notArrivedAction, notLongerAction, revealAddressAction,
  revealContactAction, revealHostContactAction, sayNoForAction, sayYesForAction, secondYesAction,
} from './actions'

interface Props { record: PlacementRecord; today: Day }

function form({ placementId, version }: PlacementRecord, action: FormAction) {
  return { action, placementId, version, formKey: newFormKey() }
}

/** One side that has not answered, while the proposal is open. */
async function Call({ record, side }: { record: PlacementRecord; side: 'HOST' | 'GUEST' }) {
  const t = await getTranslations('coordinate.record')
  const lacksAddress = side === 'HOST' && !record.hasAddress
  return (
    <Card title={side === 'HOST' ? t('callHost') : t('callGuest')}>
      {lacksAddress ? <Notice tone="info">{t('noAddress')}</Notice> : <YesForm {...form(record, sayYesForAction)} side={side} />}
      <NoForm {...form(record, sayNoForAction)} side={side} />
    </Card>
  )
}

async function Second({ record, actor }: { record: PlacementRecord; actor: UserActor }) {
  const t = await getTranslations('coordinate.record')
  const given = record.yeses.some(({ side }) => side === 'SECOND')
  if (!record.needsSecond || given || record.approvedByMe) return null
  const isLead = can(actor, 'placement:second-yes', { cityIds: [record.cityId] })
  return (
    <Card title={t('second')}>
      <p className="text-muted">{t('secondHint')}</p>
      {isLead ? <PressForm {...form(record, secondYesAction)} words={t('second')} look="primary" /> : <p>{t('secondBy')}</p>}
    </Card>
  )
}

function ProposedForms({ record, actor }: { record: PlacementRecord; actor: UserActor }) {
  const silent = (['HOST', 'GUEST'] as const).filter((side) => !record.yeses.some((yes) => yes.side === side))
  return (
    <>
      {silent.map((side) => <Call key={side} record={record} side={side} />)}
      <Second record={record} actor={actor} />
    </>
  )
}

/** Whether guests may be noted as there: from the evening before, since some come early. */
function mayArrive({ state, nights }: PlacementRecord, today: Day): boolean {
  return state === 'CONFIRMED' && mayMove(state, 'ARRIVED') && nights.from <= addDays(today, 1)
}

async function Moves({ record, today }: Props) {
  const t = await getTranslations('coordinate.record')
  const { state, nights } = record
  const forms: ReactNode[] = [
    mayArrive(record, today)
      && <PressForm key="arrived" {...form(record, arrivedAction)} words={t('arrived')} look="primary" />,
    mayMove(state, 'NOT_ARRIVED') && nights.from < today && <NotArrivedForm key="not" {...form(record, notArrivedAction)} />,
    mayMove(state, 'DEPARTED') && <DepartedForm key="departed" {...form(record, departedAction)} />,
    mayMove(state, state) && <ExtendForm key="extend" {...form(record, extendAction)} until={record.askedUntil ?? nights.until} from={state === 'CONFIRMED' ? nights.from : null} today={today} />,
    record.askedUntil !== null && <PressForm key="not-longer" {...form(record, notLongerAction)} words={t('notLonger')} />,
    mayMove(state, 'CANCELLED') && <CancelForm key="cancel" {...form(record, cancelAction)} />,
  ]
  return (
    <Card title={t('actions')}>
      <div className="flex flex-wrap items-start gap-2">{forms}</div>
    </Card>
  )
}

async function Reveals({ record }: { record: PlacementRecord }) {
  const t = await getTranslations('coordinate.record')
  if (record.state === 'PROPOSED') return <Notice tone="info">{t('revealLater')}</Notice>
  return (
    <Card title={t('reveal')}>
      <p className="text-muted">{record.approvedByMe ? t('revealWhy') : t('revealNotYou')}</p>
      {record.approvedByMe && <AddressForm {...form(record, revealAddressAction)} />}
      {record.approvedByMe && <HostContactForm {...form(record, revealHostContactAction)} />}
      {record.approvedByMe && record.contactKind !== 'NONE' && <GuestContactForm {...form(record, revealContactAction)} />}
    </Card>
  )
}

/** The forms this state allows; a home of one's own and a placement that is over have none. */
export async function OpenForms({ record, today, actor }: Props & { actor: UserActor }) {
  const t = await getTranslations('coordinate.record')
  if (!isLive(record.state)) return <Notice tone="info">{t('over')}</Notice>
  if (record.ownHome) return <Notice tone="info">{t('ownHome')}</Notice>
  return (
    <div className="no-print grid content-start gap-4">
      {record.state === 'PROPOSED' && <ProposedForms record={record} actor={actor} />}
      <Moves record={record} today={today} />
      <Reveals record={record} />
    </div>
  )
}
