import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { spendSignInCode } from '@/lib/auth/commands'
import { isServed } from '@/lib/auth/queries'
import { unseal } from '@/lib/privacy/seal'
import { blindIndex, hashSecret } from '@/lib/privacy/secret'
import { runStaff } from '../../scripts/staff-request'
import { smallWorld } from '../setup/small-world'
import { scratchDatabase, testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

const newMail = () => `dana-${world.newKey()}@example.org`
const argsFor = (mail: string, over: Record<string, string> = {}) =>
  Object.entries({ mail, name: 'Дана', role: 'COORDINATOR', cities: 'almaty,astana', ...over }).flatMap(([name, value]) => [`--${name}`, value])
const rowOf = (mail: string) => database.row('select * from "user" where email_index = $1', [blindIndex('email', mail)])
const rowsOf = (mail: string) => database.rows('select 1 from "user" where email_index = $1', [blindIndex('email', mail)])

async function signIn(mail: string) {
  const codeId = randomUUID()
  await database.rows(
    `insert into sign_in_code (id, email_index, code_hash, expires_at) values ($1, $2, $3, now() + interval '10 minutes')`,
    [codeId, blindIndex('email', mail), hashSecret('sign-in', `${codeId}:123456`)])
  return spendSignInCode({ codeId, mail, code: '123456', key: world.newKey() })
}

describe('npm run staff', () => {
  it('makes somebody who signs in by a mailed code, sealed and in the trail', async () => {
    const mail = newMail()
    expect(await runStaff(argsFor(mail.toUpperCase()))).toBe(`Дана is COORDINATOR for almaty, astana; a code mailed to ${mail} lets them in at /sign-in.`)
    const row = await rowOf(mail)
    expect(row).toMatchObject({ role: 'COORDINATOR', name: 'Дана', city_ids: ['almaty', 'astana'], disabled_at: null })
    expect(unseal(String(row['email_sealed']), { field: 'user.email', rowId: String(row['id']) })).toBe(mail)
    expect(await signIn(mail)).toEqual({ ok: true, value: { person: { userId: row['id'], staff: true } } })
    expect(await database.rows(`select subject from audit_event where action = 'staff.changed' and subject ->> 'user' = $1`, [row['id']]))
      .toEqual([{ subject: { user: row['id'], role: 'COORDINATOR' } }])
  })

  it('changes them with the same command, and needs no towns for an admin', async () => {
    const mail = newMail()
    await runStaff(argsFor(mail))
    const { id } = await rowOf(mail)
    expect(await runStaff(argsFor(mail, { role: 'lead', cities: 'oral' }))).toContain('is now LEAD for oral')
    expect(await rowOf(mail)).toMatchObject({ id, role: 'LEAD', city_ids: ['oral'] })
    expect(await runStaff(['--mail', mail, '--name', 'Дана', '--role', 'ADMIN'])).toContain('ADMIN for every town')
  })

  it('makes a host a coordinator who goes on hosting, also when that ends', async () => {
    const mail = newMail()
    const { userId } = await world.home({ sleeps: [1] })
    await database.rows('update "user" set email_index = $2 where id = $1', [userId, blindIndex('email', mail)])
    await runStaff(argsFor(mail))
    expect(await rowOf(mail)).toMatchObject({ id: userId, role: 'COORDINATOR' })
    await runStaff(['--mail', mail, '--end'])
    expect(await rowOf(mail)).toMatchObject({ role: 'HOST', disabled_at: null, city_ids: [] })
  })

  it('ends it at once: sessions are gone and no code lets them in', async () => {
    const mail = newMail()
    await runStaff(argsFor(mail))
    const { id } = await rowOf(mail)
    await database.rows(`insert into session (user_id, token_hash, expires_at) values ($1, $2, now() + interval '1 hour')`, [id, world.newKey()])
    expect(await runStaff(['--mail', mail, '--end'])).toBe(`${mail} is no longer in the team; their sessions are ended.`)
    expect(await database.rows('select 1 from session where user_id = $1', [id])).toEqual([])
    expect(await signIn(mail)).toEqual({ ok: false, reason: 'CODE_WRONG' })
    expect(await database.rows(`select 1 from audit_event where action = 'staff.ended' and subject ->> 'user' = $1`, [id])).toHaveLength(1)
    await runStaff(argsFor(mail))
    expect(await signIn(mail)).toMatchObject({ ok: true })
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['a mail that is none', { mail: 'dana' }, /^--mail is "dana"/],
    ['a role that is none', { role: 'HOST' }, /^--role is "HOST": give COORDINATOR, LEAD, ADMIN\.$/],
    ['no name', { name: '  ' }, /^--name is missing/],
    ['a name nobody reads', { name: 'я'.repeat(61) }, /^--name is missing or too long/],
    ['no towns', { cities: ' , ' }, /^--cities is missing/],
    ['a town that is none', { cities: 'almaty,atlantis' }, /^There is no town "atlantis"/],
    ['a word it does not know', { password: 'x' }, /^Unknown option '--password'/],
  ])('refuses %s in one sentence and writes nothing', async (_what, over, sentence) => {
    const mail = newMail()
    const failed: unknown = await runStaff(argsFor(mail, over)).catch((error: unknown) => error)
    expect((failed as Error).name).toBe('Refused')
    expect((failed as Error).message).toMatch(sentence)
    expect((failed as Error).message).not.toContain('\n')
    expect(await rowsOf(mail)).toEqual([])
  })

  it('does not end somebody who is not in the team', async () => {
    const mail = newMail()
    await expect(runStaff(['--mail', mail, '--end'])).rejects.toThrow(`Nobody in the team has the address ${mail}.`)
  })
})

describe('the command itself', () => {
  function run(connectionString: string, args: string[]): Promise<{ code: number; said: string }> {
    const env = { ...process.env, DATABASE_URL: connectionString, QONAQ_DEMO: '0' }
    return new Promise((done) => {
      const child = execFile(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'scripts/staff.ts', ...args], { env, timeout: 50_000 },
        (_error, said, complained) => { done({ code: child.exitCode ?? -1, said: (said + complained).trim() }) })
    })
  }

  it('writes into the server it is pointed at, and says what is wrong in one sentence', async () => {
    const mail = newMail()
    expect(await run(database.connectionString, argsFor(mail))).toEqual({ code: 0, said: expect.stringMatching(/^Дана is COORDINATOR for almaty, astana;/) as string })
    expect(await rowsOf(mail)).toHaveLength(1)
    expect(await run(database.connectionString, ['--mail', 'dana'])).toEqual({ code: 1, said: expect.stringMatching(/^--mail is "dana": .*\.$/) as string })
    const empty = await scratchDatabase('nothing')
    expect(await run(empty.connectionString, argsFor(mail))).toEqual({ code: 1, said: 'The tables are not in this database yet: start the product once.' })
    expect(await run('', argsFor(mail))).toEqual({ code: 1, said: expect.stringMatching(/^The team is kept on a server of your own: set DATABASE_URL/) as string })
  }, 120_000)
})

describe('a town', () => {
  it('is served by its volunteers; an admin who only looks on is none', async () => {
    const mail = newMail()
    await runStaff(argsFor(mail, { role: 'ADMIN', cities: 'talgar' }))
    expect(await isServed('talgar')).toBe(false)
    await runStaff(argsFor(mail, { cities: 'talgar' }))
    expect(await isServed('talgar')).toBe(true)
    await runStaff(['--mail', mail, '--end'])
    expect(await isServed('talgar')).toBe(false)
  })
})
