import { useTranslations } from 'next-intl'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { LENGTH_CHOICES, MAX_NIGHTS, type Where } from '@/lib/arrivals/schema'
import type { Day } from '@/lib/time/day'
import { CityChoice } from './city-choice'
import { Pair } from './pair'

type Props = {
  /** What was answered before, or what the poster knows; `null` at the first visit. */
  cityId: string | null
  where: Pick<Where, 'firstNight' | 'nights'>
  /** The first day the calendar offers. */
  today: Day
}

function lengthOf(nights: number): string {
  return LENGTH_CHOICES.find((choice) => choice === String(nights)) ?? 'longer'
}

/** Screen 1: town, first night, number of nights. Tonight and "2–3" are chosen from the start. */
export function WhereFields({ cityId, where, today }: Props) {
  const t = useTranslations('need.where')
  const { firstNight, nights } = where
  const chosenDay = firstNight === 'today' || firstNight === 'tomorrow' ? null : firstNight
  const length = lengthOf(nights)
  const day = <Field name="day" type="date" label={t('day')} min={today} initial={chosenDay ?? ''} width="short" />
  const longer = (
    <Field
      name="longer" type="number" inputMode="numeric" label={t('longerLabel')} hint={t('longerHint')} min={1} max={MAX_NIGHTS}
      initial={length === 'longer' ? String(nights) : ''} width="short"
    />
  )
  return (
    <>
      <CityChoice cityId={cityId} />
      <Pair>
        <Choice
          name="night" legend={t('night')} legendAs="section" pick="one" layout="pair"
          initial={[chosenDay === null ? firstNight : 'other']}
          options={[
            { value: 'today', label: t('today') }, { value: 'tomorrow', label: t('tomorrow') },
            { value: 'other', label: t('otherDay'), more: day },
          ]}
        />
      </Pair>
      <Pair>
        <Choice
          name="nights" legend={t('nights')} legendAs="section" pick="one" layout="pair" initial={[length]}
          options={[
            { value: '1', label: t('n1') }, { value: '3', label: t('n3') }, { value: '7', label: t('n7') },
            { value: 'longer', label: t('longer'), more: longer },
          ]}
        />
      </Pair>
    </>
  )
}
