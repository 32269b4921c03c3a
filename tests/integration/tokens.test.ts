import { beforeAll, describe, expect, it } from 'vitest'
import { readBearer } from '@/lib/auth/bearer'
import { blindIndex, hashSecret } from '@/lib/privacy/secret'
import { runToken } from '../../scripts/token-request'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

/** Somebody with a mail address; staff in Almaty, or a host. */
async function person(role: 'HOST' | 'COORDINATOR' | 'LEAD') {
  const mail = `dana-${world.newKey()}@example.org`
  const userId = role === 'HOST' ? (await world.home({ sleeps: [1] })).userId : await world.person(role, 'Dana')
  await database.rows('update "user" set email_index = $2 where id = $1', [userId, blindIndex('email', mail)])
  return { userId, mail }
}

const argsFor = (mail: string, over: Record<string, string> = {}) =>
  Object.entries({ mail, name: 'Import', role: 'COORDINATOR', cities: 'almaty', ...over }).flatMap(([name, value]) => [`--${name}`, value])

async function made(mail: string, over: Record<string, string> = {}): Promise<{ token: string; id: string }> {
  const said = await runToken(argsFor(mail, over))
  const [, token = '', id = ''] = /^(qonaq_[0-9A-Z]{26})\n.* id is ([0-9a-f-]{36});/.exec(said) ?? []
  return { token, id }
}

const actorOf = async (token: string) => (await readBearer(`Bearer ${token}`))?.actor ?? null

describe('npm run token', () => {
  it('prints a token once that opens for its user, and keeps a keyed hash of it', async () => {
    const { mail, userId } = await person('COORDINATOR')
    const { token, id } = await made(mail)
    expect(token).toMatch(/^qonaq_[0-9A-HJKMNP-TV-Z]{26}$/)
    expect(await actorOf(token)).toEqual({ kind: 'USER', userId, name: 'Dana', role: 'COORDINATOR', cityIds: ['almaty'], hostId: null, byTeamToken: true })
    const row = await database.row('select * from api_token where id = $1', [id])
    expect(row).toMatchObject({ token_hash: hashSecret('token', token), name: 'Import', revoked_at: null })
    expect(JSON.stringify(row)).not.toContain(token.slice(6))
    expect(await database.rows(`select actor, subject from audit_event where action = 'token.made' and subject ->> 'token' = $1`, [id]))
      .toEqual([{ actor: 'system', subject: { token: id, user: userId, role: 'COORDINATOR' } }])
  })

  it('notes the day of the last use, and lists tokens without what opens', async () => {
    const { mail } = await person('LEAD')
    const { token, id } = await made(mail, { name: 'Board of the station' })
    expect(await runToken(['--list'])).toMatch(new RegExp(`${id}  COORDINATOR almaty  Dana: Board of the station  until [0-9-]{10}, never used`))
    await actorOf(token)
    const list = await runToken(['--list'])
    expect(list).toMatch(new RegExp(`${id} .*last used ${await today()}`))
    expect(list).not.toContain('qonaq_')
  })

  const today = async () => String((await database.row('select current_date::text as day'))['day'])

  it('ends a token at once, twice with the same words, once in the trail', async () => {
    const { token, id } = await made((await person('COORDINATOR')).mail)
    for (let time = 0; time < 2; time += 1) expect(await runToken(['--revoke', id])).toBe(`The token ${id} opens nothing any more.`)
    expect(await actorOf(token)).toBeNull()
    expect(await runToken(['--list'])).toMatch(new RegExp(`${id} .*  revoked`))
    expect(await database.rows(`select 1 from audit_event where action = 'token.revoked' and subject ->> 'token' = $1`, [id])).toHaveLength(1)
  })

  it.each([
    ['an address of nobody', () => argsFor('nobody@example.org'), 'nobody who can sign in'],
    ['a role above the user’s', async () => argsFor((await person('COORDINATOR')).mail, { role: 'LEAD' }), 'no more than its user'],
    ['a town that is not theirs', async () => argsFor((await person('COORDINATOR')).mail, { cities: 'almaty,astana' }), 'no more than its user'],
    ['a staff role for a host', async () => argsFor((await person('HOST')).mail), 'no more than its user'],
    ['a host’s token for somebody who hosts nobody', async () => argsFor((await person('LEAD')).mail, { role: 'HOST', cities: '' }), 'they offer no home'],
    ['towns for a host', async () => argsFor((await person('HOST')).mail, { role: 'HOST' }), '--cities is not for a host'],
    ['no town', async () => argsFor((await person('LEAD')).mail, { cities: '' }), '--cities is missing'],
    ['a town that is none', async () => argsFor((await person('LEAD')).mail, { cities: 'atlantis' }), 'no town "atlantis"'],
    ['no name', async () => argsFor((await person('LEAD')).mail, { name: ' ' }), '--name is missing'],
    ['no role', async () => argsFor((await person('LEAD')).mail, { role: 'KING' }), '--role is "KING"'],
    ['days without end', async () => argsFor((await person('LEAD')).mail, { days: '4000' }), '--days is "4000"'],
    ['an id that is none', () => ['--revoke', 'x'], 'no token "x"'],
    ['an id of no token', () => ['--revoke', '00000000-0000-4000-8000-000000000000'], 'no token'],
    ['an option there is not', () => ['--king', 'x'], 'king'],
  ])('refuses %s in one sentence, and writes nothing', async (_what, args, sentence) => {
    const given = await args()
    const before = await database.row('select count(*) as n, (select max(seq) from audit_event) as seq from api_token')
    await expect(runToken(given)).rejects.toMatchObject({ name: 'Refused', message: expect.stringContaining(sentence) as string })
    expect(await database.row('select count(*) as n, (select max(seq) from audit_event) as seq from api_token')).toEqual(before)
  })
})

