import { expect, type Page } from '@playwright/test'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { ticketOf, type BrowserWorld } from './browser-world'
import { roundTown } from './round-town'

// Every page of the product in the states people meet it in. A test compares the list with the files under `app/`.

/** Somebody's browser and the paths to look at in it, without the language. */
export interface Visit {
  /** Who is looking. */
  as: string
  /** `PUBLIC`: thumbs, system fonts, "leave quickly". `HOST`: thumbs. `STAFF`: dense. */
  frame: 'PUBLIC' | 'HOST' | 'STAFF'
  session?: string
  secret?: string
  screens: Screen[]
}

export interface Screen {
  /** The page's file under `app/[locale]/`, without `page.tsx`. */
  file: string
  path: string
  /** Answer of the server, 200 unless told. */
  status?: number
  /** What must happen in this browser for the page to open. */
  before?: (page: Page, locale: string) => Promise<void>
  /** What is done on the page before it is looked at. */
  then?: (page: Page) => Promise<void>
}

/** A town for looking at: nobody in it but these people. */
const TOWN = 'kentau'
const NICKNAMES = ['Синий барс', 'Тихий аист', 'Алтын бұлғын', 'Белая чайка', 'Жасыл тоты']

const submit = (page: Page) => page.locator('main form button[type=submit]:not([name=theme])').last().click()

/** Sends the form of a page as it stands and waits for the next one. */
async function sendTo(page: Page, { from, to, fill = {} }: { from: string; to: string; fill?: Record<string, string> }): Promise<void> {
  await page.goto(from)
  for (const [name, value] of Object.entries(fill)) {
    const field = page.locator(`main [name="${name}"]`)
    if (value === 'tick') await field.first().check()
    else if (await field.first().getAttribute('type') === 'radio') await page.locator(`main [name="${name}"][value="${value}"]`).check()
    else await field.fill(value)
  }
  await submit(page)
  await page.waitForURL(`**${to}`)
}

/** Answers the questions of a newcomer up to the last screen. */
export async function fillNeed(page: Page, locale: string): Promise<void> {
  const at = (path: string) => `/${locale}/need${path}`
  await sendTo(page, { from: at(`?city=${TOWN}`), to: at('/who') })
  await sendTo(page, { from: at('/who'), to: at('/reach') })
  await sendTo(page, { from: at('/reach'), to: at('/check') })
}

async function fillOffer(page: Page, locale: string): Promise<void> {
  const at = (path: string) => `/${locale}/host/offer${path}`
  await sendTo(page, { from: at(''), to: at('/where') })
  await sendTo(page, { from: at('/where'), to: at('/when'), fill: { city: 'almaty' } })
  await sendTo(page, { from: at('/when'), to: at('/house') })
  await sendTo(page, { from: at('/house'), to: at('/you') })
  await sendTo(page, { from: at('/you'), to: at('/check'), fill: { firstName: 'Анна', mail: `look-${locale}-${Date.now()}@example.org` } })
  await sendTo(page, { from: at('/check'), to: `/${locale}/host/code`, fill: { legal: 'tick', rules: 'tick' } })
}

async function askCode(page: Page, locale: string): Promise<void> {
  await sendTo(page, { from: `/${locale}/sign-in`, to: `/${locale}/sign-in/code`, fill: { mail: `look-${locale}-${Date.now()}@example.org` } })
}

/** Sends the page's own form without an answer, so that the error summary shows. */
const withErrors = async (page: Page): Promise<void> => {
  await submit(page)
  await page.locator('main [role=alert]').waitFor()
}

async function strangers(): Promise<Visit[]> {
  return [{
    as: 'nobody', frame: 'PUBLIC',
    screens: [
      { file: '', path: '' },
      { file: '[city]/', path: `/${TOWN}?t=1` },
      { file: 'help/', path: '/help' },
      { file: 'privacy/', path: '/privacy' },
      { file: 'proof/', path: '/proof' },
      { file: 'need/', path: '/need' },
      { file: 'need/', path: '/need', then: withErrors },
      { file: 'need/alone/', path: '/need/alone' },
      { file: 'stay/', path: '/stay' },
      { file: 'stay/gone/', path: '/stay/gone' },
      { file: 'demo/', path: '/demo' },
      { file: 'demo/[door]/', path: '/demo/host' },
      { file: 'demo/outbox/', path: '/demo/outbox' },
      { file: '[...rest]/', path: '/no-such-town', status: 404 },
      { file: '[...rest]/', path: '/no/such/page', status: 404 },
      { file: 'answer/[ticket]/', path: '/answer/nonsense', status: 404 },
    ],
  }, {
    as: 'somebody who asks', frame: 'PUBLIC',
    screens: [
      { file: 'need/who/', path: '/need/who', before: fillNeed },
      { file: 'need/reach/', path: '/need/reach' },
      { file: 'need/check/', path: '/need/check' },
    ],
  }, {
    as: 'somebody who offers', frame: 'HOST',
    screens: [
      { file: 'host/offer/', path: '/host/offer', before: fillOffer },
      { file: 'host/offer/where/', path: '/host/offer/where' },
      { file: 'host/offer/when/', path: '/host/offer/when' },
      { file: 'host/offer/house/', path: '/host/offer/house' },
      { file: 'host/offer/you/', path: '/host/offer/you' },
      { file: 'host/offer/check/', path: '/host/offer/check' },
      { file: 'host/offer/check/', path: '/host/offer/check', then: withErrors },
      { file: 'host/code/', path: '/host/code' },
      { file: 'sign-in/', path: '/sign-in' },
      { file: 'sign-in/unknown/', path: '/sign-in/unknown' },
      { file: 'sign-in/code/', path: '/sign-in/code', before: askCode },
    ],
  }]
}

