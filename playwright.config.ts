import { defineConfig } from '@playwright/test'

/** `scripts/e2e.ts` starts the product, the mail server and the browser's libraries, and says here where they are. */
function given(name: string): string {
  const value = process.env[name]
  if (value === undefined && process.argv.includes('test')) throw new Error(`${name} is not set: run the browser tests with npm run test:e2e`)
  return value ?? ''
}

export default defineConfig({
  testMatch: '**/*.spec.ts',
  // `screens` takes pictures for docs/screens, and only when asked for by name
  projects: [{ name: 'e2e', testDir: 'tests/e2e' }, { name: 'screens', testDir: 'tests/screens' }],
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: given('E2E_BASE_URL'),
    browserName: 'chromium',
    locale: 'ru-RU',
    timezoneId: 'Asia/Almaty',
    screenshot: 'only-on-failure',
    // a trace of every test costs a quarter of the time: npm run test:e2e -- --trace on
    trace: 'off',
    launchOptions: {
      executablePath: given('E2E_CHROMIUM_PATH'),
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      env: { ...process.env, ...(JSON.parse(given('E2E_CHROMIUM_ENV') || '{}') as Record<string, string>) },
    },
  },
})
