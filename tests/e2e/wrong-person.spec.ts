import { randomInt } from 'node:crypto'
import type { APIResponse, Page } from '@playwright/test'
import { DESK, expect, test } from '../setup/browser'
import { ticketOf, type BrowserWorld } from '../setup/browser-world'
import { postPlainForm, readPlainForm, type PlainForm } from '../setup/plain-form'

test.describe.configure({ mode: 'parallel' })

const [HERE, THERE] = ['saryagash', 'zhetisay']

/** One home with a guest asked, one agreed and one there, and everybody who has or has no business with them. */
async function castOf(world: BrowserWorld) {
  const [by, lead, elsewhere] = [
    await world.staff('COORDINATOR', 'Айгуль', [HERE]), await world.staff('LEAD', 'Марат', [HERE]), await world.staff('LEAD', 'Ерлан', [THERE]),
  ]
  const host = await world.host({ city: HERE, sleeps: [2, 2, 2, 2] })
  const otherHost = await world.host({ city: HERE, sleeps: [2] })
  const guests = await Promise.all(Array.from({ length: 5 }, () => world.guest({ city: HERE, adults: 2, mail: 'guest@example.org' })))
  const [asked, agreed, there, waiting, stranger] = guests
  const proposed = await world.propose(by.userId, asked!.arrivalId, host.roomIds[0] ?? '')
  const confirmed = await world.propose(by.userId, agreed!.arrivalId, host.roomIds[1] ?? '')
  const arrived = await world.propose(by.userId, there!.arrivalId, host.roomIds[2] ?? '')
  await world.confirm(confirmed, lead.userId)
  await world.confirm(arrived, lead.userId)
  await world.arrived(arrived)
  const { tonight } = await world.row('select city_today($1)::text as tonight', [HERE])
  return {
    tonight: String(tonight), by, lead, elsewhere, host, otherHost, proposed, confirmed, arrived,
    asked: asked!, agreed: agreed!, there: there!, waiting: waiting!, stranger: stranger!,
  }
}
type Cast = Awaited<ReturnType<typeof castOf>>

const secretsOf = ({ host, asked, agreed, there, waiting }: Cast) => [
  host.address, host.firstName, host.mail, 'guest@example.org', ...[asked, agreed, there, waiting].map(({ nickname }) => nickname),
]

function expectNothingOf(html: string, secrets: readonly string[], where: string): void {
  for (const secret of secrets) expect.soft(html.includes(secret), `${where} shows ${secret}`).toBe(false)
}

const get = (page: Page, path: string, headers: Record<string, string> = {}) => page.request.get(path, { maxRedirects: 0, headers })
const leadsTo = (answer: APIResponse) => new URL(answer.headers()['location'] ?? 'http://here/', 'http://here').pathname

test('nobody signed in: sign-in or no such page, and nothing in it', async ({ open, world }) => {
  const cast = await castOf(world)
  const nobody = await open()
  const toSignIn = ['/host', '/host/household', `/host/homes/${cast.host.homeId}`, `/host/rooms/${cast.host.roomIds[0]}`, '/coordinate',
    `/coordinate?case=${cast.waiting.code}`, `/coordinate/case/${cast.waiting.code}`, '/coordinate/hosts', `/coordinate/hosts/${cast.host.hostId}`,
    '/coordinate/enter', `/coordinate/placements/${cast.confirmed}`]
  for (const path of toSignIn) {
    const answer = await get(nobody, `/ru${path}`)
    expect.soft(answer.status(), path).toBe(307)
    expect.soft(leadsTo(answer), path).toBe('/ru/sign-in')
    expectNothingOf(await answer.text(), secretsOf(cast), path)
  }
  for (const path of ['/stay/leave', '/stay/cancel', '/stay/delete']) {
    expect.soft(leadsTo(await get(nobody, `/ru${path}`)), path).toBe('/ru/stay')
  }
})

