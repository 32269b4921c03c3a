import { randomInt } from 'node:crypto'
import { expect, test as base } from '@playwright/test'
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page, Response } from '@playwright/test'
import { openWorld, SESSION_COOKIE, STAY_COOKIE, type BrowserWorld } from './browser-world'

/** Screens the product is made for: a newcomer's phone, and the desk of a coordinator. */
export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } as const
export const DESK = { viewport: { width: 1280, height: 900 }, hasTouch: false, isMobile: false } as const
const LOCALES = { ru: 'ru-RU', kk: 'kk-KZ', en: 'en-GB' } as const

interface Looks extends BrowserContextOptions {
  /** Language of the browser. */
  speaks?: keyof typeof LOCALES
  /** False: a browser that runs no scripts. */
  scripts?: boolean
  /** Cookie value of somebody signed in. */
  session?: string
  /** A newcomer's secret this browser carries. */
  secret?: string
}

/** Opens a browser of one person's own: nothing of it is shared with others. */
export type OpenPhone = (looks?: Looks) => Promise<Page>

/** What no page may do, as it happened. */
type Complaints = string[]

function isOurs(url: string, home: string): boolean {
  return url.startsWith('data:') || url.startsWith('blob:') || url.startsWith('about:') || new URL(url).origin === home
}

// The browser itself writes an error for a page that answers 404 or 403; tests ask for such pages on purpose.
function isRefusedPage(message: ConsoleMessage, refused: ReadonlySet<string>): boolean {
  return message.text().startsWith('Failed to load resource') && refused.has(message.location().url)
}

function watch(context: BrowserContext, complaints: Complaints, home: string): void {
  const refused = new Set<string>()
  const ownAnswer = (response: Response) => response.request().isNavigationRequest() || response.request().method() === 'POST'
  context.on('request', (request) => {
    if (!isOurs(request.url(), home)) complaints.push(`asks a foreign host: ${request.url()}`)
  })
  context.on('response', (response) => {
    if (response.status() >= 400 && ownAnswer(response)) refused.add(response.url())
    if (response.status() >= 500) complaints.push(`${response.status()} from ${response.request().method()} ${response.url()}`)
  })
  context.on('console', (message) => {
    if (message.type() !== 'error' || isRefusedPage(message, refused)) return
    complaints.push(`console: ${message.text()} (${message.page()?.url() ?? ''})`)
  })
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().message}`))
}

function cookiesOf({ session, secret }: Looks, home: string) {
  const cookies = { [SESSION_COOKIE]: session, [STAY_COOKIE]: secret }
  return Object.entries(cookies).flatMap(([name, value]) => (
    value === undefined ? [] : [{ name, value, url: home, httpOnly: true, sameSite: 'Lax' as const }]))
}

async function openContext(browser: Browser, looks: Looks, home: string): Promise<BrowserContext> {
  const { speaks = 'ru', scripts = true, session, secret, ...rest } = looks
  const context = await browser.newContext({
    baseURL: home, ...PHONE, locale: LOCALES[speaks], timezoneId: 'Asia/Almaty', javaScriptEnabled: scripts, reducedMotion: 'reduce',
    // a network of its own, so that the limits of tries are those of one person
    extraHTTPHeaders: { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` },
    ...rest,
  })
  await context.addCookies(cookiesOf({ ...(session === undefined ? {} : { session }), ...(secret === undefined ? {} : { secret }) }, home))
  return context
}

/** Playwright's `test` with people of their own, a connection to the database, and eyes on every page. */
export const test = base.extend<{ open: OpenPhone; complaints: Complaints }, { world: BrowserWorld }>({
  world: [async ({ browserName: _browser }, use) => {
    const world = openWorld()
    await use(world)
    await world.close()
  }, { scope: 'worker' }],

  complaints: async ({ browserName: _browser }, use) => {
    const complaints: Complaints = []
    await use(complaints)
    expect(complaints, 'errors in the console, foreign hosts, answers of 500 and above').toEqual([])
  },

  open: async ({ browser, baseURL, complaints }, use) => {
    const home = new URL(baseURL ?? '').origin
    const contexts: BrowserContext[] = []
    await use(async (looks = {}) => {
      const context = await openContext(browser, looks, home)
      contexts.push(context)
      watch(context, complaints, home)
      return context.newPage()
    })
    await Promise.all(contexts.map((context) => context.close()))
  },
})

export { expect }
