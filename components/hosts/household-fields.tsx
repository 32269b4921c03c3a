import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { LANGUAGES } from '@/lib/hosts/schema'

/** What is ticked when the form opens. */
export type HouseholdValues = {
  womenOnlyHousehold: boolean
  womenOnlyGuests: boolean
  childrenHere: boolean
  animalsHere: boolean
  smoking: boolean
  childrenWelcome: boolean
  animalsWelcome: boolean
  languages: readonly string[]
}

/** A group of yes-or-no facts under one heading. */
export function FactGroup({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-3 text-xl font-semibold">{legend}</legend>
      <div className="grid gap-2">{children}</div>
    </fieldset>
  )
}

/** Facts of a household: who lives there, who is welcome, languages. `children`: more facts of the place itself. */
export function HouseholdFields({ values, children }: { values: HouseholdValues; children?: ReactNode }) {
  const t = useTranslations('host.house')
  const womenOnly = (
    <Checkbox name="womenOnlyGuests" label={t('womenOnlyGuests')} hint={t('womenOnlyHint')} initial={values.womenOnlyGuests} />
  )
  return (
    <>
      <div className="grid gap-2">
        <Choice
          name="womenOnlyHousehold"
          legend={t('lives')}
          legendAs="section"
          pick="many"
          options={[{ value: 'on', label: t('womenOnlyHousehold'), more: womenOnly }]}
          initial={values.womenOnlyHousehold ? ['on'] : []}
        />
        <Checkbox name="childrenHere" label={t('childrenHere')} initial={values.childrenHere} />
        <Checkbox name="animalsHere" label={t('animalsHere')} initial={values.animalsHere} />
      </div>
      <FactGroup legend={t('welcome')}>
        <Checkbox name="childrenWelcome" label={t('childrenWelcome')} initial={values.childrenWelcome} />
        <Checkbox name="animalsWelcome" label={t('animalsWelcome')} initial={values.animalsWelcome} />
      </FactGroup>
      <FactGroup legend={t('facts')}>
        <Checkbox name="smoking" label={t('smoking')} initial={values.smoking} />
        {children}
      </FactGroup>
      <Choice
        name="languages[]"
        legend={t('languages')}
        legendAs="section"
        pick="many"
        layout="chips"
        options={LANGUAGES.map((value) => ({ value, label: t(`language.${value}`) }))}
        initial={[...values.languages]}
      />
    </>
  )
}