test('another host, and a coordinator of another town: no such page', async ({ open, world }) => {
  const cast = await castOf(world)
  const otherHost = await open({ session: cast.otherHost.session })
  const elsewhere = await open({ ...DESK, session: cast.elsewhere.session })
  const closed: [Page, string, number][] = [
    [otherHost, `/host/homes/${cast.host.homeId}`, 404], [otherHost, `/host/rooms/${cast.host.roomIds[0]}`, 404],
    [otherHost, '/coordinate', 403], [otherHost, `/coordinate/case/${cast.waiting.code}`, 403], [otherHost, `/coordinate/placements/${cast.confirmed}`, 403],
    [elsewhere, `/coordinate/case/${cast.waiting.code}`, 404], [elsewhere, `/coordinate?case=${cast.waiting.code}`, 404],
    [elsewhere, `/coordinate/hosts/${cast.host.hostId}`, 404], [elsewhere, `/coordinate/placements/${cast.confirmed}`, 404],
    [elsewhere, '/coordinate', 200], [elsewhere, '/coordinate?view=all', 200], [elsewhere, `/coordinate?q=${cast.waiting.code}`, 200], [elsewhere, '/coordinate/hosts', 200],
  ]
  for (const [page, path, status] of closed) {
    const answer = await get(page, `/ru${path}`)
    expect.soft(answer.status(), path).toBe(status)
    expectNothingOf(await answer.text(), secretsOf(cast), path)
  }
})

test('before the third yes not even those concerned see an address in a page', async ({ open, world }) => {
  const cast = await castOf(world)
  const looks: [string, Page][] = [
    ['/stay', await open({ secret: cast.asked.secret })], ['/stay', await open({ secret: cast.agreed.secret })],
    [`/coordinate/case/${cast.asked.code}`, await open({ ...DESK, session: cast.by.session })],
    [`/coordinate/placements/${cast.proposed}`, await open({ ...DESK, session: cast.by.session })],
    [`/coordinate/placements/${cast.confirmed}`, await open({ ...DESK, session: cast.by.session })],
    [`/coordinate/hosts/${cast.host.hostId}`, await open({ ...DESK, session: cast.lead.session })],
  ]
  for (const [path, page] of looks) {
    const answer = await get(page, `/ru${path}`)
    expect.soft(answer.status(), path).toBe(200)
    expectNothingOf(await answer.text(), [cast.host.address, cast.host.mail, cast.host.firstName, 'guest@example.org'], path)
  }
})

/** What the rightful person's form held of an address is not sent along: it would only come back. */
const SENT = { legal: 'on', reason: 'OTHER', address: 'улица Чужая 1', entrance: '' }

