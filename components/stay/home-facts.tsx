import { useLocale, useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { formatDay } from '@/components/ui/time-words'
import type { StayHome } from '@/lib/arrivals/rules/stay'
import { LANGUAGES } from '@/lib/hosts/schema'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, findDistrict, placeName } from '@/lib/places/places'
import { countNights } from '@/lib/time/nights'

const HOME_FACTS = ['animalsHere', 'childrenHere', 'smoking', 'womenOnlyHousehold', 'ownEntrance'] as const
const ROOM_FACTS = ['privateBath', 'quiet'] as const

/** Town and district of a home in words. */
export function usePlaceWords(): (home: StayHome) => string {
  const t = useTranslations('stay.plan')
  const locale = useLocale() as Locale
  return ({ cityId, districtId }) => {
    const city = findCity(cityId)
    const district = districtId === null ? undefined : findDistrict(districtId)
    return t('where', { city: city ? placeName(city, locale) : '', district: district ? placeName(district, locale) : 'none' })
  }
}

/** Rooms, district and nights of a home: what a newcomer may know before any address. */
export function HomeRooms({ home }: { home: StayHome }) {
  const t = useTranslations('stay.plan')
  const locale = useLocale()
  const place = usePlaceWords()
  const day = (text: string) => formatDay({ day: text, locale, style: 'weekday' })
  return (
    <div className="grid gap-1">
      {home.rooms.map((room) => (
        <p key={room.placementId} className="text-xl font-semibold">
          {t('room', { hall: room.sharedHall ? 'yes' : 'no', guests: room.guests })}
        </p>
      ))}
      <p>{place(home)}</p>
      <p>{t('nights', { from: day(home.nights.from), until: day(home.nights.until), count: countNights(home.nights) })}</p>
    </div>
  )
}

/** Facts of the home as chips, its languages and rules. */
export function HomeFacts({ home }: { home: StayHome }) {
  const t = useTranslations('stay.facts')
  const words = useTranslations('need.languageNames')
  const facts = [
    t(home.kind),
    t(home.stepFree ? 'stepFree' : 'stairs'),
    ...HOME_FACTS.filter((fact) => home[fact]).map((fact) => t(fact)),
    ...ROOM_FACTS.filter((fact) => home.rooms.every((room) => room[fact])).map((fact) => t(fact)),
  ]
  const languages = LANGUAGES.filter((language) => home.languages.includes(language)).map((language) => words(language))
  return (
    <>
      <ul className="flex flex-wrap gap-2">
        {facts.map((fact) => (
          <li key={fact}>
            <Badge>{fact}</Badge>
          </li>
        ))}
      </ul>
      {languages.length > 0 && <p>{t('languages', { list: languages.join(', ') })}</p>}
      {home.houseRules !== null && <p className="whitespace-pre-line">{t('rules', { text: home.houseRules })}</p>}
    </>
  )
}
