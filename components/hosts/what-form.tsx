import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Stepper } from '@/components/ui/stepper'
import type { FormAction } from '@/lib/actions/state'
import { HOME_KINDS, ROOM_EXTRAS, type OfferDraft } from '@/lib/hosts/schema'

type Props = { action: FormAction; formKey: string; known: OfferDraft['what'] }

/** Screen 1: what there is and how many can sleep there. */
export function WhatForm({ action, formKey, known }: Props) {
  const t = useTranslations('host.offer.what')
  const ui = useTranslations('ui')
  const kinds = HOME_KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`), hint: t(`kindHint.${kind}`) }))
  const steps = [
    { name: 'rooms', max: 20, initial: known?.rooms ?? 1 },
    { name: 'places', max: 50, initial: known?.places ?? 2 },
  ] as const
  return (
    <ActionForm action={action} formKey={formKey}>
      <Choice name="kind" legend={t('title')} legendAs="page" pick="one" options={kinds} initial={[known?.kind ?? 'ROOM_IN_HOME']} />
      {steps.map(({ name, max, initial }) => (
        <Stepper
          key={name}
          name={name}
          label={t(name)}
          hint={t(`${name}Hint`)}
          min={1}
          max={max}
          initial={initial}
          lessLabel={ui('less', { what: t(name) })}
          moreLabel={ui('more', { what: t(name) })}
        />
      ))}
      <Choice
        name="extras[]"
        legend={t('extras')}
        pick="many"
        layout="chips"
        options={ROOM_EXTRAS.map((value) => ({ value, label: t(`extra.${value}`) }))}
        initial={known?.extras ?? []}
      />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('next')}</SubmitButton>
    </ActionForm>
  )
}
