import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { SelectField } from '@/components/ui/select-field'
import { Stepper } from '@/components/ui/stepper'
import type { FormAction } from '@/lib/actions/state'
import { NOTICE_HOURS } from '@/lib/hosts/schema'
import type { Locale } from '@/lib/i18n/routing'
import { districtsOf, placeName } from '@/lib/places/places'

type HomeFacts = {
  id: string
  version: number
  cityId: string
  districtId: string | null
  stepFree: boolean
  ownEntrance: boolean
  noticeHours: number
  houseRules: string | null
  address: string | null
  entrance: string | null
}

type Props = { action: FormAction; formKey: string; home: HomeFacts }

function Ids({ home }: { home: HomeFacts }) {
  return (
    <>
      <input type="hidden" name="homeId" value={home.id} />
      <input type="hidden" name="version" value={home.version} />
    </>
  )
}

/** The facts of one home. */
export function HomeForm({ action, formKey, home }: Props) {
  const t = useTranslations('host.home')
  const when = useTranslations('host.offer.when')
  const ui = useTranslations('ui')
  const locale = useLocale() as Locale
  const districts = districtsOf(home.cityId).map((district) => ({ value: district.id, label: placeName(district, locale) }))
  return (
    <ActionForm action={action} formKey={formKey} label={t('facts')}>
      <Ids home={home} />
      {districts.length > 0 && (
        <SelectField name="district" label={t('district')} options={districts} empty={t('noDistrict')} initial={home.districtId ?? ''} />
      )}
      <div className="grid gap-2">
        <Checkbox name="stepFree" label={t('stepFree')} initial={home.stepFree} />
        <Checkbox name="ownEntrance" label={t('ownEntrance')} initial={home.ownEntrance} />
      </div>
      <SelectField
        name="notice"
        label={when('notice')}
        options={NOTICE_HOURS.map((value) => ({ value, label: value === '0' ? when('noticeNone') : when('hours', { count: Number(value) }) }))}
        initial={NOTICE_HOURS.find((value) => Number(value) >= home.noticeHours) ?? '72'}
      />
      <Field name="houseRules" type="textarea" rows={3} label={t('rules')} hint={t('rulesHint')} initial={home.houseRules ?? ''} />
      <div>
        <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** The address: asked late, kept sealed. */
export function AddressForm({ action, formKey, home }: Props) {
  const t = useTranslations('host.offer.where')
  const words = useTranslations('host.home')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={words('address')}>
      <Ids home={home} />
      <Field name="address" label={t('addressLabel')} hint={t('addressHint')} initial={home.address ?? ''} autoComplete="street-address" required />
      <Field name="entrance" type="textarea" rows={2} label={t('entranceLabel')} hint={t('entranceHint')} initial={home.entrance ?? ''} />
      <div>
        <SubmitButton look="secondary" pendingLabel={ui('sending')}>{words('saveAddress')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

/** One more room of a home. */
export function AddRoomForm({ action, formKey, homeId }: { action: FormAction; formKey: string; homeId: string }) {
  const t = useTranslations('host.home')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('addRoom')}>
      <input type="hidden" name="homeId" value={homeId} />
      <Field name="name" label={t('roomName')} hint={t('roomNameHint')} required />
      <Stepper
        name="sleeps"
        label={t('sleeps')}
        min={1}
        max={50}
        initial={2}
        lessLabel={ui('less', { what: t('sleeps') })}
        moreLabel={ui('more', { what: t('sleeps') })}
      />
      <div>
        <SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('addRoom')}</SubmitButton>
      </div>
    </ActionForm>
  )
}
