import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'

const run = promisify(execFile)
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'

export interface Browser {
  path: string
  /** What it needs in its environment besides our own. */
  env: Record<string, string>
  /** Which of the four it is, for the log. */
  origin: string
}

function findInstalled(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC]
  return candidates.find((path) => existsSync(path)) ?? null
}

async function hasSecurityLibraries(): Promise<boolean> {
  const { stdout } = await run('/sbin/ldconfig', ['-p']).catch(() => ({ stdout: '' }))
  return stdout.includes('libnss3.so') && stdout.includes('libnspr4.so')
}

/** A machine without any font draws no letter, and a line without letters has no height: the package's own font as well. */
async function describeFonts(): Promise<string> {
  const file = join(tmpdir(), 'fonts', 'qonaq.conf')
  await writeFile(file, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
    <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
    <dir>${join(tmpdir(), 'fonts')}</dir><cachedir>${join(tmpdir(), 'fonts-cache')}</cachedir></fontconfig>`)
  return file
}

/** The browser of the npm package, with its copies of the libraries when the machine has none. */
async function unpackBundled(): Promise<Browser> {
  const libraries = join(tmpdir(), 'al2023', 'lib')
  const needed = !(await hasSecurityLibraries())
  if (needed) {
    // what the package looks at to decide whether to unpack its libraries
    process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs22.x'
    if (!existsSync(libraries)) await rm(join(tmpdir(), 'chromium'), { force: true })
  }
  const { default: bundled } = await import('@sparticuz/chromium')
  const path = await bundled.executablePath()
  const env = { FONTCONFIG_FILE: await describeFonts(), ...(needed && { LD_LIBRARY_PATH: libraries }) }
  return { path, env, origin: 'the npm package @sparticuz/chromium' }
}

/** A Chromium for the tests that needs no download: `CHROMIUM_PATH`, an installed one, Playwright's, the npm package's. */
export async function findChromium(): Promise<Browser> {
  const named = process.env['CHROMIUM_PATH']
  if (named) return { path: named, env: {}, origin: 'CHROMIUM_PATH' }
  const installed = findInstalled()
  if (installed) return { path: installed, env: {}, origin: 'this machine' }
  const own = chromium.executablePath()
  if (existsSync(own)) return { path: own, env: {}, origin: 'Playwright' }
  return unpackBundled()
}
