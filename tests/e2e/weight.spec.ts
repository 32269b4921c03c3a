import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import type { Page, Request } from '@playwright/test'
import { expect, test } from '../setup/browser'
import type { BrowserWorld } from '../setup/browser-world'
import { fillNeed } from '../setup/screens'

const KILOBYTE = 1024
const SCRIPTS_KB = { newcomer: 150, host: 190, staff: 290 }
const PAGE_KB = 25
const REQUESTS_BEFORE_PAINT = 4
const TOWN = 'kulsary'

interface Weights {
  scripts: number
  styles: number
  html: number
  fonts: number
  foreign: string[]
  /** What the first paint waits for: the page itself and what blocks it. */
  beforePaint: number
}

async function bytesOf(requests: Request[]): Promise<number> {
  const sizes = await Promise.all(requests.map((request) => request.sizes()))
  return sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0)
}

// Runs in the page: how many answers the first paint had to wait for.
function countBlocking(): number {
  const entries = performance.getEntriesByType('resource') as (PerformanceResourceTiming & { renderBlockingStatus?: string })[]
  return 1 + entries.filter(({ renderBlockingStatus }) => renderBlockingStatus === 'blocking').length
}

/** Opens a page with an empty cache and weighs everything that came over the wire, compressed as it came. */
async function weigh(page: Page, path: string): Promise<Weights> {
  const requests: Request[] = []
  page.on('request', (request) => requests.push(request))
  await page.goto(path, { waitUntil: 'networkidle' })
  const own = new URL(page.url()).origin
  const of = (type: string) => requests.filter((request) => request.resourceType() === type)
  return {
    scripts: await bytesOf(of('script')),
    styles: await bytesOf(of('stylesheet')),
    html: await bytesOf(of('document')),
    fonts: of('font').length,
    foreign: requests.map((request) => request.url()).filter((url) => !url.startsWith('data:') && new URL(url).origin !== own),
    beforePaint: await page.evaluate(countBlocking),
  }
}

const kb = (bytes: number) => Math.round((bytes / KILOBYTE) * 10) / 10

async function screens(world: BrowserWorld) {
  const by = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
  const home = await world.host({ city: TOWN, sleeps: [2] })
  const guests = [await world.guest({ city: TOWN }), await world.guest({ city: TOWN })]
  await world.propose(by.userId, guests[1]!.arrivalId, home.roomIds[0] ?? '')
  return {
    newcomer: ['/ru', `/kk/${TOWN}?t=1`, '/ru/need', '/ru/need/who', '/ru/need/reach', '/ru/need/check', '/kk/need/alone', '/ru/stay', '/ru/help', '/ru/privacy'].map((path) => ({ path, as: {} }))
      .concat(guests.map(({ secret }) => ({ path: '/ru/stay', as: { secret } }))),
    host: [{ path: '/ru/host', as: { session: home.session } }, { path: '/kk/host/offer', as: {} },
      { path: `/ru/host/rooms/${home.roomIds[0] ?? ''}`, as: { session: home.session } }],
    staff: [{ path: '/ru/coordinate', as: { session: by.session } }, { path: '/ru/coordinate/enter', as: { session: by.session } },
      { path: `/ru/coordinate/case/${guests[0]!.code}`, as: { session: by.session } }],
  }
}

test('newcomer pages are light: scripts, page and style, no font, nobody else asked', async ({ open, world }) => {
  const asked = await open()
  await fillNeed(asked, 'ru')
  const answers = await asked.context().cookies()
  for (const { path, as } of (await screens(world)).newcomer) {
    const page = await open(as)
    await page.context().addCookies(answers)
    const { scripts, styles, html, fonts, foreign, beforePaint } = await weigh(page, path)
    expect.soft(kb(scripts), `${path}: KB of scripts`).toBeLessThanOrEqual(SCRIPTS_KB.newcomer)
    expect.soft(kb(html + styles), `${path}: KB of page (${kb(html)}) and style (${kb(styles)})`).toBeLessThanOrEqual(PAGE_KB)
    expect.soft(fonts, `${path}: fonts`).toBe(0)
    expect.soft(foreign, `${path}: foreign hosts`).toEqual([])
    expect.soft(beforePaint, `${path}: answers the first paint waits for`).toBeLessThanOrEqual(REQUESTS_BEFORE_PAINT)
    expect.soft(scripts, `${path}: something was weighed`).toBeGreaterThan(0)
    await page.context().close()
  }
})

test('host and staff pages keep their limits, and ask nobody else', async ({ open, world }) => {
  const { host, staff } = await screens(world)
  const limited = [...host.map((one) => ({ ...one, limit: SCRIPTS_KB.host })), ...staff.map((one) => ({ ...one, limit: SCRIPTS_KB.staff }))]
  for (const { path, as, limit } of limited) {
    const page = await open(as)
    const { scripts, foreign } = await weigh(page, path)
    expect.soft(kb(scripts), `${path}: KB of scripts`).toBeLessThanOrEqual(limit)
    expect.soft(foreign, `${path}: foreign hosts`).toEqual([])
    await page.context().close()
  }
})

test('what the build wrote for newcomer pages is as light as what came over the wire', async ({ request }) => {
  for (const path of ['/ru', '/ru/need', '/ru/stay']) {
    const html = await (await request.get(path)).text()
    const files = [...new Set(Array.from(html.matchAll(/\/_next\/(static\/chunks\/[\w.~-]+\.js)/g), ([, file]) => file ?? ''))]
    const needed = files.filter((file) => !isForOldBrowsers(file, html))
    expect(needed.length, `${path}: scripts are named in the page`).toBeGreaterThan(0)
    const bytes = needed.reduce((sum, file) => sum + gzipSync(readFileSync(`${process.env["E2E_BUILD_FOLDER"] ?? ".next"}/${file}`), { level: 6 }).length, 0)
    expect.soft(kb(bytes), `${path}: KB of scripts on disk, compressed`).toBeLessThanOrEqual(SCRIPTS_KB.newcomer)
  }
})

/** Scripts marked `noModule` are not fetched by any browser of this decade. */
function isForOldBrowsers(file: string, html: string): boolean {
  const tag = Array.from(html.matchAll(/<script[^>]*>/g), ([text]) => text).find((text) => text.includes(file))
  return tag !== undefined && /nomodule/i.test(tag)
}
