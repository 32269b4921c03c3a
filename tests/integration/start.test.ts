import { execFile } from 'node:child_process'
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { DATABASE } from '@/scripts/serve-database'
import { makeSecrets } from '@/scripts/secrets'
import { connectionTo, createDatabase } from '../setup/database'
import { connect } from '../setup/test-database'

const ARGS = ['--conditions=react-server', '--import', 'tsx', 'scripts/start.ts']
const SEED_ARGS = ['--conditions=react-server', '--import', 'tsx', 'prisma/seed.ts', '--arrivals', '60', '--rooms', '90', '--seed', '7']
const SECRETS = ['DATABASE_URL', 'NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'QONAQ_SEAL_KEYS', 'QONAQ_INDEX_KEY', 'QONAQ_TICKET_KEY']

interface Outcome {
  code: number
  said: string
}

/** Starts the product with these settings and nothing of the test's own, and waits for it to refuse. */
function start(settings: Record<string, string>): Promise<Outcome> {
  const env = { ...process.env, ...settings }
  for (const name of [...SECRETS, 'QONAQ_DEMO']) if (!(name in settings)) env[name] = ''
  return new Promise((done) => {
    const child = execFile(process.execPath, ARGS, { env, timeout: 25_000 }, (_error, _out, said) => {
      done({ code: child.exitCode ?? -1, said: said.trim() })
    })
  })
}

/** All a server needs, as the tests' own environment has it. */
function complete(over: Record<string, string>): Record<string, string> {
  return { ...Object.fromEntries(SECRETS.map((name) => [name, process.env[name] ?? ''])), PORT: '39871', ...over }
}

async function listenOn<T>(server: Server, work: (port: number) => Promise<T>): Promise<T> {
  await new Promise<void>((ready) => server.listen(0, () => ready()))
  try {
    return await work((server.address() as AddressInfo).port)
  } finally {
    server.close()
  }
}

function refusal({ code, said }: Outcome): string {
  expect(code).toBe(1)
  expect(said.split('\n'), said).toHaveLength(1)
  return said
}

/** Answers as a PostgreSQL 16 would: anybody may come in, and every question has the same row. */
function oldServer(): Server {
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(body.length + 4)
    return Buffer.concat([Buffer.from(type), length, body])
  }
  const int16 = (value: number) => Buffer.from([value >> 8, value & 255])
  const int32 = (value: number) => Buffer.concat([int16(value >> 16), int16(value & 65_535)])
  const ready = message('Z', Buffer.from('I'))
  const column = (name: string, type: number) => Buffer.concat([Buffer.from(`${name}\0`), int32(0), int16(0), int32(type), int16(4), int32(-1), int16(0)])
  const value = (text: string) => Buffer.concat([int32(text.length), Buffer.from(text)])
  const answer = Buffer.concat([
    message('T', Buffer.concat([int16(2), column('number', 23), column('name', 25)])),
    message('D', Buffer.concat([int16(2), value('160004'), value('16.4')])),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ])
  return createServer((socket) => {
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]))
      socket.on('data', (asked) => asked.toString('latin1').startsWith('Q') && socket.write(answer))
    })
  })
}

it('names a port that is none', async () => {
  expect(refusal(await start({ PORT: 'front door' }))).toBe('PORT is "front door", which is not a port between 1 and 65535.')
})

it('names a taken port and the way out', async () => {
  const said = await listenOn(createServer(), async (port) => refusal(await start({ PORT: String(port) })))
  expect(said).toMatch(/^Port \d+ is taken by another program: .+ npm start\.$/)
})

it('names every missing secret at once', async () => {
  const said = refusal(await start({ PORT: '39871', DATABASE_URL: 'postgresql://q@127.0.0.1/q' }))
  for (const name of SECRETS.slice(1)) expect(said).toContain(name)
})

it('names settings of the wrong form without saying what is in them', async () => {
  const said = refusal(await start(complete({ QONAQ_INDEX_KEY: 'too-short-secret' })))
  expect(said).toBe('These settings do not have the form .env.example asks for: QONAQ_INDEX_KEY.')
})

