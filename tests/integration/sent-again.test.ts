import { randomUUID } from 'node:crypto'
import { isValidElement, type ReactNode } from 'react'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { confirmOfferAction } from '@/app/[locale]/host/code/actions'
import { anotherHomeAction, publishAction, whereAction, youAction } from '@/app/[locale]/host/offer/actions'
import OfferCheckPage from '@/app/[locale]/host/offer/check/page'
import { keepReachAction, keepWhereAction, keepWhoAction, sendAction } from '@/app/[locale]/need/actions'
import { AlreadySent } from '@/app/[locale]/need/already-sent'
import NeedCheckPage from '@/app/[locale]/need/check/page'
import { cancelAction, eraseAction } from '@/app/[locale]/stay/actions'
import type { FormAction } from '@/lib/actions/state'
import { IDLE } from '@/lib/actions/state'
import { CheckForm } from '@/components/hosts/check-form'
import { readNeed } from '@/lib/arrivals/commands/draft'
import { currentUser } from '@/lib/auth/session'
import { offerDraftSchema } from '@/lib/hosts/schema'
import { readDraft, writeDraft } from '@/lib/privacy/draft'
import { unseal } from '@/lib/privacy/seal'
import { blindIndex, hashSecret, newFormKey, newToken } from '@/lib/privacy/secret'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const jar = vi.hoisted(() => new Map<string, string>())
const mailbox = vi.hoisted(() => ({ code: '' }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `10.3.0.${String(Math.floor(Math.random() * 256))}` })),
  cookies: () => Promise.resolve({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
    delete: ({ name }: { name: string }) => jar.delete(name),
  }),
}))
vi.mock('next/navigation', () => ({
  redirect: (path: string) => {
    throw Object.assign(new Error('leads'), { path })
  },
  unstable_rethrow: (error: unknown) => {
    if (error instanceof Error && 'path' in error) throw error
  },
}))
vi.mock('next-auth', () => ({
  getServerSession: async ({ adapter }: { adapter: { getSessionAndUser: (token: string) => Promise<{ user: { id: string } } | null> } }) =>
    adapter.getSessionAndUser(jar.get('qonaq-session') ?? ''),
}))
vi.mock('@/lib/notifications/commands', async (original) => ({
  ...(await original<object>()),
  sendSignInCode: ({ code }: { code: string }) => {
    mailbox.code = code
    return Promise.resolve({ ok: true, value: null })
  },
}))
vi.mock('next-intl/server', () => ({
  getLocale: () => Promise.resolve('en'),
  getTranslations: () => Promise.resolve(Object.assign((code: string) => code, { has: () => true })),
}))

let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase()
})
beforeEach(() => {
  jar.clear()
})

/** Presses a button: where it leads, or what it says. */
async function press(action: FormAction, fields: Record<string, string> = {}): Promise<string> {
  const form = new FormData()
  for (const [name, value] of Object.entries({ _key: randomUUID(), ...fields })) form.set(name, value)
  try {
    const state = await action(IDLE, form)
    return state.status === 'refused' ? state.message : state.status
  } catch (error) {
    return (error as { path?: string }).path ?? String(error)
  }
}

