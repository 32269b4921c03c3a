import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { LinkButton } from '@/components/ui/link-button'
import { formatDay } from '@/components/ui/time-words'
import type { FormAction } from '@/lib/actions/state'
import type { StayHome } from '@/lib/arrivals/rules/stay'
import { usePlaceWords } from './home-facts'

type Props = {
  /** Agreed stays that may be taken back, each an answer of its own. */
  homes: readonly StayHome[]
  /** Somebody lives with hosts now: closing the request ends that too. */
  there: boolean
  action: FormAction
  formKey: string
}

/** Takes back one agreed stay, named with its place and days, or the whole request. */
export function CancelForm({ homes, there, action, formKey }: Props) {
  const t = useTranslations('stay.cancel')
  const ui = useTranslations('ui')
  const locale = useLocale()
  const place = usePlaceWords()
  const day = (text: string) => formatDay({ day: text, locale, style: 'weekday' })
  const options = homes.map((home) => ({
    value: home.placementId,
    label: t('again', { place: place(home), from: day(home.nights.from), until: day(home.nights.until) }),
    hint: t('againHint'),
  }))
  const all = { value: 'all', label: t('all'), hint: there ? t('allWhileThere') : t('allHint') }
  return (
    <ActionForm action={action} formKey={formKey}>
      <Choice
        name="what" legend={t('choose')} legendAs="section" pick="one"
        options={[...options, all]} initial={homes.length > 0 ? [] : ['all']}
      />
      <div className="grid gap-3">
        <SubmitButton look="danger" wide pendingLabel={ui('sending')}>{t('confirm')}</SubmitButton>
        <LinkButton href={`/${locale}/stay`} look="quiet" wide>{t('back')}</LinkButton>
      </div>
    </ActionForm>
  )
}
