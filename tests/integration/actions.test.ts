import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { whenAction } from '@/app/[locale]/host/offer/actions'
import { defineAction } from '@/lib/actions/define-action'
import { IDLE } from '@/lib/actions/state'
import { ticketFor } from '@/lib/privacy/secret'
import { accept, refuse } from '@/lib/result'
import { wholeNumber } from '@/lib/text/schema'
import { hearTime } from '@/lib/time/clock'

const caller = vi.hoisted(() => ({ address: '' }))
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ 'sec-fetch-site': 'same-origin', 'x-forwarded-for': caller.address })),
  cookies: () => Promise.resolve({ get: () => undefined, set: () => undefined }),
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
  getTranslations: () => Promise.resolve(Object.assign(
    (code: string, { min, max }: Record<string, number> = {}) => (min === undefined ? code : `${code} ${min}–${max}`), { has: () => true })),
}))

beforeEach(() => {
  caller.address = `10.1.${String(Math.floor(Math.random() * 256))}.${String(Math.floor(Math.random() * 256))}`
})

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries({ _key: randomUUID(), ...fields })) form.set(name, value)
  return form
}

const open = defineAction({
  name: 'test.open', permission: 'arrival:request', speaker: 'ANYBODY', limit: 'guess', input: z.strictObject({ secret: z.string() }),
  run: ({ input }) => Promise.resolve(input.secret === 'right' ? accept(null) : refuse('LINK_UNKNOWN')),
})
const answer = defineAction({
  name: 'test.answer', permission: 'placement:answer-as-host', speaker: 'TICKET', limit: 'guess', input: z.strictObject({}),
  run: () => Promise.resolve(refuse('NOT_OPEN')),
})

async function sayOf(action: typeof open, fields: Record<string, string>): Promise<string> {
  try {
    const state = await action(IDLE, formOf(fields))
    return state.status === 'refused' ? state.message : state.status
  } catch (error) {
    return (error as { path?: string }).path ?? 'thrown'
  }
}

it('lets any number of people of one network in who have the right secret', async () => {
  for (let person = 0; person < 60; person += 1) expect(await sayOf(open, { secret: 'right' })).toBe('done')
  for (let person = 0; person < 30; person += 1) {
    expect(await sayOf(answer, { _ticket: ticketFor(randomUUID(), 'HOST') })).toBe('NOT_OPEN')
  }
})

it('stops a network after twenty wrong ones, the right one included', async () => {
  for (let tries = 0; tries < 20; tries += 1) expect(await sayOf(open, { secret: 'wrong' })).toBe('LINK_UNKNOWN')
  expect(await sayOf(open, { secret: 'right' })).toBe('RATE_LIMITED')
  caller.address = '10.2.0.1'
  expect(await sayOf(open, { secret: 'right' })).toBe('done')
})

it('counts a ticket that was not made by us', async () => {
  for (let tries = 0; tries < 20; tries += 1) expect(await sayOf(answer, { _ticket: 'x'.repeat(44) })).toBe('/en/sign-in')
  expect(await sayOf(answer, { _ticket: 'x'.repeat(44) })).toBe('RATE_LIMITED')
})

it('keeps what was typed when the database is too busy, and says so', async () => {
  const busy = defineAction({
    name: 'test.busy', permission: 'arrival:request', speaker: 'ANYBODY', input: z.strictObject({ note: z.string() }),
    run: () => Promise.reject(Object.assign(new Error('lock'), { code: '55P03' })),
  })
  expect(await busy(IDLE, formOf({ note: 'typed' }))).toEqual({ status: 'refused', message: 'UNAVAILABLE', fields: {}, values: { note: 'typed' } })
})

it('ends a second press where the first one ended, also when nobody is left to press', async () => {
  const done = new Set<string>()
  const erase = defineAction({
    name: 'test.erase', permission: 'arrival:manage-own', speaker: 'GUEST', input: z.strictObject({}),
    run: () => Promise.resolve(accept(null)), doneBefore: (key) => Promise.resolve(done.has(key) ? { value: null } : null), leadsTo: () => '/stay/gone',
  })
  const key = randomUUID()
  expect(await sayOf(erase, { _key: key })).toBe('/en/stay')
  done.add(key)
  expect(await sayOf(erase, { _key: key })).toBe('/en/stay/gone')
})

const morning = defineAction({
  name: 'test.morning', permission: 'arrival:request', speaker: 'ANYBODY', input: z.strictObject({ until: z.string(), nights: wholeNumber(1, 90) }),
  run: ({ input }) => Promise.resolve(refuse(input.until === 'far' ? 'NIGHTS_TOO_MANY' : 'NOT_OPEN')),
  fieldOf: () => ({ NIGHTS_TOO_MANY: 'until' }),
})

it('says at the field what the command found wrong with it, and on top what is wrong with the whole', async () => {
  const values = { until: 'far', nights: '3' }
  expect(await morning(IDLE, formOf(values))).toEqual(
    { status: 'refused', message: 'CHECK_FIELDS', fields: { until: 'NIGHTS_TOO_MANY' }, values })
  expect(await morning(IDLE, formOf({ ...values, until: 'near' }))).toMatchObject({ message: 'NOT_OPEN', fields: {} })
})

it.each(['atlantis', '', 'constructor', '__proto__'])('points at a town that is none, %j, whatever else depends on it', async (city) => {
  const values = { city, start: 'TODAY', startDay: '', length: 'WEEK', lastNight: '', restNights: '0', longest: 'ANY', notice: '0' }
  expect(await whenAction(IDLE, formOf(values))).toEqual({ status: 'refused', message: 'CHECK_FIELDS', fields: { city: 'CITY_UNKNOWN' }, values })
})

it.each([
  ['2026-11-22T18:59:00Z', 'almaty', 'taken'], ['2026-11-22T18:59:00Z', 'bishkek', 'DAY_PAST'],
  ['2026-11-22T19:00:00Z', 'almaty', 'DAY_PAST'], ['2026-11-22T17:59:00Z', 'bishkek', 'taken'],
])('at %s takes 22 November as a first night in %s: %s', async (moment, city, expected) => {
  hearTime(new Date(moment))
  try {
    const when = { city, start: 'DATE', startDay: '2026-11-22', length: 'WEEK', lastNight: '', restNights: '0', longest: 'ANY', notice: '0' }
    const state = await whenAction(IDLE, formOf(when)).catch((led: unknown) => led as { path: string })
    expect('path' in state ? 'taken' : state).toEqual(expected === 'taken' ? 'taken' : expect.objectContaining({ fields: { startDay: expected } }))
  } finally {
    hearTime(new Date())
  }
})

it('names the limits of a number', async () => {
  expect(await morning(IDLE, formOf({ until: 'far', nights: '91' }))).toMatchObject({ fields: { nights: 'NUMBER_INVALID 1–90' } })
})

it.each([undefined, null, 'text', 7, {}, [], new URLSearchParams('secret=right')])('takes %j in a form\'s place for an empty form', async (sent) => {
  expect(await open(IDLE, sent as FormData)).toMatchObject({ status: 'refused', message: 'CHECK_FIELDS', values: {} })
})
