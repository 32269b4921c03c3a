import { beforeAll, describe, expect, it } from 'vitest'
import { authOptions, deleteSession } from '@/lib/auth/options'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

/** A session of twelve hours whose last request was some minutes ago. */
async function session(role: string, minutesAgo = 0) {
  const userId = await world.person(role, 'Dana')
  const token = newToken()
  await database.rows(
    `insert into session (user_id, token_hash, expires_at, seen_at)
     values ($1, $2, now() + interval '12 hours', now() - make_interval(mins => $3))`, [userId, hashSecret('session', token), minutesAgo])
  return { userId, token }
}

async function userOf(token: string): Promise<string | null> {
  const found = await authOptions.adapter?.getSessionAndUser?.(token)
  return found?.user.id ?? null
}

const agoOf = async (token: string) => Number((await database.row(
  'select extract(epoch from now() - seen_at)::int as ago from session where token_hash = $1', [hashSecret('session', token)]))['ago'])

describe('a session without a request', () => {
  it.each([['COORDINATOR', 29, true], ['COORDINATOR', 31, false], ['LEAD', 31, false], ['ADMIN', 31, false], ['HOST', 600, true]] as const)(
    'of a %s for %i minutes still opens: %s', async (role, minutes, opens) => {
      const { userId, token } = await session(role, minutes)
      expect(await userOf(token)).toBe(opens ? userId : null)
    })

  it('lives on with each request, and stays dead once it has ended', async () => {
    const [used, left] = [await session('LEAD', 20), await session('LEAD', 40)]
    await userOf(used.token)
    expect(await agoOf(used.token)).toBeLessThan(60)
    expect([await userOf(left.token), await userOf(left.token)]).toEqual([null, null])
    expect(await agoOf(left.token)).toBeGreaterThan(2_000)
  })

  it('does not outlive its twelve hours by being used', async () => {
    const { token } = await session('LEAD')
    await database.rows(`update session set expires_at = now() - interval '1 second' where token_hash = $1`, [hashSecret('session', token)])
    expect(await userOf(token)).toBeNull()
  })
})

describe('signing out', () => {
  const endings = (userId: string) => database.rows(
    `select actor from audit_event where action = 'session.ended' and subject ->> 'user' = $1`, [userId])

  it('ends the session at once and is written down once', async () => {
    const { userId, token } = await session('COORDINATOR')
    await deleteSession(token)
    await deleteSession(token)
    expect(await userOf(token)).toBeNull()
    expect(await endings(userId)).toEqual([{ actor: `user:${userId}` }])
  })

  it('of a token nobody has is no event', async () => {
    const before = await database.row(`select count(*)::int as events from audit_event where action = 'session.ended'`)
    await deleteSession(newToken())
    expect(await database.row(`select count(*)::int as events from audit_event where action = 'session.ended'`)).toEqual(before)
  })
})
