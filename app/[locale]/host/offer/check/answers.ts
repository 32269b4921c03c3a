import { getLocale, getTranslations } from 'next-intl/server'
import type { Answer } from '@/components/hosts/check-form'
import { formatDay } from '@/components/ui/time-words'
import type { Offer } from '@/lib/hosts/commands/offer-home'
import { listRooms, openingOf } from '@/lib/hosts/rules'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, findDistrict, placeName } from '@/lib/places/places'
import { todayIn } from '@/lib/time/clock'
import { addDays, daysBetween } from '@/lib/time/day'

async function whatWords({ what }: Offer): Promise<string> {
  const t = await getTranslations('host.offer')
  const rooms = listRooms(what)
  const count = rooms[0]?.sharedHall === true
    ? t('check.places', { count: rooms.length })
    : t('check.rooms', { count: rooms.length, places: what.places })
  return [t(`what.kind.${what.kind}`), count, ...what.extras.map((extra) => t(`what.extra.${extra}`))].join(', ')
}

async function whereWords({ where }: Offer, locale: Locale): Promise<string> {
  const t = await getTranslations('host.offer.check')
  const city = findCity(where.cityId)
  const district = where.districtId === null ? undefined : findDistrict(where.districtId)
  const names = [city, district].flatMap((place) => (place ? [placeName(place, locale)] : []))
  return [...names, where.address ?? t('addressLater')].join(', ')
}

async function whenWords({ when, where }: Offer, locale: Locale): Promise<string> {
  const t = await getTranslations('host.offer')
  const opening = openingOf(when, todayIn(where.cityId))
  if (opening === null) return '—'
  const day = (value: string) => formatDay({ day: value, locale, style: 'weekday' })
  return [
    t('check.run', { from: day(opening.from), last: day(addDays(opening.until, -1)), count: daysBetween(opening.from, opening.until) }),
    ...(when.longest === 'ANY' ? [] : [t('check.longest', { count: Number(when.longest) })]),
    ...(when.restNights === '0' ? [] : [t('check.rest', { count: Number(when.restNights) })]),
    ...(when.notice === '0' ? [] : [t('check.notice', { count: Number(when.notice) })]),
  ].join(', ')
}

const FACTS = [
  ['lives', ['womenOnlyHousehold', 'womenOnlyGuests', 'childrenHere', 'animalsHere']],
  ['welcome', ['childrenWelcome', 'animalsWelcome']],
  ['facts', ['smoking', 'stepFree']],
] as const

async function houseWords({ house }: Offer, { knownHost, locale }: { knownHost: boolean; locale: Locale }): Promise<string> {
  const t = await getTranslations('host.house')
  if (knownHost) return house.stepFree ? t('stepFree') : t('nothing')
  const groups = FACTS.map(([group, facts]) => ({ name: t(group), values: facts.filter((fact) => house[fact]).map((fact) => t(fact)) }))
  const languages = { name: t('languages'), values: house.languages.map((code) => t(`language.${code}`)) }
  const told = [...groups, languages].filter(({ values }) => values.length > 0)
  return told.map(({ name, values }) => `${name}: ${values.join(', ').toLocaleLowerCase(locale)}`).join('. ') || t('nothing')
}

async function youWords({ firstName, mail, contactShown }: NonNullable<Offer['you']>): Promise<string> {
  const t = await getTranslations('host.offer.check')
  return [firstName, mail, contactShown ? t('contactShown') : t('contactHidden')].join(', ')
}

/** The whole offer in words, screen by screen. */
export async function offerAnswers(offer: Offer, knownHost: boolean): Promise<Answer[]> {
  const locale = (await getLocale()) as Locale
  return [
    { step: 'what', value: await whatWords(offer) },
    { step: 'where', value: await whereWords(offer, locale) },
    { step: 'when', value: await whenWords(offer, locale) },
    { step: 'house', value: await houseWords(offer, { knownHost, locale }) },
    ...(knownHost || !offer.you ? [] : [{ step: 'you' as const, value: await youWords(offer.you) }]),
  ]
}
