import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEMO_USERS } from '@/lib/auth/demo'
import { checkInvariants } from '@/lib/db/invariants'
import { unseal } from '@/lib/privacy/seal'
import { blindIndex, hashSecret } from '@/lib/privacy/secret'
import { seedDatabase, type Seeded } from '@/prisma/seed/run'
import { STORY_TOKENS } from '@/prisma/seed/story-tokens'
import { DEMO_SIZE } from '@/prisma/seed/world'
import { scratchDatabase, testDatabase, type TestDatabase } from '../setup/test-database'

const DEMO = { ...DEMO_SIZE, seed: 2022, add: false, told: true }
const MAXIMUM_MS = 8_000

let base: TestDatabase
let seeded: Seeded
let took: number

beforeAll(async () => {
  base = await testDatabase()
  const started = performance.now()
  seeded = await seedDatabase(DEMO)
  took = performance.now() - started
})

async function violations(connectionString: string) {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const answers = await checkInvariants(client)
    return answers.flatMap(({ invariant, violations: found }) => found.map(({ what, id }) => `${invariant.id} ${what} ${id}`))
  } finally {
    await client.end()
  }
}

const number = async (query: string, values: unknown[] = []) => Number((await base.row(query, values))['count'])

describe('the demo in the database', () => {
  it('is there within eight seconds, whole', async () => {
    expect(took).toBeLessThan(MAXIMUM_MS)
    expect(seeded).toMatchObject({ hosts: 65, rooms: 161, arrivals: 121 })
    expect(await number('select count(*) from room')).toBe(161)
    expect(await number('select count(*) from arrival')).toBe(121)
  })

  it('violates no invariant', async () => {
    expect(await violations(base.connectionString)).toEqual([])
  })

  it('has placements in all eight states, those that live played by the functions', async () => {
    const states = await base.rows('select distinct state from placement')
    expect(states).toHaveLength(8)
    const played = `select count(*) from placement p where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') and not exists (
      select 1 from idempotency_key k where operation = 'plan.propose' and k.answer ->> 'planId' = p.plan_id::text)`
    expect(await number(played)).toBe(0)
  })

  it('leaves every open proposal two hours at least, with its reminder still to come and nothing else to do', async () => {
    const plans = await number(`select count(*) from plan where exists (select 1 from placement where plan_id = plan.id and state = 'PROPOSED')`)
    const late = await number(
      `select count(*) from plan join placement p on p.plan_id = plan.id where p.state = 'PROPOSED' and deadline < now() + interval '2 hours'`)
    const reminders = await number('select count(*) from plan where remind_at > now() and remind_at < deadline')
    expect(late).toBe(0)
    expect(reminders).toBe(plans)
    expect(await number('select count(*) from graphile_worker.jobs')).toBe(0)
    expect(await number('select count(*) from message where delivered_at is null')).toBe(0)
  })

  it('lets the people behind the doors in, by id and by mail', async () => {
    const doors = await base.rows('select id, role, name from "user" where id = any ($1) order by id', [Object.values(DEMO_USERS)])
    expect(doors.map(({ role, name }) => `${String(role)} ${String(name)}`)).toEqual(['HOST Сауле', 'COORDINATOR Айгуль', 'LEAD Ерлан'])
    const { id, email_sealed: mail } = await base.row('select id, email_sealed from "user" where email_index = $1', [blindIndex('email', 'aigul@example.org')])
    expect(id).toBe(DEMO_USERS.coordinate)
    expect(unseal(String(mail), { field: 'user.email', rowId: String(id) })).toBe('aigul@example.org')
  })

  it('gives Сауле guests, an open request and a guest who asks to stay longer', async () => {
    const ofSaule = `from placement p join host on host.id = p.host_id where host.user_id = $1`
    const states = await base.rows(`select p.state, count(*)::int ${ofSaule} group by 1`, [DEMO_USERS.host])
    expect(Object.fromEntries(states.map(({ state, count }) => [state, count]))).toEqual({ ARRIVED: 1, DEPARTED: 12, PROPOSED: 1 })
    expect(await number(`select count(*) from extension e join placement p on p.id = e.placement_id join host on host.id = p.host_id
      where e.state = 'ASKED' and host.user_id = $1`, [DEMO_USERS.host])).toBe(1)
  })

  it('opens the pages of the story by their known secrets, each in its state', async () => {
    const hashes = Object.values(STORY_TOKENS).map((token) => hashSecret('stay', token))
    const rows = await base.rows('select state from arrival where token_hash = any ($1) order by array_position($1, token_hash)', [hashes])
    expect(rows.map(({ state }) => state as string)).toEqual(['OPEN', 'OFFERED', 'OFFERED', 'PLACED'])
  })

  it('dates what was played back: nobody arrived before it was agreed, and nothing happens tomorrow', async () => {
    expect(await number(`select count(*) from placement_event where at > now()`)).toBe(0)
    expect(await number(`select count(*) from placement where confirmed_at < created_at or arrived_on > (now() at time zone 'Asia/Almaty')::date`)).toBe(0)
    expect(await number(`select count(*) from placement where state = 'ARRIVED' and arrived_on <> from_date`)).toBe(0)
    expect(await number(`select count(*) from (select at < lag(at) over (partition by placement_id order by version) as back
      from placement_event) step where back`)).toBe(0)
  })

  it('is refused where people are already, and leaves them alone', async () => {
    await expect(seedDatabase(DEMO)).rejects.toThrow(/^There are people in this database already/)
    await expect(seedDatabase({ ...DEMO, add: true })).rejects.toThrow(/^The people of the story are in this database already/)
    expect(await number('select count(*) from arrival')).toBe(121)
  })
})