test('a form of somebody else, sent by the wrong person, changes and shows nothing', async ({ open, world }) => {
  const cast = await castOf(world)
  const as = {
    nobody: await open(), otherHost: await open({ session: cast.otherHost.session }), elsewhere: await open({ session: cast.elsewhere.session }),
    stranger: await open({ secret: cast.stranger.secret }), by: await open({ session: cast.by.session }),
  }
  const [host, by, lead] = [await open({ session: cast.host.session }), as.by, await open({ session: cast.lead.session })]
  const [asked, agreed, there] = await Promise.all([cast.asked, cast.agreed, cast.there].map(({ secret }) => open({ secret })))
  const read = (page: Page, path: string, holding: string) => readPlainForm(page, `/ru${path}`, holding)
  const room = `/host/rooms/${cast.host.roomIds[3]}`
  const home = `/host/homes/${cast.host.homeId}`
  const ofHost: PlainForm[] = [await read(host, home, 'address'), await read(host, home, 'houseRules'), await read(host, room, 'lastNight'), await read(host, room, 'inService')]
  const ofStaff: PlainForm[] = [
    await read(by, `/coordinate/case/${cast.waiting.code}`, 'arrivalId'),
    await read(by, `/coordinate/placements/${cast.proposed}`, 'legal'),
    await read(by, `/coordinate/placements/${cast.confirmed}`, 'Открыть адрес'),
    await read(by, `/coordinate/placements/${cast.arrived}`, 'until'),
    await read(by, `/coordinate/hosts/${cast.otherHost.hostId}`, 'referee'),
  ]
  const ofGuests: PlainForm[] = [await read(asked!, '/stay', 'Да, подходит'), await read(agreed!, '/stay', 'Показать адрес'),
    await read(agreed!, '/stay', 'Я на месте'), await read(there!, '/stay', 'more'), await read(there!, '/stay/leave', 'needsPlace')]
  const ofLead = await read(lead, `/coordinate/case/${cast.asked.code}`, 'Дать второе «да»')
  const attempts = [
    ...ofHost.flatMap((form) => [as.nobody, as.otherHost, as.elsewhere, as.stranger].map((page) => ({ form, page }))),
    ...ofStaff.flatMap((form) => [as.nobody, as.otherHost, as.elsewhere, as.stranger].map((page) => ({ form, page }))),
    ...ofGuests.flatMap((form) => [as.nobody, as.otherHost, as.elsewhere, as.stranger].map((page) => ({ form, page }))),
    ...[as.nobody, as.otherHost, as.elsewhere, as.stranger, as.by].map((page) => ({ form: ofLead, page })),
  ]
  const prints = () => Promise.all([cast.proposed, cast.confirmed, cast.arrived].map((id) => world.fingerprint(id)))
  const checks = () => world.rows('select id from vetting_check where host_id = $1', [cast.otherHost.hostId])
  const before = await prints()
  for (const { form, page } of attempts) {
    const answer = await postPlainForm(page, form, { ...SENT, choice: `${cast.tonight}_${cast.host.roomIds[3]}` })
    expect.soft(answer.status, `${form.path}: ${answer.alert}`).toBeLessThan(500)
    expectNothingOf(answer.html, secretsOf(cast).filter((secret) => !secret.startsWith('Барс')), `the answer to a form of ${form.path}`)
  }
  expect(await prints(), 'nothing changed').toEqual(before)
  expect(await checks(), 'no check was recorded').toEqual([])
  const { count } = await world.row('select count(*)::int from placement where arrival_id = $1', [cast.waiting.arrivalId])
  expect(count, 'nothing was proposed').toBe(0)
})

test('a lost link, a request taken back, a host\'s contact: the desk of the town alone, and only in the answer', async ({ open, world }) => {
  const cast = await castOf(world)
  // somebody to be met: with guests of another coordinator in the house there would be no button
  const toMeet = await world.host({ city: HERE, sleeps: [1], state: 'APPLIED' })
  const by = await open({ ...DESK, session: cast.by.session })
  const wrong = [await open(), await open({ session: cast.otherHost.session }), await open({ session: cast.elsewhere.session }),
    await open({ secret: cast.stranger.secret })]
  const [ofCase, ofHost] = [`/ru/coordinate/case/${cast.waiting.code}`, `/ru/coordinate/hosts/${toMeet.hostId}`]
  const heard = { heardCode: 'on' }
  const renew = { form: await readPlainForm(by, ofCase, 'heardFact'), fields: { ...heard, heardFact: 'on' } }
  const forms = [renew, { form: await readPlainForm(by, ofCase, 'Снять заявку'), fields: heard },
    { form: await readPlainForm(by, ofHost, 'Открыть связь с хозяином'), fields: {} },
    { form: await readPlainForm(by, ofHost, 'Открыть адрес'), fields: {} }]
  const now = async () => [
    await world.row('select state, token_hash, version from arrival where id = $1', [cast.waiting.arrivalId]),
    await world.rows('select id from reveal where host_id = $1', [toMeet.hostId])]
  const before = await now()
  for (const { form, fields } of forms) {
    for (const page of wrong) {
      const answer = await postPlainForm(page, form, fields)
      expect.soft(answer.status, `${form.path}: ${answer.alert}`).toBeLessThan(500)
      expectNothingOf(answer.html, [toMeet.address, toMeet.mail, toMeet.firstName, '/stay#'], `the answer to a form of ${form.path}`)
    }
  }
  expect(await now(), 'nothing changed, nothing was opened').toEqual(before)
  const [, , contact, address] = forms
  expect((await postPlainForm(by, contact!.form)).html).toContain(toMeet.mail)
  expect((await postPlainForm(by, address!.form)).html).toContain(toMeet.address)
  expectNothingOf(await (await get(by, ofHost)).text(), [toMeet.address, toMeet.mail], 'the page drawn again')
  expect((await postPlainForm(by, renew.form, { heardCode: 'on' })).alert, 'a fact of the request must be heard').not.toBe('')
  expect((await postPlainForm(by, renew.form, renew.fields)).html).toContain('/stay#')
  expectNothingOf(await (await get(await open({ secret: cast.waiting.secret }), '/ru/stay')).text(), [cast.waiting.nickname, cast.waiting.code], 'the old link')
})

