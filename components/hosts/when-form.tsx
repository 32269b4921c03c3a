import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { SelectField } from '@/components/ui/select-field'
import type { FormAction } from '@/lib/actions/state'
import { LENGTHS, LONGEST_STAYS, NOTICE_HOURS, REST_NIGHTS, STARTS, type OfferDraft } from '@/lib/hosts/schema'
import type { Day } from '@/lib/time/day'

type Props = {
  action: FormAction
  formKey: string
  known: OfferDraft['when']
  cityId: string
  /** The calendar day in the home's city, and the last day a host may offer. */
  today: Day
  last: Day
  /** The limits of somebody who hosts already stay; only the new place is asked about. */
  homeOnly: boolean
}

const FIRST = { start: 'TODAY', startDay: null, length: 'WEEK', lastNight: null, notice: '0', longest: 'ANY', restNights: '0' } as const

/** Screen 3: from which night, for how long, and how much rest in between. */
export function WhenForm({ action, formKey, known = FIRST, cityId, today, last, homeOnly }: Props) {
  const t = useTranslations('host.offer.when')
  const ui = useTranslations('ui')
  const startDay = <Field name="startDay" type="date" width="short" label={t('startDay')} min={today} max={last} initial={known.startDay ?? ''} />
  const lastNight = <Field name="lastNight" type="date" width="short" label={t('lastNight')} min={today} max={last} initial={known.lastNight ?? ''} />
  return (
    <ActionForm action={action} formKey={formKey}>
      <input type="hidden" name="city" value={cityId} />
      <Choice
        name="start"
        legend={t('title')}
        legendAs="page"
        pick="one"
        options={STARTS.map((value) => ({ value, label: t(`start.${value}`), ...(value === 'DATE' ? { more: startDay } : {}) }))}
        initial={[known.start]}
      />
      <Choice
        name="length"
        legend={t('length')}
        legendAs="section"
        pick="one"
        options={LENGTHS.map((value) => ({ value, label: t(`lengths.${value}`), ...(value === 'UNTIL' ? { more: lastNight } : {}) }))}
        initial={[known.length]}
      />
      <Fold summary={t('more')} names={['longest', 'restNights', 'notice']}>
        {homeOnly ? <SameLimits /> : <Limits known={known} />}
        <SelectField
          name="notice"
          label={t('notice')}
          options={NOTICE_HOURS.map((value) => ({ value, label: value === '0' ? t('noticeNone') : t('hours', { count: Number(value) }) }))}
          initial={known.notice}
        />
      </Fold>
      <SubmitButton wide pendingLabel={ui('sending')}>{t('next')}</SubmitButton>
    </ActionForm>
  )
}

function SameLimits() {
  return (
    <>
      <input type="hidden" name="longest" value="ANY" />
      <input type="hidden" name="restNights" value="0" />
    </>
  )
}

function Limits({ known }: { known: NonNullable<Props['known']> }) {
  const t = useTranslations('host.offer.when')
  return (
    <>
      <SelectField
        name="longest"
        label={t('longest')}
        options={LONGEST_STAYS.map((value) => ({
          value, label: value === 'ANY' ? t('longestAny') : t('nights', { count: Number(value) }),
        }))}
        initial={known.longest}
      />
      <SelectField
        name="restNights"
        label={t('rest')}
        hint={t('restHint')}
        options={REST_NIGHTS.map((value) => ({ value, label: value === '0' ? t('restNone') : t('nights', { count: Number(value) }) }))}
        initial={known.restNights}
      />
    </>
  )
}
