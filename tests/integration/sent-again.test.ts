import { randomUUID } from 'node:crypto'
import { isValidElement, type ReactNode } from 'react'
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepReachAction, keepWhereAction, keepWhoAction, sendAction } from '@/app/[locale]/need/actions'
import { AlreadySent } from '@/app/[locale]/need/already-sent'
import NeedCheckPage from '@/app/[locale]/need/check/page'
import { cancelAction, eraseAction } from '@/app/[locale]/stay/actions'
import type { FormAction } from '@/lib/actions/state'
import { IDLE } from '@/lib/actions/state'
import { readNeed } from '@/lib/arrivals/commands/draft'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const jar = vi.hoisted(() => new Map<string, string>())
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
vi.mock('next-auth', () => ({ getServerSession: () => Promise.resolve(null) }))
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

function holds(node: ReactNode, type: unknown): boolean {
  if (Array.isArray(node)) return node.some((one: ReactNode) => holds(one, type))
  if (!isValidElement<{ children?: ReactNode }>(node)) return false
  return node.type === type || holds(node.props.children, type)
}

describe('a request whose answer was lost', () => {
  const who = { adults: '1', children0: '0', children3: '0', children7: '0', children13: '0', laterPersons: '0', laterFrom: '', laterUntil: '' }
  const showsWay = async () => holds(await NeedCheckPage(), AlreadySent)

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
