import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** 5 hours and 45 minutes from UTC, and nobody's own zone: a day that leaks through a `Date` shows at once. */
const ODD_TIME_ZONE = 'Asia/Kathmandu'
process.env['TZ'] = ODD_TIME_ZONE

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Short files that take a minute: begun last, they would run alone at the end. */
const LONG = ['model.test.ts', 'rounds-worker.test.ts']

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((name) => moduleId.endsWith(`/${name}`))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  resolve: {
    alias: [
      // The real module throws outside a server bundle; tests run server code in plain Node.
      { find: /^server-only$/, replacement: at('./tests/setup/server-only.ts') },
      { find: /^@\//, replacement: at('./') },
    ],
  },
  test: {
    env: { TZ: ODD_TIME_ZONE },
    setupFiles: [at('./tests/setup/console.ts')],
    pool: 'forks',
    maxWorkers: 2,
    restoreMocks: true,
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          environment: 'node',
          // a law is tried on thousands of texts: seconds on a busy machine, and no measure of speed
          testTimeout: 60_000,
          server: { deps: { inline: ['next-intl'] } },
        },
      },
      {
        extends: true,
        test: {
          name: 'architecture',
          include: ['tests/architecture/**/*.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          environment: 'node',
          globalSetup: [at('./tests/setup/database.ts')],
          setupFiles: [at('./tests/setup/environment.ts')],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          server: { deps: { inline: ['next-intl'] } },
        },
      },
    ],
  },
})
