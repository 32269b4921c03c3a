import { beforeEach, expect, it, test, vi } from 'vitest'
import { reachSchema } from '@/lib/arrivals/schema'
import { offerDraftSchema, whereSchema, youSchema } from '@/lib/hosts/schema'
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

/** The biggest offer the questions let through: every field full of this sign. */
function fullOffer(signs: string) {
  const sign = { repeat: (times: number) => signs.repeat(Math.ceil(times / signs.length)).slice(0, times) }
  const where = whereSchema.parse({ city: 'almaty', address: sign.repeat(200), entrance: sign.repeat(300) })
  const { firstName } = youSchema.parse({ firstName: sign.repeat(40), mail: 'a@example.org' })
  return offerDraftSchema.parse({
    key: 'k'.repeat(64),
    what: { kind: 'ROOM_IN_HOME', rooms: 20, places: 50, extras: [] },
    where: { ...where, districtId: 'almaty-bostandyk' },
    when: { start: 'DATE', startDay: '2022-10-01', length: 'UNTIL', lastNight: '2022-12-01', restNights: '2', longest: '7', notice: '12' },
    house: {
      womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false,
      childrenWelcome: false, animalsWelcome: false, stepFree: false, languages: ['ru', 'kk', 'en', 'ky'],
    },
    you: { firstName, mail: `${'m'.repeat(63)}@${`${'d'.repeat(61)}.`.repeat(3)}org`, contactShown: false },
    codeId: '0183a000-0000-7000-8000-00000000000a',
  })
}

test.each([['Cyrillic letters', 'Ң'], ['Latin letters', 'a'], ['as many quotes as fit', '"яяяяяяяяя']])(
  'keeps an offer full of %s in its cookie', async (_name, sign) => {
    const offer = fullOffer(sign)
    await writeDraft('offer', offer)
    expect(await readDraft('offer', offerDraftSchema)).toEqual(offer)
  })

it('says at the field that signs of many bytes are too long, instead of failing at the cookie', () => {
  const issues = (answer: { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
    answer.error?.issues.map(({ path, message }) => `${String(path[0])} ${message}`)
  expect(issues(whereSchema.safeParse({ city: 'almaty', address: FAMILY.repeat(200), entrance: '' }))).toEqual(['address TEXT_TOO_LONG'])
  expect(issues(whereSchema.safeParse({ city: 'almaty', address: '', entrance: FAMILY.repeat(300) }))).toEqual(['entrance TEXT_TOO_LONG'])
  expect(issues(whereSchema.safeParse({ city: 'almaty', address: '"'.repeat(200), entrance: '' }))).toEqual(['address TEXT_TOO_LONG'])
  expect(issues(youSchema.safeParse({ firstName: FAMILY.repeat(40), mail: 'a@example.org' }))).toEqual(['firstName TEXT_TOO_LONG'])
  expect(issues(reachSchema.safeParse({ reach: 'NONE', nickname: FAMILY.repeat(40) }))).toEqual(['nickname TEXT_TOO_LONG'])
  expect(whereSchema.safeParse({ city: 'almaty', address: `Абая 10 ${FAMILY}`, entrance: '' }).success).toBe(true)
})
