import { useTranslations } from 'next-intl'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import type { Reach } from '@/lib/arrivals/schema'

/** Screen 3: how to be reached, and a name that is not theirs. "I will look at the link" is chosen from the start. */
export function ReachFields({ reach }: { reach: Reach }) {
  const t = useTranslations('need.reach')
  const { kind, contact, nickname } = reach
  const mail = (
    <Field
      name="mail" type="email" label={t('mailLabel')} hint={t('mailHint')} autoComplete="email"
      initial={kind === 'MAIL' ? contact : ''}
    />
  )
  const phone = (
    <Field
      name="phone" type="tel" label={t('phoneLabel')} hint={t('phoneHint')} autoComplete="tel"
      initial={kind === 'PHONE' ? contact : ''}
    />
  )
  return (
    <>
      <Choice
        name="reach" legend={t('legend')} legendAs="section" pick="one" initial={[kind]}
        options={[
          { value: 'NONE', label: t('none'), hint: t('noneHint') },
          { value: 'MAIL', label: t('mail'), more: mail },
          { value: 'PHONE', label: t('phone'), more: phone },
        ]}
      />
      <Field name="nickname" label={t('nickname')} hint={t('nicknameHint')} initial={nickname} autoComplete="off" maxLength={80} />
    </>
  )
}
