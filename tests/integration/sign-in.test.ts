import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { requestSignInCode, spendSignInCode } from '@/lib/auth/commands'
import { isGuardedCode } from '@/lib/auth/queries'
import { codeText } from '@/lib/auth/schema'
import { db } from '@/lib/db/client'
import { pruneJob } from '@/lib/jobs/prune'
import type { SignInMail } from '@/lib/notifications/commands'
import { accept, refuse } from '@/lib/result'
import { blindIndex } from '@/lib/privacy/secret'
import { testDatabase } from '../setup/test-database'

const post = vi.hoisted(() => ({ sent: [] as SignInMail[], works: true }))
vi.mock('@/lib/notifications/commands', () => ({
  sendSignInCode: (mail: SignInMail) => {
    if (!post.works) return Promise.resolve(refuse('NOT_SENT'))
    post.sent.push(mail)
    return Promise.resolve(accept(null))
  },
}))

const database = await testDatabase()
let mail = ''
beforeEach(() => {
  mail = `${randomUUID()}@example.org`
  post.sent = []
  post.works = true
})
afterAll(() => db.$disconnect())

async function ask(): Promise<string> {
  const asked = await requestSignInCode({ mail, locale: 'en' })
  if (!asked.ok) throw new Error(asked.reason)
  return asked.value.codeId
}
const lastCode = () => codeText.parse(post.sent.at(-1)?.code)
const enter = (codeId: string, code: string, key: string = randomUUID()) => spendSignInCode({ codeId, mail, code, key })

/** Wrong tries of an address so many days ago. */
async function guessed({ tries, daysAgo }: { tries: number; daysAgo: number }): Promise<void> {
  await database.rows(`insert into sign_in_code (email_index, code_hash, expires_at, created_at, attempts)
    select $1, repeat('x', 43), moment, moment, 5 from generate_series(1, $2), (select now() - make_interval(days => $3) as moment) at`,
  [blindIndex('email', mail), tries / 5, daysAgo])
}

describe('a code for an address somebody asks for too often', () => {
  it('still comes, and opens for the owner', async () => {
    for (let asked = 0; asked < 10; asked += 1) expect(await isGuardedCode(await ask())).toBe(false)
    expect(post.sent).toHaveLength(10)
    const [stranger, owner] = [await ask(), await ask()]
    expect(await isGuardedCode(owner)).toBe(true)
    // one mail serves both: the mailbox is not flooded, and the owner has the code
    expect(post.sent).toHaveLength(11)
    expect(lastCode()).toMatch(/^[2-9A-HJKMNP-TV-Z]{10}$/)
    for (let tries = 0; tries < 5; tries += 1) expect(await enter(stranger, 'AAAAAAAAAA')).toEqual({ ok: false, reason: 'CODE_WRONG' })
    expect(await enter(stranger, lastCode())).toEqual({ ok: false, reason: 'CODE_SPENT' })
    expect(await enter(owner, lastCode())).toEqual({ ok: true, value: { person: null } })
  })

  it('is mailed again when two minutes are over, or when the mail did not leave', async () => {
    await guessed({ tries: 20, daysAgo: 3 })
    post.works = false
    expect(await requestSignInCode({ mail, locale: 'en' })).toEqual({ ok: false, reason: 'NOT_SENT' })
    post.works = true
    await ask()
    expect(post.sent).toHaveLength(1)
    await ask()
    expect(post.sent).toHaveLength(1)
    await database.rows(`update sign_in_code set created_at = created_at - interval '3 minutes' where email_index = $1`, [blindIndex('email', mail)])
    await ask()
    expect(post.sent).toHaveLength(2)
  })
})

