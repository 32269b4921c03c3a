import { createTranslator } from 'use-intl/core'
import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { askedNights, flag, id, refuseEmptyNights, said, someOf, whole } from '@/lib/api/schema'
import { offerHome, type Offer } from '@/lib/hosts/commands/offer-home'
import { listRooms, MAX_AHEAD_NIGHTS } from '@/lib/hosts/rules'
import { HOME_KINDS, LANGUAGES, LONGEST_STAYS, MAX_ROOMS, NOTICE_HOURS, REST_NIGHTS, ROOM_EXTRAS } from '@/lib/hosts/schema'
import { loadMessages } from '@/lib/i18n/load'
import type { Locale } from '@/lib/i18n/routing'
import { citySlugSchema, districtInCity, districtSlugSchema } from '@/lib/places/schema'
import { oneOf, optionalText } from '@/lib/text/schema'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { legal } from './parts'

// the lists are those of the form, where they are texts
function numberOf<const Values extends readonly string[]>(values: Values) {
  return z.literal(values.map(Number).filter(Number.isInteger), 'CHOICE_INVALID')
    .transform((number) => values.find((value) => Number(value) === number) as Values[number])
}

const what = z
  .strictObject({ kind: oneOf(HOME_KINDS), rooms: whole(1, 20), places: whole(1, 50), extras: someOf(ROOM_EXTRAS) })
  .refine(({ rooms, places }) => rooms * places <= MAX_ROOMS, { path: ['places'], message: 'PLACES_TOO_MANY' })

const where = z
  .strictObject({
    cityId: citySlugSchema, districtId: districtSlugSchema.nullable().default(null),
    address: optionalText(200), entrance: optionalText(300, { lines: true }),
  })
  .refine(({ cityId, districtId }) => districtId === null || districtInCity({ cityId, districtId }), {
    path: ['districtId'], message: 'DISTRICT_ELSEWHERE',
  })

const when = z
  .strictObject({
    ...askedNights,
    restNights: numberOf(REST_NIGHTS).default('0'),
    longestNights: numberOf(LONGEST_STAYS).nullable().default(null),
    noticeHours: numberOf(NOTICE_HOURS).default('0'),
  })
  .superRefine(refuseEmptyNights)

const house = z
  .strictObject({
    womenOnlyHousehold: flag, womenOnlyGuests: flag, childrenHere: flag, animalsHere: flag, smoking: flag,
    childrenWelcome: flag, animalsWelcome: flag, stepFree: flag, languages: someOf(LANGUAGES),
  })
  .refine(({ womenOnlyHousehold, womenOnlyGuests }) => womenOnlyHousehold || !womenOnlyGuests, {
    path: ['womenOnlyGuests'], message: 'WOMEN_NEEDS_HOUSEHOLD',
  })

const offerBody = z
  .strictObject({ what, where, when, house, legal, rules: said('RULES_NEEDED') })
  .refine(({ where: { cityId }, when: { until } }) => until <= addDays(todayIn(cityId), MAX_AHEAD_NIGHTS), {
    path: ['when', 'until'], message: 'DAY_TOO_FAR',
  })
type OfferBody = z.infer<typeof offerBody>

function offerOf({ what: rooms, where: place, when: { from, until, restNights, longestNights, noticeHours }, house: facts }: OfferBody, key: string): Offer {
  return {
    key, what: rooms, where: place, house: facts,
    when: {
      start: 'DATE', startDay: from, length: 'UNTIL', lastNight: addDays(until, -1),
      restNights, longest: longestNights ?? 'ANY', notice: noticeHours,
    },
  }
}

async function roomNames(rooms: OfferBody['what'], locale: Locale): Promise<string[]> {
  const listed = listRooms(rooms)
  const key = listed[0]?.sharedHall === true ? 'placeName' : 'roomName'
  const { host } = await loadMessages(locale)
  const word = createTranslator({ locale, messages: host as Record<string, string> })
  return listed.map((_room, index) => word(key, { n: index + 1 }))
}

export const offerHomeEndpoint = defineEndpoint({
  name: 'offerHome',
  summary: 'Offer one more home with its rooms and first nights. Nobody is placed there before a visit.',
  method: 'POST', path: '/host/homes', who: 'HOST', permission: 'home:offer', makes: true,
  body: offerBody,
  answer: z.object({ host: id, home: id }),
  refusals: ['NIGHTS_PAST', 'OFFER_CLOSED', 'TOO_MANY_HOMES'],
  run: async ({ actor, body, key, requestHash, locale }) => offerHome({
    actor, offer: offerOf(body, key), requestHash, locale, userName: actor.name, roomNames: await roomNames(body.what, locale),
  }),
})
