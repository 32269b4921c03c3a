import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChild } from './children'
import { makeSecrets } from './secrets'
import { Refused } from './talk'

const FOLDERS = ['app', 'components', 'lib', 'public']
const FILES = ['package.json', 'package-lock.json', 'next.config.js', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json', 'proxy.ts',
  'instrumentation.ts', 'prisma/schema.prisma']
const STAMP = '.next/qonaq-sources'

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** One hash over everything the build is made of. */
async function hashSources(): Promise<string> {
  const listed = (await Promise.all(FOLDERS.filter(existsSync).map(listFiles))).flat()
  const files = [...listed.filter((file) => !file.includes('generated')), ...FILES.filter(existsSync)].sort()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file).update('\0').update(await readFile(file)).update('\0')
  return hash.digest('hex')
}

/** True when there is a build and nothing it is made of has changed since. */
export async function isBuilt(): Promise<boolean> {
  return existsSync('.next/BUILD_ID') && existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === (await hashSources())
}

/** Values of no meaning: a build must not carry anything of the machine it was made on. */
function buildEnvironment(): NodeJS.ProcessEnv {
  const { databasePassword: _none, ...secrets } = makeSecrets()
  return {
    ...process.env,
    ...secrets,
    NODE_ENV: 'production',
    DATABASE_URL: 'postgresql://build@127.0.0.1:1/none',
    NEXTAUTH_URL: 'http://localhost:3000',
    QONAQ_DEMO: '0',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

/**
 * Builds the product for production and stamps the build with its sources.
 *
 * @throws Refused with the end of the compiler's words.
 */
export async function build(): Promise<void> {
  const sources = await hashSources()
  const { code, tail } = await runChild({ args: ['node_modules/next/dist/bin/next', 'build'], env: buildEnvironment() })
  if (code !== 0) throw new Refused(`The build failed:\n${tail}`)
  await writeFile(STAMP, sources)
}
