import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Checkbox } from '@/components/ui/checkbox'
import { FactsList, type Fact } from '@/components/ui/facts-list'
import type { FormAction } from '@/lib/actions/state'
import type { OfferStep } from '@/lib/hosts/rules'
import { LegalBox, RulesBox } from './legal-box'
import { stepPath } from './offer-step'
import { OfferedBefore } from './offered-before'

/** One answer of the offer in words, and the screen it was given on. */
export type Answer = { step: Exclude<OfferStep, 'check'>; value: string }

type Props = {
  action: FormAction
  /** Makes another home of the answers, where a home was listed with others; `null` for what was not published yet. */
  another: FormAction | null
  formKey: string
  answers: Answer[]
  country: 'KZ' | 'KG'
  versions: { legal: string; rules: string }
  /** A host who is not signed in gets a code by mail first. */
  needsCode: boolean
}

function PublishForm({ action, formKey, country, versions, needsCode }: Omit<Props, 'another' | 'answers'>) {
  const t = useTranslations('host.offer.check')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey}>
      <div className="grid gap-3">
        <LegalBox country={country} version={versions.legal} />
        <Checkbox name="legal" label={t('legal')} />
      </div>
      <div className="grid gap-3">
        <RulesBox version={versions.rules} />
        <Checkbox name="rules" label={t('rules')} />
      </div>
      <p>{needsCode ? t('codeNext') : t('visitNext')}</p>
      <SubmitButton wide pendingLabel={ui('sending')}>{t('publish')}</SubmitButton>
    </ActionForm>
  )
}

/** Screen 6: everything once more, the law and the rules, and the button. */
export function CheckForm({ answers, another, ...form }: Props) {
  const t = useTranslations('host.offer.check')
  const ui = useTranslations('ui')
  const locale = useLocale()
  const facts: Fact[] = answers.map(({ step, value }) => ({
    key: step, name: t(`name.${step}`), value,
    change: { href: `/${locale}${stepPath(step)}`, label: ui('change'), spoken: ui('changeWhat', { what: t(`name.${step}`) }) },
  }))
  return (
    <>
      <h1>{t('title')}</h1>
      <Card>
        <FactsList facts={facts} />
      </Card>
      {another === null ? <PublishForm {...form} /> : <OfferedBefore action={another} formKey={form.formKey} />}
    </>
  )
}
