import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { FormWhen } from '@/components/ui/form-result'
import type { FormAction } from '@/lib/actions/state'
import { AddressCard, type AddressWords } from './address-card'
import { OfStay, type StayMark } from './stay-mark'

const WORDS = ['heading', 'entrance', 'latin', 'taxi', 'taxiHint', 'map2gis', 'mapOsm', 'mapNote', 'missing'] as const

function useWords(): AddressWords {
  const t = useTranslations('stay.address')
  const plain = Object.fromEntries(WORDS.map((key) => [key, t(key)])) as Record<(typeof WORDS)[number], string>
  return { ...plain, host: t('host', { name: '%' }) }
}

type Props = { stay: StayMark; action: FormAction; formKey: string }

/** "Show the address": a POST that is recorded, never part of the page itself. */
export function AddressForm({ stay, action, formKey }: Props) {
  const t = useTranslations('stay.address')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('heading')} quiet>
      <OfStay stay={stay} />
      <AddressCard words={useWords()} />
      <FormWhen status={['idle', 'refused']}>
        <p className="text-sm text-muted">{t('note')}</p>
        <SubmitButton wide pendingLabel={ui('loading')}>{t('show')}</SubmitButton>
      </FormWhen>
    </ActionForm>
  )
}
