import { useLocale, useTranslations } from 'next-intl'
import { ManyChoice } from '@/components/need/many-choice'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { FormWhen } from '@/components/ui/form-result'
import { SelectField } from '@/components/ui/select-field'
import type { FormAction } from '@/lib/actions/state'
import { AGE_GROUPS, CIRCUMSTANCES, LANGUAGES, MAX_GROWTH, MAX_NIGHTS, MAX_PARTY } from '@/lib/arrivals/schema'
import { isLocale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import type { Day } from '@/lib/time/day'
import { useCheckWords } from './check-words'
import { CheckedForm } from './checked-form'
import { IntakeSlip } from './intake-slip'

type Props = {
  action: FormAction
  formKey: string
  /** Cities the coordinator may enter requests for; one or more. */
  cityIds: readonly string[]
  /** Today in the first of them. */
  today: Day
  /** A ready-made name, so that nobody is asked for theirs. */
  nickname: string
  /** Address of this page with a fresh form. */
  next: string
}

function Where({ cityIds, today }: Pick<Props, 'cityIds' | 'today'>) {
  const t = useTranslations('coordinate.enter')
  const asked = useLocale()
  const locale = isLocale(asked) ? asked : 'ru'
  const options = cityIds.flatMap((value) => {
    const city = findCity(value)
    return city ? [{ value, label: placeName(city, locale) }] : []
  })
  const day = <Field name="day" type="date" label={t('day')} min={today} width="short" />
  const only = options.length === 1 ? options[0] : undefined
  return (
    <>
      <Choice
        name="source" legend={t('source')} pick="one" layout="chips" initial={['PHONE']}
        options={(['PHONE', 'DESK'] as const).map((value) => ({ value, label: t(value) }))}
      />
      <SelectField name="city" label={t('city')} options={options} empty={t('cityChoose')} initial={only?.value} required />
      <Choice
        name="night" legend={t('nightsLegend')} pick="one" layout="chips" initial={['today']}
        options={[{ value: 'today', label: t('today') }, { value: 'tomorrow', label: t('tomorrow') }, { value: 'other', label: t('other'), more: day }]}
      />
      <input type="hidden" name="nights" value="longer" />
      <Field name="longer" type="number" label={t('nights')} min={1} max={MAX_NIGHTS} initial="1" inputMode="numeric" width="short" required />
    </>
  )
}

function Party() {
  const t = useTranslations('coordinate.enter')
  const count = (name: string, label: string, initial: string) => (
    <Field key={name} name={name} type="number" label={label} min={0} max={MAX_PARTY} initial={initial} inputMode="numeric" width="short" />
  )
  return (
    <>
      {count('adults', t('adults'), '1')}
      <fieldset>
        <legend className="mb-2 font-semibold">{t('children')}</legend>
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">{AGE_GROUPS.map(({ field }) => count(field, t(field), '0'))}</div>
      </fieldset>
    </>
  )
}

function Needs({ today }: { today: Day }) {
  const t = useTranslations('coordinate.enter')
  const need = useTranslations('need')
  return (
    <>
      <ManyChoice
        name="circumstances" legend={t('needs')} layout="chips"
        options={CIRCUMSTANCES.map((value) => ({ value, label: need(`circumstances.${value}`) }))}
      />
      <ManyChoice
        name="languages" legend={t('languages')} layout="chips"
        options={LANGUAGES.map((value) => ({ value, label: need(`languageNames.${value}`) }))}
      />
      <Fold summary={t('later')} names={['laterPersons', 'laterFrom', 'laterUntil']}>
        <Field name="laterPersons" type="number" label={t('laterPersons')} min={0} max={MAX_GROWTH} initial="0" inputMode="numeric" width="short" />
        <Field name="laterFrom" type="date" label={t('laterFrom')} min={today} width="short" />
        <Field name="laterUntil" type="date" label={t('laterUntil')} min={today} width="short" />
      </Fold>
    </>
  )
}

function Reach({ nickname }: { nickname: string }) {
  const t = useTranslations('coordinate.enter')
  const phone = <Field name="phone" type="tel" label={t('phone')} hint={t('phoneHint')} autoComplete="off" />
  const mail = <Field name="mail" type="email" label={t('mail')} autoComplete="off" />
  return (
    <>
      <Choice
        name="reach" legend={t('reach')} pick="one" initial={['NONE']}
        options={[
          { value: 'NONE', label: t('NONE') },
          { value: 'PHONE', label: t('PHONE_REACH'), more: phone },
          { value: 'MAIL', label: t('MAIL'), more: mail },
        ]}
      />
      <Field name="nickname" label={t('nickname')} hint={t('nicknameHint')} initial={nickname} autoComplete="off" maxLength={80} />
      <Field name="note" type="textarea" rows={3} label={t('note')} hint={t('noteHint')} />
      <p className="text-muted">{t('consent')}</p>
    </>
  )
}

function Slip({ next }: { next: string }) {
  const t = useTranslations('coordinate.enter')
  const words = {
    taken: t('taken'), readAloud: t('readAloud', { code: '%' }), spelt: t('spelt'), slip: t('slip'), slipText: t('slipText'),
    slipOnce: t('slipOnce'), slipCode: t('slipCode'), qr: t('qr'), print: t('print'), open: t('case'), next: t('next'),
  }
  return <IntakeSlip words={words} cases={`/${useLocale()}/coordinate/case`} next={next} />
}

/** A request as it is spoken on the telephone: one screen, fields in the order people tell. Afterwards the code and a slip. */
export function IntakeForm({ action, formKey, cityIds, today, nickname, next }: Props) {
  const t = useTranslations('coordinate.enter')
  const ui = useTranslations('ui')
  return (
    <CheckedForm
      check="INTAKE" action={action} formKey={formKey} today={today} words={useCheckWords(t('check'))} label={t('title')}
      className="grid max-w-page gap-5"
    >
      <FormWhen status={['idle', 'refused']}>
        <p className="text-muted">{t('lead')}</p>
        <Where cityIds={cityIds} today={today} />
        <Party />
        <Needs today={today} />
        <Reach nickname={nickname} />
        <SubmitButton wide pendingLabel={ui('sending')}>{t('send')}</SubmitButton>
      </FormWhen>
      <Slip next={next} />
    </CheckedForm>
  )
}