test('a copied cookie opens nothing after its owner signed out', async ({ open, world }) => {
  const { by } = await castOf(world)
  const owner = await open({ ...DESK, session: by.session })
  const thief = await open({ ...DESK, session: by.session })
  await thief.goto('/ru/coordinate')
  await expect(thief).toHaveURL(/\/ru\/coordinate$/)
  await owner.goto('/ru/coordinate')
  await owner.getByRole('button', { name: 'Выйти' }).click()
  await expect(owner).not.toHaveURL(/coordinate/)
  expect(leadsTo(await get(thief, '/ru/coordinate'))).toBe('/ru/sign-in')
  await thief.reload()
  await expect(thief).toHaveURL(/\/ru\/sign-in$/)
})

const PREVIEWS = ['TelegramBot (like TwitterBot)', 'WhatsApp/2.23.20.0', 'facebookexternalhit/1.1', 'Slackbot-LinkExpanding 1.0',
  'Twitterbot/1.0', 'vkShare; +http://vk.com/dev/Share', 'Mozilla/5.0 (compatible; Googlebot/2.1)', 'SkypeUriPreview', 'Mozilla/5.0 (Linux; Android 13)']

test('looking at a mailed link, by anybody and any preview, changes nothing and tells no address, name or town', async ({ open, world }) => {
  const cast = await castOf(world)
  const nobody = await open()
  const telling = [cast.host.address, cast.host.firstName, cast.host.mail, 'guest@example.org', 'Сарыагаш']
  for (const placement of [cast.proposed, cast.confirmed, cast.arrived]) {
    const before = await world.fingerprint(placement)
    for (const side of ['HOST', 'GUEST'] as const) {
      for (const agent of PREVIEWS) {
        const path = `/ru/answer/${ticketOf(placement, side)}`
        const answer = await get(nobody, path, { 'user-agent': agent })
        expect.soft(answer.status(), `${side} ${agent}`).toBe(200)
        expectNothingOf(await answer.text(), telling, `the ${side} page of a ${placement === cast.proposed ? 'proposal' : 'stay'} for ${agent}`)
        await nobody.request.head(path, { headers: { 'user-agent': agent } })
      }
    }
    expect(await world.fingerprint(placement), 'nothing changed').toBe(before)
  }
})

// one letter of a ticket changed, cut, doubled, or taken from the other side's
function mutate(ticket: string, turn: number): string {
  const at = randomInt(ticket.length)
  const other = ticket[at] === 'A' ? 'B' : 'A'
  return [
    ticket.slice(0, at) + other + ticket.slice(at + 1), ticket.slice(0, at), ticket + ticket, ticket.toUpperCase(),
    `${ticket.slice(0, at)}%00${ticket.slice(at)}`, `${ticket}/..`, `${ticket.slice(1)}.rsc`, encodeURIComponent(`../${ticket}`),
  ][turn % 8] ?? ''
}

