import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { FactsList } from '@/components/ui/facts-list'
import { FormDatum, FormWhen } from '@/components/ui/form-result'
import type { RecordForm } from './record-forms'

/** A sealed field behind a press; who opened it and when is recorded. */
function RevealForm({ action, formKey, placementId, words, shows }: RecordForm & { words: string; shows: readonly string[] }) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={words}>
      <input type="hidden" name="placementId" value={placementId} />
      <FormWhen status={['idle', 'refused']}>
        <SubmitButton look="secondary" pendingLabel={ui('sending')}>{words}</SubmitButton>
      </FormWhen>
      <FormWhen status="done">
        <FactsList facts={shows.map((name) => ({ key: name, name: t(name), value: <FormDatum name={name} /> }))} />
      </FormWhen>
    </ActionForm>
  )
}

/** The home's address with the host's first name, for whoever approved the placement. */
export function AddressForm(form: RecordForm) {
  const t = useTranslations('coordinate.record')
  return <RevealForm {...form} words={t('openAddress')} shows={['address', 'entrance', 'firstName']} />
}

/** The host's contact, for whoever approved the placement. */
export function HostContactForm(form: RecordForm) {
  const t = useTranslations('coordinate.record')
  return <RevealForm {...form} words={t('openHostContact')} shows={['contact']} />
}

/** The guests' contact, for whoever approved the placement. */
export function GuestContactForm(form: RecordForm) {
  const t = useTranslations('coordinate.record')
  return <RevealForm {...form} words={t('openContact')} shows={['contact']} />
}
