import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Stepper } from '@/components/ui/stepper'
import type { FormAction } from '@/lib/actions/state'
import type { Day } from '@/lib/time/day'

type RoomFacts = {
  id: string
  version: number
  name: string
  sleeps: number
  quiet: boolean
  privateBath: boolean
  inService: boolean
}

type NightsProps = {
  action: FormAction
  formKey: string
  room: Pick<RoomFacts, 'id' | 'version'>
  /** The calendar day in the home's city, and the last day that may be offered. */
  today: Day
  last: Day
  purpose: 'offer' | 'close'
}

function Ids({ room }: { room: Pick<RoomFacts, 'id' | 'version'> }) {
  return (
    <>
      <input type="hidden" name="roomId" value={room.id} />
      <input type="hidden" name="version" value={room.version} />
    </>
  )
}

/** First and last night to offer, or to close. */
export function NightsForm({ action, formKey, room, today, last, purpose }: NightsProps) {
  const t = useTranslations('host.room')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t(purpose)} className="grid content-start gap-4">
      <Ids room={room} />
      <Field name="from" type="date" width="short" label={t('firstNight')} min={today} max={last} required />
      <Field name="lastNight" type="date" width="short" label={t('lastNight')} min={today} max={last} required />
      <div>
        <SubmitButton look={purpose === 'offer' ? 'primary' : 'secondary'} pendingLabel={ui('sending')}>{t(`${purpose}Button`)}</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** Name, beds and facts of a room; out of service when unticked. */
export function RoomForm({ action, formKey, room }: { action: FormAction; formKey: string; room: RoomFacts }) {
  const t = useTranslations('host.room')
  const home = useTranslations('host.home')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('facts')}>
      <Ids room={room} />
      <Field name="name" label={home('roomName')} initial={room.name} required />
      <Stepper
        name="sleeps"
        label={home('sleeps')}
        min={1}
        max={50}
        initial={room.sleeps}
        lessLabel={ui('less', { what: home('sleeps') })}
        moreLabel={ui('more', { what: home('sleeps') })}
      />
      <div className="grid gap-2">
        <Checkbox name="quiet" label={t('quiet')} initial={room.quiet} />
        <Checkbox name="privateBath" label={t('privateBath')} initial={room.privateBath} />
        <Checkbox name="inService" label={t('inService')} hint={t('inServiceHint')} initial={room.inService} />
      </div>
      <div>
        <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