describe('a token has no more than its user, at every use', () => {
  it('loses the role its user loses', async () => {
    const { mail, userId } = await person('LEAD')
    const { token } = await made(mail, { role: 'LEAD' })
    await database.rows(`update "user" set role = 'COORDINATOR' where id = $1`, [userId])
    expect(await actorOf(token)).toMatchObject({ role: 'COORDINATOR' })
    await database.rows(`update "user" set role = 'HOST' where id = $1`, [userId])
    expect(await actorOf(token)).toBeNull()
  })

  it('keeps the smaller role when its user rises', async () => {
    const { mail, userId } = await person('COORDINATOR')
    const { token } = await made(mail)
    await database.rows(`update "user" set role = 'ADMIN' where id = $1`, [userId])
    expect(await actorOf(token)).toMatchObject({ role: 'COORDINATOR', cityIds: ['almaty'] })
  })

  it('loses the towns its user loses', async () => {
    const { mail, userId } = await person('COORDINATOR')
    const { token } = await made(mail)
    await database.rows(`update "user" set city_ids = '{astana}' where id = $1`, [userId])
    expect(await actorOf(token)).toMatchObject({ cityIds: [] })
  })

  it('opens nothing once its user is disabled, it has run out, or a sign of it is wrong', async () => {
    const { mail, userId } = await person('COORDINATOR')
    const { token, id } = await made(mail)
    expect(await actorOf(`${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`)).toBeNull()
    await database.rows(`update api_token set created_at = now() - interval '2 days', expires_at = now() where id = $1`, [id])
    expect(await actorOf(token)).toBeNull()
    await database.rows(`update api_token set expires_at = now() + interval '1 day' where id = $1`, [id])
    expect(await actorOf(token)).not.toBeNull()
    await database.rows('update "user" set disabled_at = now() where id = $1', [userId])
    expect(await actorOf(token)).toBeNull()
  })

  it('speaks for a host as a host, whatever else they are', async () => {
    const { mail, userId } = await person('HOST')
    await database.rows(`update "user" set role = 'LEAD', city_ids = '{almaty}' where id = $1`, [userId])
    const { token } = await made(mail, { role: 'HOST', cities: '' })
    const actor = await actorOf(token)
    expect(actor).toMatchObject({ userId, role: 'HOST', cityIds: [], hostId: expect.any(String) as string })
    expect(actor).not.toHaveProperty('byTeamToken')
  })

  it.each(['', 'Bearer', 'Bearer ', 'Basic YTpi', `Bearer ${'x'.repeat(200)}`, 'Bearer qonaq_', 'Bearer a b', 'bearer\tqonaq_x'])(
    'opens nothing for %j', async (header) => {
      expect(await readBearer(header)).toBeNull()
    })
})
