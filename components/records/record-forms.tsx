import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import type { ButtonLook } from '@/components/ui/button-look'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { SelectField } from '@/components/ui/select-field'
import type { FormAction } from '@/lib/actions/state'
import { DESTINATIONS, ENDED_REASONS, GUEST_NO_REASONS, HOST_NO_REASONS } from '@/lib/placements/schema'
import { addDays, type Day } from '@/lib/time/day'

export type RecordForm = { action: FormAction; formKey: string; placementId: string; version: number }
type Side = 'HOST' | 'GUEST'

/** Which placement, and as it was when the form was drawn. */
function Drawn({ placementId, version }: Pick<RecordForm, 'placementId' | 'version'>) {
  return (
    <>
      <input type="hidden" name="placementId" value={placementId} />
      <input type="hidden" name="version" value={version} />
    </>
  )
}

/** One press that needs no questions. */
export function PressForm({ action, formKey, placementId, version, words, look = 'secondary' }: RecordForm & { words: string; look?: ButtonLook }) {
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={words}>
      <Drawn placementId={placementId} version={version} />
      <SubmitButton look={look} pendingLabel={ui('sending')}>{words}</SubmitButton>
    </ActionForm>
  )
}

function useReasonOptions() {
  const t = useTranslations('coordinate.record.reasons')
  return (reasons: readonly string[], prefix = '') => reasons.map((reason) => ({ value: `${prefix}${reason}`, label: t(reason) }))
}

/** Somebody on the telephone said yes; the legal card was read to them first. */
export function YesForm({ action, formKey, placementId, version, side }: RecordForm & { side: Side }) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  const words = side === 'HOST' ? t('hostYes') : t('guestYes')
  return (
    <ActionForm action={action} formKey={formKey} label={words} className="grid gap-3">
      <Drawn placementId={placementId} version={version} />
      <input type="hidden" name="side" value={side} />
      <Checkbox name="legal" label={t('legalRead')} />
      <SubmitButton pendingLabel={ui('sending')}>{words}</SubmitButton>
    </ActionForm>
  )
}

/** Somebody on the telephone said no, with a reason of the closed list of their side. */
export function NoForm({ action, formKey, placementId, version, side }: RecordForm & { side: Side }) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  const options = useReasonOptions()
  const words = side === 'HOST' ? t('hostNo') : t('guestNo')
  return (
    <Dialog opener={words} title={words} closeLabel={ui('close')}>
      <ActionForm action={action} formKey={formKey}>
        <Drawn placementId={placementId} version={version} />
        <input type="hidden" name="side" value={side} />
        <SelectField name="reason" label={t('why')} empty={t('whyChoose')} options={options(side === 'HOST' ? HOST_NO_REASONS : GUEST_NO_REASONS)} required />
        {side === 'GUEST' && <Checkbox name="needsPlace" label={t('needsPlace')} hint={t('needsPlaceHint')} initial />}
        <SubmitButton wide pendingLabel={ui('sending')}>{t('saveNo')}</SubmitButton>
      </ActionForm>
    </Dialog>
  )
}

/** The guests never came. */
export function NotArrivedForm({ action, formKey, placementId, version }: RecordForm) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  return (
    <Dialog opener={t('notArrived')} title={t('notArrived')} closeLabel={ui('close')}>
      <ActionForm action={action} formKey={formKey}>
        <Drawn placementId={placementId} version={version} />
        <Checkbox name="needsPlace" label={t('needsPlace')} hint={t('needsPlaceHint')} initial />
        <SubmitButton wide pendingLabel={ui('sending')}>{t('saveNotArrived')}</SubmitButton>
      </ActionForm>
    </Dialog>
  )
}

/** The guests have left: why, where to, and whether they still need a place. */
export function DepartedForm({ action, formKey, placementId, version }: RecordForm) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  const options = useReasonOptions()
  const reasons = ENDED_REASONS.filter((reason) => reason !== 'NO_SHOW')
  return (
    <Dialog opener={t('departed')} title={t('departed')} closeLabel={ui('close')}>
      <ActionForm action={action} formKey={formKey}>
        <Drawn placementId={placementId} version={version} />
        <SelectField name="reason" label={t('why')} options={options(reasons)} initial="PLANNED" />
        <SelectField
          name="destination" label={t('destination')} initial="UNKNOWN"
          options={DESTINATIONS.map((value) => ({ value, label: t(`destinations.${value}`) }))}
        />
        <Checkbox name="needsPlace" label={t('needsPlace')} hint={t('needsPlaceHint')} />
        <SubmitButton wide pendingLabel={ui('sending')}>{t('saveDeparted')}</SubmitButton>
      </ActionForm>
    </Dialog>
  )
}

/** Taken back before anybody came: whose decision, why, and whether a place is still needed. */
export function CancelForm({ action, formKey, placementId, version }: RecordForm) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  const options = useReasonOptions()
  const groups = [
    { label: t('byGuest'), options: options(GUEST_NO_REASONS, 'GUEST:') },
    { label: t('byHost'), options: options(HOST_NO_REASONS, 'HOST:') },
    { label: t('byUs'), options: options(['OTHER'], 'COORDINATOR:') },
  ]
  return (
    <Dialog opener={t('cancel')} title={t('cancel')} closeLabel={ui('close')} look="danger">
      <ActionForm action={action} formKey={formKey}>
        <p>{t('cancelHint')}</p>
        <Drawn placementId={placementId} version={version} />
        <SelectField name="why" label={t('whose')} empty={t('whyChoose')} options={[]} groups={groups} required />
        <Checkbox name="needsPlace" label={t('needsPlace')} hint={t('needsPlaceHint')} initial />
        <SubmitButton wide look="danger" pendingLabel={ui('sending')}>{t('saveCancel')}</SubmitButton>
      </ActionForm>
    </Dialog>
  )
}

/**
 * Other nights, after speaking with both; for more or other nights the host must have agreed.
 *
 * @param from the first night, while the guests have not come; `null` once they are there.
 */
export function ExtendForm({ action, formKey, placementId, version, until, from, today }: RecordForm & { until: Day; from: Day | null; today: Day }) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  return (
    <Dialog opener={t('extend')} title={t('extend')} closeLabel={ui('close')}>
      <ActionForm action={action} formKey={formKey}>
        <p>{t('extendHint')}</p>
        <Drawn placementId={placementId} version={version} />
        {from !== null && (
          <>
            <input type="hidden" name="drawnFrom" value={from} />
            <Field name="from" type="date" label={t('firstNight')} initial={from} min={from < today ? from : today} width="short" required />
          </>
        )}
        <Field name="until" type="date" label={t('until')} initial={until} min={addDays(today, 1)} width="short" required />
        <Checkbox name="hostAgreed" label={t('hostAgreed')} hint={t('hostAgreedHint')} />
        <SubmitButton wide pendingLabel={ui('sending')}>{t('saveExtend')}</SubmitButton>
      </ActionForm>
    </Dialog>
  )
}
