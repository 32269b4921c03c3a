import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../setup/browser'
import { GROUPS, type Screen, type Visit } from '../setup/screens'

test.describe.configure({ mode: 'parallel' })

const LANGUAGES = ['ru', 'kk', 'en'] as const
const WIDTHS = [390, 1280] as const
const NARROWEST = 320
const HEIGHT = 900
/** Those of them that look at colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']
/** All of A and AA and what axe calls best practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']
/** Smallest side of anything one touches, in pixels: thumbs, and a mouse. */
const TARGET = { PUBLIC: 48, HOST: 48, STAFF: 32 }

/** Words that must not stand in a title, an icon's name or a history entry of a borrowed phone. */
const TELLING = /беженц|мигрант|уклонист|релокант|росси|приют|убежищ|босқын|ресей|refugee|migrant|dodger|relocant|russia|shelter|asylum/i

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>
const require = createRequire(import.meta.url)
// the engine itself: its wrapper for Playwright would send it to the page four times as often
const AXE = readFileSync(createRequire(require.resolve('@axe-core/playwright')).resolve('axe-core/axe.min.js'), 'utf8')

// Runs in the page, where the engine was put before.
async function runAxe({ type, values }: { type: string; values: string[] }): Promise<string[]> {
  const { axe } = globalThis as unknown as { axe: { run: (around: Document, options: unknown) => Promise<Results> } }
  const { violations } = await axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'], elementRef: false })
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).slice(0, 3).join(' | ')}`)
}

/** Changes the theme and waits until it is painted: a rule that looks earlier measures one theme's ink on the other's paper. */
async function paintDark(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.evaluate(() => new Promise<void>((painted) => {
    requestAnimationFrame(() => { requestAnimationFrame(() => { setTimeout(painted, 300) }) })
  }))
  await standStill(page)
}

/** Colours that still move from one theme or state to the other belong to neither. */
async function standStill(page: Page): Promise<void> {
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
}

async function expectNoViolations(page: Page, { type, values }: { type: string; values: string[] }, where: string): Promise<void> {
  expect.soft(await page.evaluate(runAxe, { type, values }), where).toEqual([])
}

// Runs in the page: what one touches and is smaller than `least`. Words inside a sentence are as high as the sentence.
function findSmallTargets(least: number): string[] {
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && element.getBoundingClientRect().width > 1
  const inSentence = (element: Element) => element.tagName === 'A' && getComputedStyle(element).display === 'inline'
    && (element.parentElement?.textContent.trim() ?? '') !== element.textContent.trim()
  const touched = (element: Element) => (
    element.matches('input[type=radio], input[type=checkbox]') ? (element.closest('label') ?? element) : element)
  return Array.from(document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary'))
    .filter((element) => isSeen(element) && !inSentence(element) && !element.closest('.sr-only'))
    .map((element) => ({ element, box: touched(element).getBoundingClientRect() }))
    .filter(({ box }) => Math.min(box.width, box.height) < least - 0.5)
    .map(({ element, box }) => `${element.outerHTML.slice(0, 140)} ${Math.round(box.width)}×${Math.round(box.height)}`)
}

async function expectRoomForThumbs(page: Page, { frame }: Visit, where: string): Promise<void> {
  expect.soft(await page.evaluate(findSmallTargets, TARGET[frame]), `${where}: targets under ${TARGET[frame]} px`).toEqual([])
}

async function expectNoSideScroll(page: Page, where: string): Promise<void> {
  await page.setViewportSize({ width: NARROWEST, height: HEIGHT })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect.soft(over, `${where}: pixels to scroll sideways at ${NARROWEST} px`).toBeLessThanOrEqual(0)
}

async function expectNeutral(page: Page, where: string): Promise<void> {
  expect.soft(await page.title(), `${where}: the title`).not.toMatch(TELLING)
  expect.soft((await page.title()).length, `${where}: there is a title`).toBeGreaterThan(0)
}

async function openScreen(page: Page, { path, status = 200, before, then }: Screen, locale: string): Promise<void> {
  const url = `/${locale}${path}`
  await before?.(page, locale)
  const answer = await page.goto(url)
  expect(answer?.status(), url).toBe(status)
  expect(new URL(page.url()).pathname, 'no redirect').toBe(url.split('?')[0])
  await then?.(page)
}

/**
 * Colours belong to a theme and a layout to a width, neither to words: the dark and the desk are looked at in one language,
 * whose words are the longest. What is read aloud is words: the phone is looked at in each.
 */
const THOROUGH_IN = 'kk'

/** Every rule in the light, and in the dark again those that look at colours: nothing else differs. The theme changes once. */
async function inspect(page: Page, { visit, screen, locale }: { visit: Visit; screen: Screen; locale: string }): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: WIDTHS[0], height: HEIGHT })
  await openScreen(page, screen, locale)
  const where = `/${locale}${screen.path} as ${visit.as}`
  await expectNeutral(page, where)
  await page.evaluate(AXE)
  await standStill(page)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT })
    await expectRoomForThumbs(page, visit, `${where} ${width} px`)
    if (width === WIDTHS[0] || locale === THOROUGH_IN) await expectNoViolations(page, { type: 'tag', values: RULES }, `${where} ${width} px light`)
  }
  if (locale === THOROUGH_IN) await inspectDark(page, where)
  if (visit.frame !== 'STAFF') await expectNoSideScroll(page, where)
}

async function inspectDark(page: Page, where: string): Promise<void> {
  await paintDark(page)
  for (const width of WIDTHS.toReversed()) {
    await page.setViewportSize({ width, height: HEIGHT })
    await expectNoViolations(page, { type: 'rule', values: COLOUR_RULES }, `${where} ${width} px dark`)
  }
}

for (const [group, visitsOf] of Object.entries(GROUPS)) {
  for (const locale of LANGUAGES) {
    test(`${group}, ${locale}: no barrier, room for thumbs, nothing telling`, async ({ open, world }) => {
      test.setTimeout(240_000)
      for (const visit of await visitsOf(world)) {
        const { session, secret } = visit
        const page = await open({ speaks: locale, isMobile: false, ...(session && { session }), ...(secret && { secret }) })
        for (const screen of visit.screens) await inspect(page, { visit, screen, locale })
        await page.context().close()
      }
    })
  }
}

test('every page under app/ is looked at', async ({ world }) => {
  const files = readdirSync('app/[locale]', { recursive: true, withFileTypes: true })
    .filter(({ name }) => name === 'page.tsx').map(({ parentPath }) => `${parentPath.slice('app/[locale]/'.length)}/`.replace(/^\/$/, ''))
  const visits = (await Promise.all(Object.values(GROUPS).map((visitsOf) => visitsOf(world)))).flat()
  const looked = new Set(visits.flatMap(({ screens }) => screens.map(({ file }) => file)))
  expect(files.filter((file) => !looked.has(file)).sort()).toEqual([])
})

test('what a phone keeps says nothing: manifest, icon names, the page of "leave quickly"', async ({ request }) => {
  for (const path of ['/manifest.webmanifest', '/leave.html', '/icon.svg']) {
    const answer = await request.get(path)
    expect(answer.status(), path).toBe(200)
    expect(await answer.text(), path).not.toMatch(TELLING)
  }
  for (const locale of LANGUAGES) {
    const { subject } = JSON.parse(readFileSync(`lib/i18n/messages/${locale}/mail.json`, 'utf8')) as { subject: Record<string, string> }
    expect(Object.values(subject).join(' '), 'subjects of letters').not.toMatch(TELLING)
  }
})
