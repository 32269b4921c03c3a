// npm start: the product on this machine, with demo data on an embedded PostgreSQL, or on the server of DATABASE_URL.
// npm run dev: the same with Next's development server.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stopChildren } from './children'
import { demandFreePort, demandPlayground, demandServer, readPort } from './demands'
import { prepareBuild, prepareDatabase, seedDemo } from './prepare'
import { keepSecrets } from './secrets'
import { createAnew, isComplete, markComplete, serveDatabase } from './serve-database'
import { serveProduct } from './serve-product'
import { command, Refused, say, secondsSince, step } from './talk'

const dev = process.argv.includes('--dev')
const started = performance.now()

async function demoEnvironment(port: number): Promise<NodeJS.ProcessEnv> {
  const dataDir = process.env['QONAQ_DATA_DIR'] ?? '.data'
  const { databasePassword, ...secrets } = await keepSecrets(dataDir)
  const served = await step('Database started', () =>
    serveDatabase({ dataDir: join(dataDir, 'postgres'), password: databasePassword }))
  const address = process.env.NEXTAUTH_URL ?? ''
  const env: NodeJS.ProcessEnv = {
    LOG_LEVEL: 'warn',
    ...process.env,
    // a line left empty in .env is none
    NEXTAUTH_URL: address === '' ? `http://localhost:${port}` : address,
    ...secrets,
    DATABASE_URL: served.connectionString,
    QONAQ_DEMO: '1',
    QONAQ_DATA_DIR: dataDir,
    PORT: String(port),
  }
  const first = !(await isComplete(served))
  if (first) await createAnew(served)
  await prepareDatabase(served.connectionString)
  if (first) {
    await seedDemo(env)
    await markComplete(served)
  }
  return env
}

async function serverEnvironment(connectionString: string, port: number): Promise<NodeJS.ProcessEnv> {
  await step('Settings and server checked', () => demandServer(connectionString))
  await prepareDatabase(connectionString)
  if (process.env.NEXTAUTH_URL?.startsWith('https:') === true && process.env['TRUST_PROXY'] !== '1') {
    say('  With https a proxy stands in front: set TRUST_PROXY=1, or all visitors are limited as if they were one.')
  }
  return { ...process.env, PORT: String(port) }
}

function sayWhereToGo(port: number, isDemo: boolean): void {
  const at = `http://localhost:${port}`
  const doors = [
    ['A newcomer, from the poster at the station', `${at}/ru/almaty?t=1`],
    ['A host, signed in', `${at}/ru/demo/host`],
    ['A coordinator, signed in', `${at}/ru/demo/coordinate`],
    ['A second pair of eyes, signed in', `${at}/ru/demo/lead`],
    ['The mails that would have been sent', `${at}/ru/demo/outbox`],
  ]
  say(`\nQonaq is ready after ${secondsSince(started)}: ${at}\n`)
  if (isDemo) for (const [who, where] of doors) say(`  ${who?.padEnd(44) ?? ''}${where ?? ''}`)
  say(`${isDemo ? '\n' : ''}Press Ctrl-C to stop everything${isDemo ? '; the data stays' : ''}.`)
}

/** Resolves with the exit code when somebody asks us to stop. */
function untilAsked(): Promise<number> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done(0))
  })
}

async function serve(asked: Promise<number>): Promise<number> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const connectionString = process.env['DATABASE_URL']
  if (!connectionString) demandPlayground()
  const port = readPort()
  await demandFreePort(port)
  say(connectionString ? 'Starting Qonaq on your database' : 'Starting Qonaq with demo data on a database of its own')
  const env = connectionString ? await serverEnvironment(connectionString, port) : await demoEnvironment(port)
  if (!dev) await prepareBuild()
  const { ended } = await step('Web server and worker started', () => serveProduct({ env, dev }))
  sayWhereToGo(port, !connectionString)
  const reason = await Promise.race([asked, ended])
  if (typeof reason === 'string') throw new Refused(reason)
  return reason
}

await command(async () => {
  const asked = untilAsked()
  try {
    return await Promise.race([asked, serve(asked)])
  } finally {
    await stopChildren()
  }
})