describe('more of the crowd', () => {
  it('is written as it stands where it is too big to be played, twice with one seed, and violates no invariant', async () => {
    const more = { arrivals: 700, rooms: 300, seed: 3, add: true, told: false }
    await seedDatabase(more)
    await seedDatabase(more)
    expect(await number('select count(*) from arrival')).toBe(121 + 1_400)
    expect(await number('select count(*) from "user" where role <> $1', ['HOST'])).toBe(8)
    expect(await violations(base.connectionString)).toEqual([])
  })
})

describe('the command', () => {
  const seed = (args: string[], env: Record<string, string>) => promisify(execFile)(
    process.execPath, ['--conditions=react-server', '--import', 'tsx', 'prisma/seed.ts', ...args], { env: { ...process.env, ...env } },
  ).then(() => ({ code: 0, stderr: '' }), (error: unknown) => {
    const { code, stderr } = error as { code: number; stderr: string }
    return { code, stderr }
  })

  it('refuses in production with one sentence and code 1, and writes nothing', async () => {
    const { connectionString, row } = await scratchDatabase('template')
    const answer = await seed(['--demo'], { NODE_ENV: 'production', DATABASE_URL: connectionString })
    expect(answer).toEqual({ code: 1, stderr: 'Invented people do not belong into a production database: the seed runs there only with QONAQ_DEMO=1.\n' })
    expect(await row('select count(*)::int from "user"')).toEqual({ count: 0 })
  })

  it.each([
    [['--arrivals', '-3'], /^Option '--arrivals <value>' argument is ambiguous|^Option '--arrivals' argument is ambiguous/],
    [['--rooms', 'many'], /^--rooms is "many": give a whole number/],
    [['--demo', '--rooms', '9'], /^--demo has its own size/],
    [['--arrivals', '5'], /^Give at least 46 arrivals/],
    [['--people', '5'], /^Unknown option '--people'/],
  ])('answers %j with one sentence', async (args, sentence) => {
    const { connectionString } = await scratchDatabase('template')
    const answer = await seed(args, { NODE_ENV: 'development', DATABASE_URL: connectionString })
    expect(answer.code).toBe(1)
    expect(answer.stderr).toMatch(sentence)
  })
})
