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
  'womenOnlyHousehold', 'womenOnlyGuests', 'childrenHere', 'animalsHere', 'childrenWelcome', 'animalsWelcome', 'smoking', 'stepFree',
] as const

async function houseWords({ house }: Offer, knownHost: boolean): Promise<string> {
  const t = await getTranslations('host.house')
  const facts = FACTS.filter((fact) => (knownHost ? fact === 'stepFree' : true) && house[fact]).map((fact) => t(fact))
  const languages = knownHost ? [] : house.languages.map((code) => t(`language.${code}`))
  return [...facts, ...languages].join(', ') || t('nothing')
}

/** The whole offer in words, screen by screen. */
export async function offerAnswers(offer: Offer, knownHost: boolean): Promise<Answer[]> {
  const locale = (await getLocale()) as Locale
  return [
    { step: 'what', value: await whatWords(offer) },
    { step: 'where', value: await whereWords(offer, locale) },
    { step: 'when', value: await whenWords(offer, locale) },
    { step: 'house', value: await houseWords(offer, knownHost) },
    ...(knownHost || !offer.you ? [] : [{ step: 'you' as const, value: `${offer.you.firstName}, ${offer.you.mail}` }]),
  ]
}
