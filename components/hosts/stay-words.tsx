import { useLocale, useTranslations } from 'next-intl'
import { FactsList, type Fact } from '@/components/ui/facts-list'
import { formatDay } from '@/components/ui/time-words'
import { agesText } from '@/lib/arrivals/rules/party'
import { daysBetween } from '@/lib/time/day'

/** Who comes, as a host may see it: never a contact. */
export type Party = {
  nickname: string
  adults: number
  childrenAges: readonly number[]
  animals: boolean
  languages: readonly string[]
  growth: { persons: number; from: string; keepUntil: string } | null
}

export type StaySummary = { party: Party; from: string; until: string; rooms: readonly string[] }

/** "Two adults, children aged 3–6 and 7–12, with an animal". */
export function usePartyWords(): (party: Party) => string {
  const t = useTranslations('host.stay')
  return ({ adults, childrenAges, animals }) => [
    t('adults', { count: adults }),
    ...(childrenAges.length > 0 ? [t('children', { count: childrenAges.length, ages: agesText(childrenAges) })] : []),
    ...(animals ? [t('withAnimals')] : []),
  ].join(', ')
}

/** The facts of a stay for its host: who, which nights, until when, where. */
export function StayFacts({ stay }: { stay: StaySummary }) {
  const t = useTranslations('host.stay')
  const house = useTranslations('host.house')
  const locale = useLocale()
  const partyWords = usePartyWords()
  const { party, from, until, rooms } = stay
  const known = party.languages.filter((code) => house.has(`language.${code}`)).map((code) => house(`language.${code}`))
  const day = (value: string) => formatDay({ day: value, locale, style: 'weekday' })
  const facts: Fact[] = [
    { key: 'who', name: t('who'), value: partyWords(party) },
    { key: 'nights', name: t('nights'), value: t('run', { count: daysBetween(from, until), from: day(from), until: day(until) }) },
    { key: 'rooms', name: t('rooms'), value: rooms.join(', ') },
    ...(known.length > 0 ? [{ key: 'languages', name: t('languages'), value: known.join(', ') }] : []),
    ...(party.growth ? [{
      key: 'growth', name: t('growth'),
      value: t('growthValue', { count: party.growth.persons, from: day(party.growth.from), until: formatDay({ day: party.growth.keepUntil, locale, style: 'plain' }) }),
    }] : []),
  ]
  return <FactsList facts={facts} />
}
