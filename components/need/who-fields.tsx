import { useTranslations } from 'next-intl'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import { Stepper } from '@/components/ui/stepper'
import { childrenByGroup } from '@/lib/arrivals/rules/party'
import {
  AGE_GROUPS, CIRCUMSTANCES, LANGUAGES, MAX_GROWTH, MAX_PARTY, type Circumstance, type Growth, type Language, type Who,
} from '@/lib/arrivals/schema'
import type { Day } from '@/lib/time/day'
import { ManyChoice } from './many-choice'

function Count({ name, label, max, initial, min = 0 }: { name: string; label: string; max: number; initial: number; min?: number }) {
  const t = useTranslations('need.who')
  const what = label.toLowerCase()
  return (
    <Stepper
      name={name} label={label} min={min} max={max} initial={initial}
      lessLabel={t('less', { what })} moreLabel={t('more', { what })}
    />
  )
}

function Children({ ages }: { ages: readonly number[] }) {
  const t = useTranslations('need.who')
  const counts = childrenByGroup(ages)
  return (
    <Fold summary={t('children')} names={AGE_GROUPS.map(({ field }) => field)} open={ages.length > 0}>
      {AGE_GROUPS.map(({ field }) => (
        <Count key={field} name={field} label={t(field)} max={MAX_PARTY} initial={counts[field]} />
      ))}
    </Fold>
  )
}

function Important({ circumstances, languages }: { circumstances: Circumstance[]; languages: Language[] }) {
  const t = useTranslations('need')
  return (
    <Fold summary={t('who.important')} names={['circumstances', 'languages']} open={circumstances.length + languages.length > 0}>
      <ManyChoice
        name="circumstances" legend={t('who.important')} legendAs="hidden" hint={t('who.importantHint')} layout="chips"
        options={CIRCUMSTANCES.map((value) => ({ value, label: t(`circumstances.${value}`) }))}
        initial={circumstances}
      />
      <ManyChoice
        name="languages" legend={t('who.languages')} layout="chips"
        options={LANGUAGES.map((value) => ({ value, label: t(`languageNames.${value}`) }))}
        initial={languages}
      />
    </Fold>
  )
}

function Later({ growth, today }: { growth: Growth | null; today: Day }) {
  const t = useTranslations('need.who')
  return (
    <Fold summary={t('later')} names={['laterPersons', 'laterFrom', 'laterUntil']} open={growth !== null}>
      <p className="text-muted">{t('laterHint')}</p>
      <Count name="laterPersons" label={t('laterPersons')} max={MAX_GROWTH} initial={growth?.persons ?? 0} />
      <Field name="laterFrom" type="date" label={t('laterFrom')} min={today} initial={growth?.from ?? ''} width="short" />
      <Field
        name="laterUntil" type="date" label={t('laterUntil')} hint={t('laterUntilHint')} min={today}
        initial={growth?.keepUntil ?? ''} width="short"
      />
    </Fold>
  )
}

/** Screen 2: how many, and what is good to know, folded away. One adult is chosen from the start. */
export function WhoFields({ who, today }: { who: Who; today: Day }) {
  const t = useTranslations('need.who')
  return (
    <>
      <Count name="adults" label={t('adults')} max={MAX_PARTY} initial={who.adults} />
      <div className="grid gap-2">
        <Children ages={who.childrenAges} />
        <Important circumstances={who.circumstances} languages={who.languages} />
        <Later growth={who.growth} today={today} />
      </div>
      <p className="text-sm text-muted">{t('groupHint')}</p>
    </>
  )
}
