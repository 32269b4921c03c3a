import { connect as connectTo, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { smallWorld } from '../setup/small-world'
import { connect, testDatabase, type TestDatabase } from '../setup/test-database'

/** The application reaches its database through us, so that we can cut the line. */
const lines = new Set<Socket>()
const server = createServer((near) => {
  const far = connectTo(Number(new URL(direct).port), '127.0.0.1')
  for (const end of [near, far]) end.on('error', () => undefined)
  near.pipe(far)
  far.pipe(near)
  lines.add(near)
  near.on('close', () => {
    lines.delete(near)
    far.destroy()
  })
})
const direct = process.env['DATABASE_URL'] ?? ''

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let sayYes: typeof import('@/lib/placements/commands/yes').sayYes

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const through = new URL(direct)
  through.port = String((server.address() as AddressInfo).port)
  process.env['DATABASE_URL'] = through.href
  ;({ sayYes } = await import('@/lib/placements/commands/yes'))
})

afterAll(() => {
  for (const line of lines) line.destroy()
  server.close()
})

const WAITING = `from pg_stat_activity where datname = current_database() and query like '%say_yes%' and wait_event_type = 'Lock'`

it.each([
  ['the server ends the connection', () => database.rows(`select pg_terminate_backend(pid) ${WAITING}`)],
  ['the line goes dead', () => {
    for (const line of lines) line.destroy()
    return Promise.resolve()
  }],
])('says yes once although %s in the middle', async (_how, cut) => {
  const { roomId } = await world.home({ sleeps: [2] })
  const arrivalId = await world.arrival({ adults: 1 })
  const made = await world.propose(await world.person('COORDINATOR', 'Aigul'), arrivalId, [{ roomId, from: 0, until: 2, adults: 1 }])
  const placementId = made.placementIds?.[0] ?? ''
  const rival = await connect(direct)
  await rival.rows('begin')
  await rival.rows('select 1 from arrival where id = $1 for update', [arrivalId])
  const answer = sayYes({
    actor: { kind: 'TICKET', placementId, side: 'GUEST' }, key: world.newKey(), requestHash: 'h', placementId, side: 'GUEST', way: 'LINK',
  })
  for (let look = 0; look < 100 && (await database.rows(`select 1 ${WAITING}`)).length === 0; look += 1) await pause(10)
  await cut()
  await rival.rows('rollback')
  expect(await answer).toMatchObject({ ok: true, value: { confirmed: false } })
  expect(await database.rows(`select 1 from yes where placement_id = $1 and side = 'GUEST'`, [placementId])).toHaveLength(1)
})
