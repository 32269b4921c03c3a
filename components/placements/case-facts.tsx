import { useTranslations } from 'next-intl'
import { FactsList, type Fact } from '@/components/ui/facts-list'
import { PointsBar } from '@/components/ui/points-bar'
import { formatDay } from '@/components/ui/time-words'
import { agesText } from '@/lib/arrivals/rules/party'
import type { Priority } from '@/lib/matching/priority'
import { countNights, type Nights } from '@/lib/time/nights'
import { PartyChips } from './queue-row'
import type { QueueEntry } from './shapes'
import { cityName, districtName, languageNames, nightsText } from './words'

/** What the case says beside the row of the queue. */
export interface CaseWords {
  askedNights: Nights
  flexibleNights: number
  quietWished: boolean
  privateBathWished: boolean
  ownEntranceWished: boolean
  languages: readonly string[]
  contactKind: 'NONE' | 'MAIL' | 'PHONE'
  growth: { persons: number; from: string; keepUntil: string } | null
  onwardPlan: string | null
  note: string | null
  noteUnreadable: boolean
}
type Props = { entry: QueueEntry; words: CaseWords; locale: string }

const WISHED = [['quiet', 'quietWished'], ['privateBath', 'privateBathWished'], ['ownEntrance', 'ownEntranceWished']] as const

function useNights({ entry, words, locale }: Props): string {
  const t = useTranslations('coordinate')
  const { nights } = entry
  const flexible = words.flexibleNights > 0 ? [t('case.flexible', { count: words.flexibleNights })] : []
  const asked = [nightsText(nights, locale), t('queue.nights', { count: countNights(nights) }), ...flexible].join(', ')
  if (words.askedNights.from === nights.from) return asked
  return `${asked}. ${t('case.shifted', { day: formatDay({ day: words.askedNights.from, locale, style: 'plain' }) })}`
}

function usePartyText({ entry }: Props): string {
  const t = useTranslations('coordinate')
  const party = t('queue.party', { adults: entry.adults, children: entry.childrenAges.length })
  return entry.childrenAges.length === 0 ? party : `${party} (${t('case.ages').toLowerCase()}: ${agesText(entry.childrenAges)})`
}

function useOptional({ words, locale }: Props): Fact[] {
  const t = useTranslations('coordinate.case')
  const wishes = WISHED.filter(([, field]) => words[field]).map(([key]) => t(`wish.${key}`)).join(', ')
  const growth = words.growth && t('growthText', {
    persons: words.growth.persons,
    from: formatDay({ day: words.growth.from, locale, style: 'plain' }),
    until: formatDay({ day: words.growth.keepUntil, locale, style: 'plain' }),
  })
  const facts = [
    { key: 'wishes', value: wishes }, { key: 'growth', value: growth }, { key: 'onward', value: words.onwardPlan },
    { key: 'note', value: words.noteUnreadable ? t('noteUnreadable') : words.note },
  ]
  return facts.flatMap(({ key, value }) => (value ? [{ key, name: t(key), value }] : []))
}

/** Who asks, for which nights, and what they need. */
export function CaseFacts(props: Props) {
  const t = useTranslations('coordinate.case')
  const { entry, words, locale } = props
  const cities = entry.cityIds.map((id) => cityName(id, locale)).join(', ')
  const district = districtName(entry.districtId, locale)
  const facts: Fact[] = [
    { key: 'party', name: t('party'), value: usePartyText(props) },
    { key: 'nights', name: t('nightsAsked'), value: useNights(props) },
    { key: 'cities', name: t('cities'), value: district === null ? cities : `${cities} · ${district}` },
    { key: 'languages', name: t('languages'), value: words.languages.length > 0 ? languageNames(words.languages, locale) : t('none') },
    { key: 'contact', name: t('contact'), value: t(`contactKind.${words.contactKind}`) },
    ...useOptional(props),
  ]
  return (
    <div className="grid gap-3">
      <PartyChips entry={entry} />
      <FactsList facts={facts} />
    </div>
  )
}

/** Why this request stands where it stands: urgency part by part, never a hidden number. */
export function Urgency({ priority }: { priority: Priority }) {
  const t = useTranslations('coordinate.case')
  return (
    <details>
      <summary className="inline-flex min-h-(--target) cursor-pointer items-center text-sm text-primary">
        {t('priority', { total: priority.total, maximum: priority.maximum })}
      </summary>
      <div className="grid gap-2 pt-2">
        {priority.parts.map(({ part, points, maximum }) => (
          <PointsBar key={part} name={t(`part.${part}`)} points={points} max={maximum} />
        ))}
      </div>
    </details>
  )
}
