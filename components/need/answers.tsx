import { useLocale, useTranslations } from 'next-intl'
import { FactsList, type Fact } from '@/components/ui/facts-list'
import { formatDay } from '@/components/ui/time-words'
import { childrenByGroup } from '@/lib/arrivals/rules/party'
import { AGE_GROUPS, type Intake } from '@/lib/arrivals/schema'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import type { Day } from '@/lib/time/day'
import type { NEED_PATHS } from './step'

type Answer = { key: string; name: string; value: string; path: (typeof NEED_PATHS)[number] }

function useParty({ adults, childrenAges }: Intake['who']): string {
  const t = useTranslations('need')
  const counts = childrenByGroup(childrenAges)
  const ages = AGE_GROUPS.filter(({ field }) => counts[field] > 0).map(({ field }) => t(`who.${field}`).toLowerCase()).join(', ')
  const children = childrenAges.length > 0 ? `, ${t('check.children', { count: childrenAges.length, ages })}` : ''
  return t('check.adults', { count: adults }) + children
}

function useWhoAnswers(who: Intake['who']): Answer[] {
  const t = useTranslations('need')
  const locale = useLocale()
  const day = (text: Day) => formatDay({ day: text, locale, style: 'plain' })
  const important = who.circumstances.map((one) => t(`circumstances.${one}`)).join(', ')
  const languages = who.languages.map((one) => t(`languageNames.${one}`)).join(', ')
  const { growth } = who
  const later = growth && t('check.laterValue', { persons: growth.persons, from: day(growth.from), until: day(growth.keepUntil) })
  const answers: Answer[] = [
    { key: 'party', name: t('check.party'), value: useParty(who), path: '/need/who' },
    { key: 'important', name: t('check.important'), value: important === '' ? t('check.nothing') : important, path: '/need/who' },
    { key: 'languages', name: t('check.languages'), value: languages, path: '/need/who' },
    { key: 'later', name: t('check.later'), value: later ?? '', path: '/need/who' },
  ]
  return answers.filter(({ value }) => value !== '')
}

/** Screen 4: everything that was answered, each with a way to change it. */
export function Answers({ intake, firstNight }: { intake: Intake; firstNight: Day }) {
  const t = useTranslations('need')
  const ui = useTranslations('ui')
  const locale = useLocale() as Locale
  const { where, who, reach } = intake
  const city = findCity(where.cityId)
  const day = formatDay({ day: firstNight, locale, style: 'weekday' })
  const answers: Answer[] = [
    { key: 'city', name: t('check.city'), value: city ? placeName(city, locale) : '', path: '/need' },
    { key: 'nights', name: t('check.nights'), value: t('check.nightsValue', { count: where.nights, day }), path: '/need' },
    ...useWhoAnswers(who),
    { key: 'reach', name: t('check.reach'), value: reach.kind === 'NONE' ? t('check.reachNone') : reach.contact, path: '/need/reach' },
    { key: 'nickname', name: t('check.nickname'), value: reach.nickname, path: '/need/reach' },
  ]
  const facts: Fact[] = answers.map(({ key, name, value, path }) => ({
    key, name, value,
    change: { href: `/${locale}${path}`, label: ui('change'), spoken: ui('changeWhat', { what: name }) },
  }))
  return <FactsList facts={facts} />
}
