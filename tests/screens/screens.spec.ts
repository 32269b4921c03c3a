import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '../setup/browser'
import { GROUPS, type Screen, type Visit } from '../setup/screens'
import { joinSheet } from './sheet'

// npm run screens: a picture of every page as its people meet it, to be looked at and kept in docs/screens.

test.describe.configure({ mode: 'parallel' })

const FOLDER = 'docs/screens'
const LANGUAGES = ['ru', 'kk'] as const
const THEMES = ['light', 'dark'] as const
const WIDTHS = [390, 1280] as const
const HEIGHT = 844

const slugOf = (words: string) => words.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '') || 'start'

async function openScreen(page: Page, { path, status = 200, before, then }: Screen, locale: string): Promise<void> {
  await before?.(page, locale)
  const answer = await page.goto(`/${locale}${path}`)
  expect(answer?.status(), path).toBe(status)
  await then?.(page)
}

/** The page in both themes and both widths, in the order of THEMES within WIDTHS. */
async function takePictures(page: Page): Promise<Buffer[]> {
  const pictures: Buffer[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT })
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme })
      pictures.push(await page.screenshot({ fullPage: true, animations: 'disabled' }))
    }
  }
  return pictures
}

async function keepScreens(page: Page, { as, screens }: Visit, locale: string): Promise<void> {
  const easel = await page.context().newPage()
  for (const [index, screen] of screens.entries()) {
    await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT })
    await openScreen(page, screen, locale)
    const file = `${FOLDER}/${slugOf(as)}/${String(index + 1).padStart(2, '0')}-${slugOf(screen.file)}.${locale}.webp`
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, await joinSheet(easel, await takePictures(page)))
  }
}

for (const [group, visitsOf] of Object.entries(GROUPS)) {
  for (const locale of LANGUAGES) {
    test(`${group}, ${locale}`, async ({ open, world }) => {
      test.setTimeout(600_000)
      for (const visit of await visitsOf(world)) {
        const { session, secret } = visit
        rmSync(`${FOLDER}/${slugOf(visit.as)}/*.${locale}.webp`, { force: true })
        const page = await open({ speaks: locale, isMobile: false, ...(session && { session }), ...(secret && { secret }) })
        await keepScreens(page, visit, locale)
        await page.context().close()
      }
    })
  }
}