async function newcomers(world: BrowserWorld): Promise<Visit[]> {
  const lead = await world.staff('LEAD', 'Марат', [TOWN])
  const by = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
  const home = await world.host({ city: TOWN, sleeps: [2, 2, 2, 2], firstName: 'Дана', address: 'улица Домбыра, 14, кв. 8' })
  const guests = await Promise.all(NICKNAMES.map((nickname) => world.guest({ city: TOWN, adults: 2, mail: 'guest@example.org', nickname })))
  const [waits, asked, agreed, there, gone] = guests
  const proposals = []
  for (const [index, guest] of [asked, agreed, there].entries()) {
    proposals.push(await world.propose(by.userId, guest!.arrivalId, home.roomIds[index] ?? ''))
  }
  const [first, second, third] = proposals
  await world.confirm(second!, lead.userId)
  await world.confirm(third!, lead.userId)
  await world.arrived(third!)
  await world.call(`withdraw_arrival('test', $1, 'h', $2, false)`, [world.newKey(), gone!.arrivalId])
  const stay: Screen = { file: 'stay/', path: '/stay' }
  const answer = (placement: string, side: 'HOST' | 'GUEST') => ({ file: 'answer/[ticket]/', path: `/answer/${ticketOf(placement, side)}` })
  return [
    { as: 'a guest in the queue', frame: 'PUBLIC', secret: waits!.secret,
      screens: [stay, { file: 'stay/cancel/', path: '/stay/cancel' }, { file: 'stay/delete/', path: '/stay/delete' }] },
    { as: 'a guest with a proposal', frame: 'PUBLIC', secret: asked!.secret, screens: [stay, answer(first!, 'GUEST')] },
    { as: 'a guest with a place', frame: 'PUBLIC', secret: agreed!.secret,
      screens: [stay, { ...stay, then: seeAddress }, { file: 'stay/cancel/', path: '/stay/cancel' }, answer(second!, 'GUEST')] },
    { as: 'a guest who is there', frame: 'PUBLIC', secret: there!.secret, screens: [stay, { file: 'stay/leave/', path: '/stay/leave' }] },
    { as: 'a guest whose request is over', frame: 'PUBLIC', secret: gone!.secret, screens: [stay] },
    { as: 'a host with a letter', frame: 'HOST', screens: [answer(first!, 'HOST'), answer(second!, 'HOST'), answer(third!, 'HOST')] },
  ]
}

async function seeAddress(page: Page): Promise<void> {
  const form = page.locator('main form').filter({ has: page.locator('p.text-sm.text-muted') }).first()
  await form.locator('button[type=submit]').click()
  await page.locator('main details summary').first().waitFor()
}

async function people(world: BrowserWorld): Promise<Visit[]> {
  const by = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
  const lead = await world.staff('LEAD', 'Марат', [TOWN])
  const home = await world.host({ city: TOWN, sleeps: [2, 3, 4], firstName: 'Сауле', address: 'улица Алма, 3' })
  const applied = await world.host({ city: TOWN, sleeps: [2], state: 'APPLIED', address: null, firstName: 'Ерлан' })
  const [waits, asked, agreed] = await Promise.all(
    NICKNAMES.slice(0, 3).map((nickname) => world.guest({ city: TOWN, adults: 2, childrenAges: [4], mail: 'guest@example.org', nickname })))
  const proposed = await world.propose(by.userId, asked!.arrivalId, home.roomIds[1] ?? '')
  const confirmed = await world.propose(by.userId, agreed!.arrivalId, home.roomIds[2] ?? '')
  await world.confirm(confirmed, lead.userId)
  return [
    { as: 'a host', frame: 'HOST', session: home.session, screens: [
      { file: 'host/', path: '/host' },
      { file: 'host/household/', path: '/host/household' },
      { file: 'host/homes/[id]/', path: `/host/homes/${home.homeId}` },
      { file: 'host/rooms/[id]/', path: `/host/rooms/${home.roomIds[2] ?? ''}` },
    ] },
    { as: 'a new host', frame: 'HOST', session: applied.session, screens: [{ file: 'host/', path: '/host' }] },
    { as: 'a coordinator', frame: 'STAFF', session: by.session, screens: [
      { file: 'coordinate/', path: '/coordinate' },
      { file: 'coordinate/', path: `/coordinate?case=${waits!.code}` },
      { file: 'coordinate/', path: '/coordinate?view=all' },
      { file: 'coordinate/case/[code]/', path: `/coordinate/case/${waits!.code}` },
      { file: 'coordinate/case/[code]/', path: `/coordinate/case/${asked!.code}` },
      { file: 'coordinate/hosts/', path: '/coordinate/hosts' },
      { file: 'coordinate/hosts/[id]/', path: `/coordinate/hosts/${applied.hostId}` },
      { file: 'coordinate/enter/', path: '/coordinate/enter' },
      { file: 'coordinate/placements/[id]/', path: `/coordinate/placements/${proposed}` },
      { file: 'coordinate/placements/[id]/', path: `/coordinate/placements/${confirmed}` },
    ] },
    { as: 'somebody who is no coordinator', frame: 'HOST', session: applied.session,
      screens: [{ file: 'coordinate/', path: '/coordinate', status: 403 }] },
  ]
}