describe('a long code when its ten minutes change', () => {
  /** Sets a question back by so many spans of ten minutes; it lives for five minutes more. */
  const askedSpansAgo = (codeId: string, spans: number) => database.rows(`
    update sign_in_code set code_hash = repeat('x', 43), expires_at = now() + interval '5 minutes',
      created_at = to_timestamp(floor(extract(epoch from now()) / 600) * 600 - 600 * ($2::int - 1) - 1) where id = $1`, [codeId, spans])

  it('is the newest one in the mailbox for who asked just before, whoever caused it', async () => {
    await guessed({ tries: 20, daysAgo: 3 })
    const owner = await ask()
    await askedSpansAgo(owner, 1)
    const stranger = await ask()
    expect(post.sent).toHaveLength(2)
    expect(await enter(owner, lastCode())).toEqual({ ok: true, value: { person: null } })
    expect(await enter(stranger, lastCode())).toEqual({ ok: true, value: { person: null } })
  })

  it('opens no older question, and none that six digits were mailed for', async () => {
    const short = await ask()
    await guessed({ tries: 20, daysAgo: 3 })
    const old = await ask()
    await askedSpansAgo(old, 2)
    await askedSpansAgo(short, 1)
    await ask()
    expect(await enter(old, lastCode())).toEqual({ ok: false, reason: 'CODE_WRONG' })
    expect(await enter(short, lastCode())).toEqual({ ok: false, reason: 'CODE_SPENT' })
  })
})

describe('a code for an address somebody guesses at', () => {
  it('is six digits for nineteen wrong tries in thirty days, and long from the twentieth on', async () => {
    await guessed({ tries: 15, daysAgo: 29 })
    const short = await ask()
    expect(await isGuardedCode(short)).toBe(false)
    for (let tries = 0; tries < 4; tries += 1) await enter(short, '-wrong')
    expect(await isGuardedCode(await ask())).toBe(false)
    await enter(short, '-wrong')
    expect(await isGuardedCode(await ask())).toBe(true)
  })

  it('takes no more guesses of the short ones that are still alive', async () => {
    const alive = await ask()
    const short = lastCode()
    await guessed({ tries: 20, daysAgo: 0 })
    expect(await enter(alive, short)).toEqual({ ok: false, reason: 'CODE_SPENT' })
    const long = await ask()
    expect(await enter(long, lastCode())).toMatchObject({ ok: true })
  })

  it('forgets after thirty days, and not before the night has passed over it', async () => {
    await guessed({ tries: 20, daysAgo: 31 })
    expect(await isGuardedCode(await ask())).toBe(false)
    await guessed({ tries: 20, daysAgo: 29 })
    await pruneJob()
    expect(await isGuardedCode(await ask())).toBe(true)
  })

  it('counts parallel guesses one after the other', async () => {
    const codes = await Promise.all(Array.from({ length: 6 }, ask))
    const answers = await Promise.all(codes.flatMap((codeId) => Array.from({ length: 5 }, () => enter(codeId, 'wrong!'))))
    const refused = answers.map((answer) => (answer.ok ? 'in' : answer.reason))
    expect(refused.filter((reason) => reason === 'CODE_WRONG')).toHaveLength(20)
    expect(refused.filter((reason) => reason === 'CODE_SPENT')).toHaveLength(10)
  })
})

it('a form pressed twice signs in twice, another form does not', async () => {
  const [codeId, key] = [await ask(), randomUUID()]
  const code = lastCode()
  const pressed = await Promise.all([enter(codeId, code, key), enter(codeId, code, key)])
  expect(pressed).toEqual([{ ok: true, value: { person: null } }, { ok: true, value: { person: null } }])
  expect(await enter(codeId, code)).toEqual({ ok: false, reason: 'CODE_SPENT' })
  expect(await enter(codeId, '000000', key)).toEqual({ ok: false, reason: 'CODE_SPENT' })
  await database.rows(`update sign_in_code set used_at = used_at - interval '2 minutes' where id = $1`, [codeId])
  expect(await enter(codeId, code, key)).toEqual({ ok: false, reason: 'CODE_SPENT' })
})

it.each([['123 456', '123456'], ['abcde-fghjk', 'ABCDEFGHJK'], [' 23456 789AB ', '23456789AB']])('reads %j', (typed, code) => {
  expect(codeText.parse(typed)).toBe(code)
})

it.each(['12345', '1234567', 'ABCDEFGHJ', 'ABCDEFGHI0', 'АБВГДЕЖЗИЙ'])('refuses %j', (typed) => {
  expect(codeText.safeParse(typed).success).toBe(false)
})
