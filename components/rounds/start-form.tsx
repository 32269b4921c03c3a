import { useLocale, useTranslations } from 'next-intl'
import { cityName } from '@/components/placements/words'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { SelectField } from '@/components/ui/select-field'
import type { FormAction } from '@/lib/actions/state'
import { NIGHT_SCOPES, OWN_POLICY, PARTY_KINDS } from '@/lib/rounds/schema'
import { policyName } from './words'

/** A town one may choose, with what is there and what it decides by. */
export interface ChoosableCity {
  cityId: string
  waiting: number
  rooms: number
  policy: { name: string; version: number }
}

/** Towns that stand open, the busiest first; an admin sees every town there is, and the others are folded. */
const SHOWN = 12

type Props = { action: FormAction; formKey: string; cities: readonly ChoosableCity[] }

/** Whom a round is about and what it decides by; one button starts it. */
export function StartForm({ action, formKey, cities }: Props) {
  const t = useTranslations('rounds.form')
  const ui = useTranslations('ui')
  const locale = useLocale()
  const [first] = cities
  if (!first) return null
  return (
    <ActionForm action={action} formKey={formKey} label={t('title')}>
      <Choice
        name="cities[]"
        legend={t('cities')}
        pick="many"
        layout="columns"
        initial={[first.cityId]}
        fold={{ after: SHOWN, summary: t('moreCities', { count: cities.length - SHOWN }) }}
        options={cities.map(({ cityId, waiting, rooms }) => ({ value: cityId, label: cityName(cityId, locale), hint: t('city', { waiting, rooms }) }))}
      />
      <div className="grid gap-6 lg:grid-cols-2">
        <Choice
          name="nights"
          legend={t('nights')}
          pick="one"
          layout="chips"
          initial={['all']}
          options={Object.keys(NIGHT_SCOPES).map((value) => ({ value, label: t(`night.${value}`) }))}
        />
        <Choice
          name="parties[]"
          legend={t('parties')}
          pick="many"
          layout="chips"
          initial={[...PARTY_KINDS]}
          options={PARTY_KINDS.map((value) => ({ value, label: t(`party.${value}`) }))}
        />
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <PolicyField cities={cities} />
        <Checkbox name="groupsInPart" label={t('groupsInPart')} hint={t('groupsInPartHint')} />
      </div>
      <div className="sm:justify-self-start"><SubmitButton wide pendingLabel={ui('sending')}>{t('start')}</SubmitButton></div>
    </ActionForm>
  )
}

function PolicyField({ cities }: Pick<Props, 'cities'>) {
  const t = useTranslations('rounds')
  const locale = useLocale()
  const options = cities.map(({ cityId, policy }) => ({
    value: cityId, label: t('form.policyOf', { city: cityName(cityId, locale), name: policyName(policy.name, t), version: policy.version }),
  }))
  const own = { value: OWN_POLICY, label: t('form.policyOwn') }
  return <SelectField name="policyOf" label={t('form.policy')} hint={t('form.policyHint')} initial={OWN_POLICY} options={[own, ...options]} />
}