/** What a lost answer leaves: everything is written, and the browser is as it was before the press. */
async function pressAndLose(action: FormAction, fields: Record<string, string> = {}): Promise<void> {
  const before = new Map(jar)
  expect(await press(action, fields)).toMatch(/^\/en\//)
  jar.clear()
  for (const [name, value] of before) jar.set(name, value)
}

/** Part of a page as it was drawn, or `null`. */
function find<Props extends object>(node: ReactNode, type: (props: Props) => ReactNode): Props | null {
  if (Array.isArray(node)) return node.map((one: ReactNode) => find(one, type)).find((props) => props !== null) ?? null
  if (!isValidElement<{ children?: ReactNode }>(node)) return null
  return node.type === type ? (node.props as Props) : find(node.props.children, type)
}

describe('a request whose answer was lost', () => {
  const who = { adults: '1', children0: '0', children3: '0', children7: '0', children13: '0', laterPersons: '0', laterFrom: '', laterUntil: '' }
  const showsWay = async () => find(await NeedCheckPage(), AlreadySent) !== null

  async function filled(): Promise<string> {
    expect(await press(keepWhereAction, { city: 'almaty', otherCity: '', night: 'today', day: '', nights: '3', longer: '', source: 'WEB' }))
      .toBe('/en/need/who')
    expect(await press(keepWhoAction, who)).toBe('/en/need/reach')
    expect(await press(keepReachAction, { reach: 'NONE', mail: '', phone: '', nickname: 'Барс' })).toBe('/en/need/check')
    return (await readNeed())?.token ?? ''
  }

  async function filledAndLost(): Promise<string> {
    const token = await filled()
    await pressAndLose(sendAction)
    return token
  }

  const sentUnder = (token: string) => database.rows(
    'select adults + cardinality(children_ages) as persons, state from arrival where token_hash = $1', [hashSecret('stay', token)])
  const countArrivals = async () => (await database.row('select count(*)::int as n from arrival'))['n']

  it('is answered when it is sent once more', async () => {
    const token = await filledAndLost()
    expect(await press(sendAction)).toBe('/en/stay')
    expect(await sentUnder(token)).toEqual([{ persons: 1, state: 'OPEN' }])
    expect(await readNeed()).toBeNull()
  })

  it('does not pass for the request with one child more; that stays, and the way to the page is there', async () => {
    const token = await filledAndLost()
    await press(keepWhoAction, { ...who, children3: '1' })
    expect(await showsWay()).toBe(false)
    expect(await press(sendAction)).toBe('SENT_BEFORE')
    expect(await sentUnder(token)).toEqual([{ persons: 1, state: 'OPEN' }])
    expect((await readNeed())?.who?.childrenAges).toHaveLength(1)
    expect(await showsWay()).toBe(true)
  })

  it('makes room for the changed one when it is taken back, and for one only', async () => {
    const token = await filledAndLost()
    await press(keepWhoAction, { ...who, children3: '1' })
    await press(sendAction)
    expect(await press(cancelAction, { what: 'all' })).toBe('/en/stay')
    expect(await showsWay()).toBe(false)
    const before = Number(await countArrivals())
    expect(await Promise.all([press(sendAction), press(sendAction)])).toEqual(['/en/stay', '/en/stay'])
    expect(await countArrivals()).toBe(before + 1)
    expect(await sentUnder(token)).toEqual([{ persons: 1, state: 'WITHDRAWN' }])
  })

  it('leaves nothing in the browser once it is erased', async () => {
    await filledAndLost()
    await press(keepWhoAction, { ...who, children3: '1' })
    await press(sendAction)
    expect(await press(eraseAction)).toBe('/en/stay/gone')
    expect(jar.size).toBe(0)
  })

  it('does not take from the browser the new link somebody was given meanwhile', async () => {
    const token = await filledAndLost()
    const renewed = newToken()
    await database.rows('update arrival set token_hash = $2 where token_hash = $1', [hashSecret('stay', token), hashSecret('stay', renewed)])
    const cookies = new Map(jar)
    expect(await press(sendAction)).toBe('SENT_BEFORE')
    expect(jar).toEqual(cookies)
    expect(await sentUnder(renewed)).toHaveLength(1)
  })
})

describe('an offer whose answer was lost', () => {
  const newMail = () => `host-${newFormKey().toLowerCase()}@example.org`
  const cards = { legal: 'on', rules: 'on' }
  const place = { city: 'almaty', otherCity: '', district: '', entrance: '' }
  const keptDraft = () => readDraft('offer', offerDraftSchema)
  const userId = async () => (await currentUser())?.userId ?? null
  const asksAgain = async () => find(await OfferCheckPage(), CheckForm)?.another ?? null

  async function idOf(mail: string): Promise<string | null> {
    const [user] = await database.rows('select id from "user" where email_index = $1', [blindIndex('email', mail)])
    return user === undefined ? null : String(user['id'])
  }

  async function addressesOf(mail: string): Promise<string[]> {
    const rows = await database.rows(
      `select home.id, address_sealed as sealed from home join host on host.id = home.host_id where user_id = $1`, [await idOf(mail)])
    return rows.map(({ id, sealed }) => unseal(String(sealed), { field: 'home.address', rowId: String(id) })).sort()
  }

  async function fill(mail: string): Promise<void> {
    await writeDraft('offer', {
      key: newFormKey(),
      what: { kind: 'FLAT', rooms: 1, places: 2, extras: [] },
      where: { cityId: 'almaty', districtId: null, address: 'Old 1', entrance: null },
      when: { start: 'TODAY', startDay: null, length: 'WEEK', lastNight: null, restNights: '0', longest: 'ANY', notice: '0' },
      house: {
        womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false,
        childrenWelcome: true, animalsWelcome: true, stepFree: false, languages: ['ru'],
      },
      you: { firstName: 'Dana', mail, contactShown: false },
    })
  }

  async function fillAndLose(mail: string): Promise<void> {
    await fill(mail)
    expect(await press(publishAction, cards)).toBe('/en/host/code')
    await pressAndLose(confirmOfferAction, { code: mailbox.code })
  }

  const correct = async () => {
    expect(await press(whereAction, { ...place, address: 'New 2' })).toBe('/en/host/offer/check')
  }

  async function sendWithCode(): Promise<string> {
    expect(await press(publishAction, cards)).toBe('/en/host/code')
    return press(confirmOfferAction, { code: mailbox.code })
  }

  it('is answered when it is sent once more', async () => {
    const mail = newMail()
    await fillAndLose(mail)
    expect(await sendWithCode()).toBe('/en/host')
    expect([await addressesOf(mail), await userId(), await keptDraft()]).toEqual([['Old 1'], await idOf(mail), null])
  })

  it('does not pass for the corrected one: that is kept, no second home is made, and the host gets in to correct', async () => {
    const mail = newMail()
    await fillAndLose(mail)
    await correct()
    expect(await asksAgain()).toBeNull()
    expect(await sendWithCode()).toBe('/en/host/offer/check')
    expect([await addressesOf(mail), await userId()]).toEqual([['Old 1'], await idOf(mail)])
    expect((await keptDraft())?.where?.address).toBe('New 2')
    expect(await asksAgain()).toBe(anotherHomeAction)
    // the form of another tab, now with a session
    expect(await press(publishAction, cards)).toBe('/en/host/offer/check')
    expect(await addressesOf(mail)).toEqual(['Old 1'])
  })

  it('is another home once the host says so', async () => {
    const mail = newMail()
    await fillAndLose(mail)
    await correct()
    await sendWithCode()
    expect(await press(anotherHomeAction)).toBe('/en/host/offer/check')
    const draft = await keptDraft()
    expect(await press(anotherHomeAction)).toBe('/en/host/offer/check')
    expect(await keptDraft()).toEqual(draft)
    expect(await asksAgain()).toBeNull()
    expect(await press(publishAction, cards)).toBe('/en/host')
    expect(await addressesOf(mail)).toEqual(['New 2', 'Old 1'])
  })

  it('signs nobody in as the one who offered it, who proves another mail', async () => {
    const [mail, other] = [newMail(), newMail()]
    await fillAndLose(mail)
    expect(await press(youAction, { firstName: 'Dana', mail: other })).toBe('/en/host/offer/check')
    expect(await sendWithCode()).toBe('/en/host/offer/check')
    expect([await userId(), await idOf(other)]).toEqual([null, null])
    expect(await addressesOf(mail)).toEqual(['Old 1'])
  })

  it('tells a host who is signed in the same', async () => {
    const mail = newMail()
    await fill(mail)
    await sendWithCode()
    await fill(mail)
    await pressAndLose(publishAction, cards)
    await correct()
    expect(await press(publishAction, cards)).toBe('/en/host/offer/check')
    expect(await addressesOf(mail)).toEqual(['Old 1', 'Old 1'])
    expect(await asksAgain()).toBe(anotherHomeAction)
    expect(await press(whereAction, { ...place, address: 'Old 1' })).toBe('/en/host/offer/check')
    expect(await press(publishAction, cards)).toBe('/en/host')
    expect(await addressesOf(mail)).toEqual(['Old 1', 'Old 1'])
  })
})
