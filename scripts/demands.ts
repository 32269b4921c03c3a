import { createServer } from 'node:net'
import { Client } from 'pg'
import { SECRET_NAMES } from './secrets'
import { Refused } from './talk'

const OLDEST_VERSION = 180_000
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const ENCRYPTED = new Set(['require', 'verify-ca', 'verify-full'])
const REQUIRED = ['NEXTAUTH_URL', ...SECRET_NAMES] as const

/** The port to serve on: `PORT`, or 3000. @throws Refused for anything that is not a port. */
export function readPort(): number {
  const text = process.env['PORT'] ?? '3000'
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) throw new Refused(`PORT is "${text}", which is not a port between 1 and 65535.`)
  return port
}

/** @throws Refused when somebody listens there already. */
export async function demandFreePort(port: number): Promise<void> {
  await new Promise<void>((done, fail) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      fail(new Refused(error.code === 'EADDRINUSE'
        ? `Port ${port} is taken by another program: stop it, or choose another port with PORT=${port + 1} npm start.`
        : `Port ${port} cannot be opened (${error.code}).`))
    })
    probe.listen(port, () => probe.close(() => done()))
  })
}

function demandSecrets(): void {
  const missing = REQUIRED.filter((name) => !process.env[name])
  if (missing.length > 0) {
    throw new Refused(`With DATABASE_URL set, the environment must hold ${missing.join(', ')} as well; .env.example explains each, and npm run make-secrets makes the secrets.`)
  }
  if (process.env['QONAQ_DEMO'] === '1') throw new Refused('QONAQ_DEMO=1 opens demo doors and is for the embedded database only: unset it, or unset DATABASE_URL.')
}

/** What the product itself asks of its environment. @throws Refused with one sentence instead of a trace. */
export async function demandValidSettings(): Promise<void> {
  const complain = console.error
  const wrong: string[] = []
  console.error = (...words: unknown[]) => wrong.push(...words.flat().map(nameOfIssue).filter((name) => name !== ''))
  try {
    await import('@/lib/config/env')
  } catch {
    throw new Refused(`These settings do not have the form .env.example asks for: ${wrong.join(', ')}.`)
  } finally {
    console.error = complain
  }
}

function nameOfIssue(issue: unknown): string {
  const path = (issue as { path?: unknown }).path
  return Array.isArray(path) ? path.join('.') : ''
}

function demandEncryption(url: URL): void {
  if (LOOPBACK.has(url.hostname) || ENCRYPTED.has(url.searchParams.get('sslmode') ?? '')) return
  throw new Refused(`The connection to ${url.hostname} would not be encrypted: add sslmode=verify-full to DATABASE_URL.`)
}

async function demandVersion(url: URL): Promise<void> {
  const client = new Client({ connectionString: url.href, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ number: number; name: string }>(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`)
    const [version] = rows
    if (version && version.number < OLDEST_VERSION) {
      throw new Refused(`The database server is PostgreSQL ${version.name}: Qonaq needs 18 or newer.`)
    }
  } catch (error) {
    if (error instanceof Refused) throw error
    const code = (error as { code?: string }).code ?? (error as Error).message
    throw new Refused(`The database at ${url.hostname}:${url.port || '5432'} lets nobody in (${code}): check DATABASE_URL.`, { cause: error })
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * What must be true before a server of somebody's own is used: complete and well-formed settings, an encrypted
 * connection unless it stays on this machine, PostgreSQL 18 or newer.
 *
 * @throws Refused with the first demand that is not met.
 */
export async function demandServer(connectionString: string): Promise<void> {
  if (!URL.canParse(connectionString) || !/^postgres(ql)?:/.test(connectionString)) {
    throw new Refused('DATABASE_URL is not an address like postgresql://user:password@host:5432/name.')
  }
  demandSecrets()
  await demandValidSettings()
  const url = new URL(connectionString)
  demandEncryption(url)
  await demandVersion(url)
}

/**
 * The demo's doors let everybody in as anybody, so it is for one machine and its owner.
 *
 * @throws Refused where the settings speak of people who would come from outside.
 */
export function demandPlayground(): void {
  const address = process.env.NEXTAUTH_URL ?? ''
  const isPublic = URL.canParse(address) && new URL(address).protocol === 'https:' && !LOOPBACK.has(new URL(address).hostname)
  if (process.env.NODE_ENV !== 'production' && !isPublic) return
  const why = isPublic ? `NEXTAUTH_URL is ${address}` : 'NODE_ENV is production'
  throw new Refused(`${why} and DATABASE_URL is empty: the demo would open its doors to everybody. Set DATABASE_URL, or unset the former.`)
}
