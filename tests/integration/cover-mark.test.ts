import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { currentGuest, forgetStay, rememberStay, stayMark, staySecret } from '@/lib/auth/session'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/headers', () => ({
  cookies: () => Promise.resolve({
    get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
    delete: ({ name }: { name: string }) => jar.delete(name),
  }),
}))

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})
beforeEach(() => { jar.clear() })

async function guest() {
  const [arrivalId, token] = [await world.arrival({ adults: 1 }), newToken()]
  await database.rows('update arrival set token_hash = $2 where id = $1', [arrivalId, hashSecret('stay', token)])
  return { arrivalId, token }
}

it('the mark of a page is another one for every request and every opening by a link, and tells no secret', async () => {
  const [mine, other] = [await guest(), await guest()]
  const marks: string[] = []
  for (const { arrivalId, token } of [mine, other, mine]) {
    await rememberStay(token)
    expect(await currentGuest()).toEqual({ kind: 'GUEST', arrivalId })
    expect(await staySecret()).toBe(token)
    const mark = await stayMark()
    // a reload and a new tab
    expect(await stayMark()).toBe(mark)
    expect(mark).not.toContain(token)
    expect(hashSecret('stay', token)).not.toBe(mark)
    marks.push(mark)
  }
  expect(new Set(marks).size).toBe(3)
})

it('a browser that carries the secret from before is known, one that has forgotten it or carries something else is not', async () => {
  const { arrivalId, token } = await guest()
  await rememberStay(token)
  const [name = ''] = jar.keys()
  jar.set(name, token)
  expect(await currentGuest()).toEqual({ kind: 'GUEST', arrivalId })
  for (const value of [`${token}.`, `${token}.x`, `${token}${token}`, `${token}.${token}.${token}`, '']) {
    jar.set(name, value)
    expect(await currentGuest(), value).toBeNull()
  }
  await forgetStay()
  expect([await currentGuest(), await staySecret()]).toEqual([null, null])
})