/** Weights of a lead of the demo's largest town, with a week of it played again. */
async function leads(world: BrowserWorld): Promise<Visit[]> {
  const { userId, session } = await world.staff('LEAD', 'Марат', ['almaty', TOWN])
  const { wishes, priority, scales } = DEFAULT_POLICY
  const weights = [{ ...wishes, WANTED_DISTRICT: 40, RIGHT_SIZE: 0 }, { ...priority, CHILDREN_OR_ILLNESS: 0, WAITING_NIGHTS: 900 }, scales]
  const { id: draftId } = await world.row(
    `insert into policy_draft (city_id, based_on, name, wishes, priority, scales, made_by) values ('almaty', 1, 'Кто дольше ждёт', $1, $2, $3, $4) returning id`,
    [...weights.map((part) => JSON.stringify(part)), userId])
  const { id } = await world.row('insert into rehearsal (draft_id, days, asked_by, total) values ($1, 7, $2, 14) returning id', [draftId, userId])
  await world.rows('select queue_rehearsal($1)', [id])
  await expect.poll(async () => (await world.row('select state from rehearsal where id = $1', [id]))['state'], { timeout: 60_000 }).toBe('DONE')
  return [{ as: 'a lead', frame: 'STAFF', session, screens: [
    { file: 'admin/policy/', path: '/admin/policy?city=almaty' },
    { file: 'admin/policy/[id]/', path: `/admin/policy/${String(draftId)}` },
  ] }]
}

/** Towns for looking at rounds: one that is free is taken, because a town has one round at a time and languages are looked at side by side. */
const ROUND_TOWNS = ['zhezkazgan', 'stepnogorsk', 'tobyl', 'zaysan', 'altai', 'burabay', 'rudny', 'aksu', 'beyneu']

/** Inserts a round in the first town that has none, and answers both. */
async function beginRound(world: BrowserWorld, userId: string, { columns, values }: { columns: string; values: string }): Promise<{ id: string; town: string }> {
  for (const town of ROUND_TOWNS) {
    const made = await world.row(`insert into round (city_ids, parties, policy, started_by, ${columns})
      values (array[$1], '{GROUPS,FAMILIES,ADULTS}', $2, $3, ${values}) returning id`, [town, JSON.stringify(DEFAULT_POLICY), userId]).catch(() => null)
    if (made) return { id: String(made['id']), town }
  }
  throw new Error('every town has a round')
}

/** A round that is done, one that goes on, one whose worker was lost, and one that was stopped before it began. */
async function rounds(world: BrowserWorld): Promise<Visit[]> {
  const { userId, session } = await world.staff('COORDINATOR', 'Айгуль', ROUND_TOWNS)
  // both go on for as long as they are looked at; of one the worker is told when there is somebody in the town
  const running = { columns: 'state, started_at, beat_at, step, step_done, step_of, placed, arrivals',
    values: `'RUNNING', now(), now() + interval '1 day', 'EDGES', 214, 480, 36, 480` }
  const going = await beginRound(world, userId, running)
  const done = await beginRound(world, userId, { columns: 'state, asked_at', values: `'QUEUED', now() + interval '1 day'` })
  const lost = await beginRound(world, userId, { columns: 'state, started_at, failure, finished_at', values: `'FAILED', now(), 'WORKER_GONE', now()` })
  await roundTown(world, done.town)
  await world.rows('select queue_round($1)', [done.id])
  await expect.poll(async () => (await world.row('select state from round where id = $1', [done.id]))['state'], { timeout: 60_000 }).toBe('DONE')
  const unbegun = await beginRound(world, userId, { columns: 'state, finished_at', values: `'STOPPED', now()` })
  const at = (id: string, query = ''): Screen => ({ file: 'coordinate/rounds/[id]/', path: `/coordinate/rounds/${id}${query}` })
  return [{ as: 'a coordinator of rounds', frame: 'STAFF', session, screens: [
    { file: 'coordinate/rounds/', path: '/coordinate/rounds' }, at(going.id), at(done.id), at(done.id, '?why=2'), at(lost.id),
    at(done.id, '?part=NONE&from=1'), at(done.id, '?print=all'), at(unbegun.id),
  ] }]
}

/** Groups of visits, each with people of its own. */
export const GROUPS: Record<string, (world: BrowserWorld) => Promise<Visit[]>> = {
  strangers, newcomers, 'hosts and coordinators': people, leads, rounds,
}
