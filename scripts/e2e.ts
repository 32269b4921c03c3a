import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findFreePort } from '@/lib/db/free-port'
import { findChromium } from '../tests/setup/chromium'
import { startMailServer } from '../tests/setup/smtp'
import { OUR_CODE, runChild, stopChildren } from './children'
import { prepareBuild, prepareDatabase, seedDemo } from './prepare'
import { makeSecrets } from './secrets'
import { createAnew, serveDatabase } from './serve-database'
import { serveProduct } from './serve-product'
import { say, step } from './talk'

const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js'
// durable writes are not what these tests are about
const QUICK = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const MAX_POOL = '10'

async function serveWorld(folder: string, mailUrl: string): Promise<NodeJS.ProcessEnv> {
  const { databasePassword, ...secrets } = makeSecrets()
  const served = await step('Database started', () =>
    serveDatabase({ dataDir: join(folder, 'postgres'), password: databasePassword, settings: QUICK }))
  await createAnew(served)
  await prepareDatabase(served.connectionString)
  const port = String(await findFreePort())
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    ...secrets,
    DATABASE_URL: served.connectionString,
    DATABASE_POOL: MAX_POOL,
    QONAQ_DEMO: '1',
    QONAQ_DATA_DIR: folder,
    NEXTAUTH_URL: `http://localhost:${port}`,
    SMTP_URL: mailUrl,
    MAIL_FROM: 'Qonaq <qonaq@example.org>',
    // each browser of the tests says which network it is of
    TRUST_PROXY: '1',
    LOG_LEVEL: 'warn',
    PORT: port,
  }
  await seedDemo(env)
  await prepareBuild()
  await step('Web server and worker started', () => serveProduct({ env }))
  return env
}

async function runBrowserTests(env: NodeJS.ProcessEnv, options: { folder: string; project: string; args: string[]; report: string }): Promise<number> {
  const browser = await findChromium()
  say(`  Chromium from ${browser.origin}`)
  const { code } = await runChild({
    args: [PLAYWRIGHT, 'test', `--project=${options.project}`, '--reporter=list,json', ...options.args],
    env: {
      ...env,
      E2E_BASE_URL: env.NEXTAUTH_URL,
      E2E_MAIL_FOLDER: join(options.folder, 'mail'),
      E2E_CHROMIUM_PATH: browser.path,
      E2E_CHROMIUM_ENV: JSON.stringify(browser.env),
      PLAYWRIGHT_JSON_OUTPUT_NAME: resolve(options.report),
    },
    onLine: say,
  })
  return code
}

/**
 * The browser tests, against the production build on a database and a mail server of their own, and then the
 * invariants of what they left behind.
 *
 * @param project of Playwright: `e2e`, or `screens` for pictures.
 * @param args for Playwright: files, `-g`, `--headed`.
 * @param report where Playwright's JSON goes.
 * @returns exit codes of both.
 */
export async function runE2e({ project = 'e2e', args, report }: { project?: string; args: string[]; report: string }): Promise<{ browser: number; invariants: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'qonaq-e2e-'))
  await chmod(folder, 0o755)
  const mailbox = await startMailServer({ dropFolder: join(folder, 'mail') })
  try {
    const env = await serveWorld(folder, mailbox.url)
    const browser = await runBrowserTests(env, { folder, project, args, report })
    const invariants = await runChild({ args: [...OUR_CODE, 'scripts/check-invariants.ts'], env, onLine: say })
    return { browser, invariants: invariants.code }
  } finally {
    await stopChildren()
    await mailbox.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
