import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import type { FormAction } from '@/lib/actions/state'
import type { OfferDraft } from '@/lib/hosts/schema'
import { HouseholdFields } from './household-fields'

const FIRST = {
  womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false,
  childrenWelcome: true, animalsWelcome: false,
}

type Props = {
  action: FormAction
  formKey: string
  known: OfferDraft['house']
  /** Language of the page: hosts mostly speak it. */
  locale: string
  /** The household of somebody who hosts already is known; only the new place is asked about. */
  homeOnly: boolean
}

/** Screen 4: who lives there, who is welcome. */
export function HouseForm({ action, formKey, known, locale, homeOnly }: Props) {
  const t = useTranslations('host.house')
  const ui = useTranslations('ui')
  const stepFree = <Checkbox name="stepFree" label={t('stepFree')} hint={t('stepFreeHint')} initial={known?.stepFree ?? false} />
  return (
    <ActionForm action={action} formKey={formKey}>
      <h1>{t('title')}</h1>
      {homeOnly ? (
        <>
          <p>{t('householdKnown')}</p>
          {stepFree}
        </>
      ) : (
        <HouseholdFields values={known ?? { ...FIRST, languages: [locale] }}>{stepFree}</HouseholdFields>
      )}
      <SubmitButton wide pendingLabel={ui('sending')}>{t('next')}</SubmitButton>
    </ActionForm>
  )
}