it.each([
  ['no demo doors on a server', { QONAQ_DEMO: '1' }, /^QONAQ_DEMO=1 opens demo doors/],
  ['no plain connection beyond this machine', { DATABASE_URL: 'postgresql://q:q@db.example.org/q' }, /would not be encrypted/],
  ['no server where none answers', { DATABASE_URL: 'postgresql://q:q@127.0.0.1:1/q' }, /lets nobody in \(ECONNREFUSED\)/],
  ['no address that is none', { DATABASE_URL: 'mysql://q@127.0.0.1/q' }, /^DATABASE_URL is not an address/],
])('%s', async (_promise, over, sentence) => {
  expect(refusal(await start(complete(over)))).toMatch(sentence)
})

it('wants the right password', async () => {
  const address = connectionTo(inject('databasePort'), 'postgres').replace('only-for-these-tests', 'guessed')
  expect(refusal(await start(complete({ DATABASE_URL: address })))).toContain('lets nobody in (28P01)')
})

it('wants PostgreSQL 18', async () => {
  const said = await listenOn(oldServer(), async (port) =>
    refusal(await start(complete({ DATABASE_URL: `postgresql://q:q@127.0.0.1:${port}/q?sslmode=disable` }))))
  expect(said).toBe('The database server is PostgreSQL 16.4: Qonaq needs 18 or newer.')
})

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qonaq-start-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each([
  ['production', { NODE_ENV: 'production' }, /^NODE_ENV is production and DATABASE_URL is empty/],
  ['a public address', { NEXTAUTH_URL: 'https://qonaq.example.org' }, /^NEXTAUTH_URL is https:.+ and DATABASE_URL is empty/],
])('opens no demo doors in %s', async (_where, over, sentence) => {
  expect(refusal(await start({ PORT: '39871', QONAQ_DATA_DIR: folder, ...over }))).toMatch(sentence)
})

it('names a folder it may not write to, and secrets that are damaged', async () => {
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  expect(refusal(await start({ PORT: '39871', QONAQ_DATA_DIR: join(file, 'data') }))).toMatch(/a-file\/data cannot be read and written \(ENOTDIR\)/)
  const damaged = join(folder, 'damaged')
  await mkdir(damaged)
  for (const text of ['', '{"databasePassword":', '{}']) {
    await writeFile(join(damaged, 'secrets.json'), text)
    expect(refusal(await start({ PORT: '39871', QONAQ_DATA_DIR: damaged }))).toMatch(/secrets\.json is damaged/)
  }
})

/** Runs the seed with nothing in its environment but where the demo would be. */
function seed(dataDir: string): Promise<Outcome> {
  const env = { PATH: process.env['PATH'] ?? '', QONAQ_DATA_DIR: dataDir } as unknown as NodeJS.ProcessEnv
  return new Promise((done) => {
    const child = execFile(process.execPath, SEED_ARGS, { env }, (_error, out, said) => {
      done({ code: child.exitCode ?? -1, said: child.exitCode === 0 ? out.trim() : said.trim() })
    })
  })
}

it('seeds the demo that runs here, and says so where none runs', async () => {
  expect(refusal(await seed(join(folder, 'nothing')))).toBe('There is no database to fill: set DATABASE_URL, or start the demo with npm start.')
  const port = inject('databasePort')
  const database = await connect(await createDatabase({ port, name: DATABASE, from: 'template' }))
  const { pid } = await database.row('select pg_backend_pid() as pid')
  const demo = join(folder, 'demo')
  await mkdir(join(demo, 'postgres'), { recursive: true })
  await writeFile(join(demo, 'postgres', 'postmaster.pid'), `${String(pid)}\n\n\n${port}\n`)
  await writeFile(join(demo, 'secrets.json'), JSON.stringify({ ...makeSecrets(), databasePassword: 'only-for-these-tests' }))
  expect(await seed(demo)).toMatchObject({ code: 0, said: expect.stringMatching(/^60 arrivals, 90 rooms/) as unknown })
  expect(await database.row('select count(*)::int as there from arrival')).toEqual({ there: 60 })
})
