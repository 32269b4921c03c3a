import { useLocale, useTranslations } from 'next-intl'
import { Pair } from '@/components/need/pair'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { Notice } from '@/components/ui/notice'
import { formatDay } from '@/components/ui/time-words'
import type { FormAction } from '@/lib/actions/state'
import type { StayHome } from '@/lib/arrivals/rules/stay'
import { addDays } from '@/lib/time/day'

/** How the last wish to stay longer stands. */
export function ExtensionState({ home }: { home: StayHome }) {
  const t = useTranslations('stay.stay')
  const locale = useLocale()
  const { extension, nights } = home
  if (!extension) return null
  // without its weekday: «до 26 ноября» has the right ending, «до чт, 26 ноября» has none
  const day = (text: string) => formatDay({ day: text, locale, style: 'plain' })
  if (extension.state === 'ASKED') return <Notice tone="info">{t('asked', { day: day(extension.until) })}</Notice>
  if (extension.state === 'AGREED') return <Notice tone="ok">{t('agreed', { day: day(extension.until) })}</Notice>
  const refused = t('refused', { day: day(nights.until) })
  return <Notice tone="info">{extension.searching ? `${refused} ${t('searching')}` : refused}</Notice>
}

/** Asks for more nights; the host answers, and until then nothing changes. */
export function LongerForm({ home, action, formKey }: { home: StayHome; action: FormAction; formKey: string }) {
  const t = useTranslations('stay.stay')
  const ui = useTranslations('ui')
  const day = <Field name="day" type="date" label={t('day')} min={addDays(home.nights.until, 1)} width="short" />
  return (
    <ActionForm action={action} formKey={formKey} label={t('extend')}>
      <input type="hidden" name="placementId" value={home.placementId} />
      <Fold summary={t('extend')} names={['more', 'day']}>
        <p>{t('extendHint')}</p>
        <Pair>
          <Choice
            name="more" legend={t('extendBy')} pick="one" layout="pair" initial={['1']}
            options={[
              { value: '1', label: t('d1') }, { value: '3', label: t('d3') }, { value: '7', label: t('d7') },
              { value: 'day', label: t('other'), more: day },
            ]}
          />
        </Pair>
        <SubmitButton look="secondary" wide pendingLabel={ui('sending')}>{t('ask')}</SubmitButton>
      </Fold>
    </ActionForm>
  )
}
