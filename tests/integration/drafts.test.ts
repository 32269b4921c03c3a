import { beforeEach, expect, it, test, vi } from 'vitest'
import { keepPart, keepWhere, readNeed } from '@/lib/arrivals/commands/draft'
import { CIRCUMSTANCES, LANGUAGES as GUEST_LANGUAGES, reachSchema } from '@/lib/arrivals/schema'
import { LANGUAGES, offerDraftSchema, ROOM_EXTRAS, whereSchema, youSchema } from '@/lib/hosts/schema'
import { readDraft, writeDraft } from '@/lib/privacy/draft'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
    delete: ({ name }: { name: string }) => jar.delete(name),
  }),
}))
beforeEach(() => {
  jar.clear()
})

const FAMILY = '👨‍👩‍👧‍👦'

/** As much of a sign as a field takes. */
function most(sign: string, max: number, takes: (text: string) => boolean): string {
  const times = Array.from({ length: max }, (_, index) => max - index).find((count) => takes(sign.repeat(count)))
  return sign.repeat(times ?? 0)
}

/** The biggest offer the questions let through: every field full of this sign. */
function fullOffer(sign: string) {
  const place = { city: 'almaty', address: '', entrance: '' }
  const address = most(sign, 200, (text) => whereSchema.safeParse({ ...place, address: text }).success)
  const entrance = most(sign, 300, (text) => whereSchema.safeParse({ ...place, entrance: text }).success)
  const mail = 'a@example.org'
  const firstName = most(sign, 40, (text) => youSchema.safeParse({ firstName: text, mail }).success)
  expect([address, entrance, firstName]).not.toContain('')
  return offerDraftSchema.parse({
    key: 'k'.repeat(64),
    what: { kind: 'ROOM_IN_HOME', rooms: 20, places: 50, extras: [...ROOM_EXTRAS] },
    where: { ...whereSchema.parse({ ...place, address, entrance }), districtId: 'almaty-bostandyk' },
    when: { start: 'DATE', startDay: '2022-10-01', length: 'UNTIL', lastNight: '2022-12-01', restNights: '2', longest: '90', notice: '12' },
    house: {
      womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false,
      childrenWelcome: false, animalsWelcome: false, stepFree: false, languages: [...LANGUAGES],
    },
    you: { firstName, mail: `${'m'.repeat(63)}@${`${'d'.repeat(61)}.`.repeat(3)}org`, contactShown: false },
    codeId: '0183a000-0000-7000-8000-00000000000a',
    offered: true,
  })
}

test.each(['Ң', 'a', '😀', '❤️', FAMILY, '漢', '«"»', '"'])('keeps an offer that is full of %s in its cookie', async (sign) => {
  const offer = fullOffer(sign)
  await writeDraft('offer', offer)
  expect(await readDraft('offer', offerDraftSchema)).toEqual(offer)
})

test.each(['Ң', '"', FAMILY])('keeps a request that is full of %s in its cookie', async (sign) => {
  const { nickname } = reachSchema.parse({ reach: 'NONE', nickname: sign.repeat(40) })
  const growth = { persons: 20, from: '2027-01-01', keepUntil: '2027-02-01' }
  const who = { adults: 1, childrenAges: Array.from({ length: 49 }, () => 15), circumstances: [...CIRCUMSTANCES], languages: [...GUEST_LANGUAGES], growth }
  await keepWhere({ where: { cityId: 'almaty', firstNight: '2027-10-01', nights: 90 }, source: 'POSTER' })
  await keepPart({ who })
  await keepPart({ reach: { kind: 'MAIL', contact: 'm'.repeat(254), nickname } })
  expect((await readNeed())?.reach?.nickname).toBe(nickname)
})

it('says at the field that signs of many bytes are too long, instead of failing at the cookie', () => {
  const issues = (answer: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
    answer.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`)
  expect(issues(whereSchema.safeParse({ city: 'almaty', address: FAMILY.repeat(200), entrance: '' }))).toEqual(['address TEXT_TOO_LONG'])
  expect(issues(whereSchema.safeParse({ city: 'almaty', address: '', entrance: FAMILY.repeat(300) }))).toEqual(['entrance TEXT_TOO_LONG'])
  expect(issues(whereSchema.safeParse({ city: 'almaty', address: '"'.repeat(200), entrance: '' }))).toEqual(['address TEXT_TOO_LONG'])
  expect(issues(youSchema.safeParse({ firstName: FAMILY.repeat(40), mail: 'a@example.org' }))).toEqual(['firstName TEXT_TOO_LONG'])
  expect(whereSchema.safeParse({ city: 'almaty', address: `Абая 10 ${FAMILY}`, entrance: '' }).success).toBe(true)
})