test('no mutated ticket opens a page', async ({ open, world }) => {
  const cast = await castOf(world)
  const nobody = await open()
  const tickets = [cast.proposed, cast.confirmed].flatMap((id) => [ticketOf(id, 'HOST'), ticketOf(id, 'GUEST')])
  const before = await Promise.all([cast.proposed, cast.confirmed].map((id) => world.fingerprint(id)))
  for (let turn = 0; turn < 200; turn += 1) {
    const path = mutate(tickets[turn % tickets.length] ?? '', turn)
    if (tickets.includes(path)) continue
    const answer = await get(nobody, `/ru/answer/${path}`)
    expect.soft(answer.status(), path).toBeLessThan(500)
    // with this ending Next sends the same "no such page" as data for its router, and calls that 200
    if (!path.endsWith('.rsc')) expect.soft(answer.status(), path).toBeGreaterThanOrEqual(300)
    expectNothingOf(await answer.text(), secretsOf(cast), path)
  }
  expect(await Promise.all([cast.proposed, cast.confirmed].map((id) => world.fingerprint(id)))).toEqual(before)
})

test('a mailed link opens the address of an agreed stay to a press, and nobody’s contact', async ({ open, world }) => {
  const cast = await castOf(world)
  const [nobody, host] = [await open(), await open({ session: cast.host.session })]
  const form = await readPlainForm(nobody, `/ru/answer/${ticketOf(cast.confirmed, 'GUEST')}`, 'Показать адрес')
  const reveals = () => world.rows('select field, to_side from reveal where placement_id in ($1, $2)', [cast.proposed, cast.confirmed])
  for (const ticket of [ticketOf(cast.proposed, 'GUEST'), ticketOf(cast.confirmed, 'HOST'), cast.confirmed]) {
    const answer = await postPlainForm(nobody, form, { _ticket: ticket })
    expectNothingOf(answer.html, [cast.host.address, cast.host.firstName, cast.host.mail], ticket)
  }
  expect(await reveals(), 'nothing was opened').toEqual([])
  const opened = await postPlainForm(nobody, form, {})
  expect(opened.html).toContain(cast.host.address)
  expectNothingOf(opened.html, [cast.host.mail, 'guest@example.org'], 'the guest’s mailed page')
  expect(await reveals()).toEqual([{ field: 'ADDRESS', to_side: 'GUEST' }])
  const hostPage = `/ru/answer/${ticketOf(cast.confirmed, 'HOST')}`
  expect(await (await get(nobody, hostPage)).text()).not.toContain('Показать контакт')
  expect((await postPlainForm(host, await readPlainForm(host, hostPage, 'Показать контакт'), {})).html).toContain('guest@example.org')
})

test('an answer signed for one side or stay cannot be given for another', async ({ open, world }) => {
  const cast = await castOf(world)
  const nobody = await open()
  const form = await readPlainForm(nobody, `/ru/answer/${ticketOf(cast.proposed, 'HOST')}`, 'Приму')
  const before = await Promise.all([cast.proposed, cast.confirmed].map((id) => world.fingerprint(id)))
  const wrong = [ticketOf(cast.proposed, 'GUEST'), ticketOf(cast.confirmed, 'HOST'), `${ticketOf(cast.proposed, 'HOST').slice(0, -1)}_`, '', cast.proposed]
  for (const ticket of wrong) {
    const answer = await postPlainForm(nobody, form, { _ticket: ticket, legal: 'on' })
    expect.soft(answer.status, ticket).toBeLessThan(500)
  }
  expect(await Promise.all([cast.proposed, cast.confirmed].map((id) => world.fingerprint(id)))).toEqual(before)
})
