import type { Page } from '@playwright/test'
import { DESK, expect, test, type OpenPhone } from '../setup/browser'
import { newMail, type BrowserWorld, type StaffPerson } from '../setup/browser-world'
import { newHand } from '../setup/hand'
import { waitForMail } from '../setup/mailbox'

test.describe.configure({ mode: 'parallel' })

// Towns without demo people: what is free there is what the test brought.
const TOWNS = {
  scripted: { id: 'taraz', name: 'Тараз' },
  plain: { id: 'turkistan', name: 'Туркестан' },
}
type Town = (typeof TOWNS)[keyof typeof TOWNS]

const STREET = 'улица Абая 12, квартира 34'
const ENTRANCE = 'Второй подъезд, домофон 34'

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).tap()
const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

/** The page as it lies in the browser must not hold the address. */
async function expectNoAddress(page: Page): Promise<void> {
  const html = await page.content()
  for (const secret of ['Абая', 'домофон', 'Айнур']) expect(html).not.toContain(secret)
}

/** From the poster's address to "we have your request". */
async function askFromPoster(page: Page, town: Town) {
  const hand = newHand()
  await page.goto(`/ru/${town.id}?t=1`)
  await hand.tap(page.getByRole('link', { name: /Нужно место на ночь/ }))
  for (const name of ['Где и когда', 'Сколько вас', 'Как с вами связаться']) {
    await heading(page, name)
    await hand.tap(page.getByRole('button', { name: 'Дальше' }))
  }
  await heading(page, 'Проверьте и отправьте')
  await hand.tap(page.getByRole('button', { name: 'Отправить' }))
  await heading(page, 'Ищем место')
  return hand.count()
}

/** From the start page to a listed home. */
async function offerHome(page: Page, { mail, town }: { mail: string; town: Town }) {
  const hand = newHand()
  const next = () => hand.tap(page.getByRole('button', { name: 'Дальше' }))
  await page.goto('/ru')
  await hand.tap(page.getByRole('link', { name: /Могу принять у себя/ }))
  await hand.tap(page.getByRole('radio', { name: /Отдельная квартира/ }))
  await next()
  await hand.tap(page.getByRole('radio', { name: 'Другой город' }))
  await hand.choose(page.getByLabel('Какой', { exact: true }), town.name)
  await next()
  await heading(page, 'С какой ночи?')
  await next()
  await heading(page, 'Кто живёт дома и кому рады?')
  await next()
  await heading(page, 'Как к вам обращаться?')
  await hand.type(page.getByLabel('Имя'), 'Айнур')
  await hand.type(page.getByLabel('Почта'), mail)
  await next()
  await hand.tap(page.getByRole('checkbox', { name: 'Прочитал(а), что нужно сообщить о госте' }))
  await hand.tap(page.getByRole('checkbox', { name: 'Принимаю эти правила' }))
  await hand.tap(page.getByRole('button', { name: 'Предложить' }))
  await heading(page, 'Введите код из письма')
  const { text } = await waitForMail({ to: mail, matching: /\d{6}/ })
  await hand.type(page.getByLabel('Код', { exact: true }), /\d{6}/.exec(text)?.[0] ?? '')
  await hand.tap(page.getByRole('button', { name: 'Продолжить' }))
  await heading(page, 'Здравствуйте, Айнур')
  return hand.count()
}

async function recordReference(page: Page, referee: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Записать рекомендацию' })
  await form.getByLabel('Кто рекомендует').fill(referee)
  await form.getByRole('checkbox', { name: /Это не родственник/ }).check()
  await form.getByRole('button', { name: 'Записать рекомендацию' }).click()
  await expect(page.getByText(`Рекомендует: ${referee}`)).toBeVisible()
}

/** A visit and two references, recorded by two people. */
async function vetHost(coordinator: Page, lead: Page): Promise<void> {
  await coordinator.goto('/ru/coordinate/hosts')
  await coordinator.getByRole('listitem').filter({ hasText: 'ждёт визита' }).getByRole('link').first().click()
  await heading(coordinator, /./)
  const visit = coordinator.getByRole('form', { name: 'Записать визит' })
  await visit.getByRole('checkbox', { name: /Я видел\(а\) комнаты/ }).check()
  await visit.getByRole('button', { name: 'Записать визит' }).click()
  await expect(coordinator.getByText('Визит есть')).toBeVisible()
  await recordReference(coordinator, 'Айша, соседка')
  await expect(coordinator.getByText('Рекомендации: 1 из 2')).toBeVisible()
  await lead.goto(coordinator.url())
  await recordReference(lead, 'Серик, коллега')
  await expect(lead.getByText('Рекомендации: 2 из 2')).toBeVisible()
  await expect(lead.getByText(/Проверка полная до/)).toBeVisible()
}

async function proposeRoom(coordinator: Page, code: string): Promise<void> {
  await coordinator.goto('/ru/coordinate')
  await coordinator.getByRole('link', { name: new RegExp(code) }).and(coordinator.locator(':visible')).click()
  await expect(coordinator.getByRole('heading', { name: 'Подходящие комнаты' })).toBeVisible()
  await coordinator.getByRole('button', { name: /предложить/i }).first().click()
  await expect(coordinator.getByText(/Держим до/).first()).toBeVisible()
}

async function giveSecondYes(lead: Page, code: string): Promise<void> {
  await lead.goto(`/ru/coordinate/case/${code}`)
  await lead.getByRole('button', { name: 'Дать второе «да»' }).click()
  await expect(lead.getByText(/Старший смены/).first()).toBeVisible()
  await expect(lead.getByRole('button', { name: 'Дать второе «да»' })).toBeHidden()
}

const linkIn = (text: string) => new URL(/https?:\/\/\S+\/answer\/\S+/.exec(text)?.[0] ?? '').pathname

/** The host's yes from the mailed page: two taps besides the address that is asked for the first guest. */
async function answerAsHost(host: Page, mail: string): Promise<void> {
  const { text } = await waitForMail({ to: mail, matching: /\/answer\// })
  await host.goto(linkIn(text))
  await heading(host, 'Примете этих гостей?')
  await host.getByLabel('Адрес').fill(STREET)
  await host.getByLabel('Как войти').fill(ENTRANCE)
  const hand = newHand()
  await hand.tap(host.getByRole('checkbox', { name: 'Прочитал(а), что нужно сообщить о госте' }))
  await hand.tap(host.getByRole('button', { name: 'Приму' }))
  await expect(host.getByText('Спасибо, ваше «да» записано').first()).toBeVisible()
  expect(hand.count().taps).toBeLessThanOrEqual(2)
}

async function agreeToStayLonger(host: Page, mail: string): Promise<void> {
  const { text } = await waitForMail({ to: mail, matching: /остаться[\s\S]*\/answer\// })
  await host.goto(linkIn(text))
  await expect(host.getByRole('heading', { name: 'Гости просят остаться' })).toBeVisible()
  await press(host, 'Могут остаться')
  await expect(host.getByRole('heading', { name: 'Гости просят остаться' })).toBeHidden()
}

interface Cast {
  newcomer: Page
  host: Page
  coordinator: Page
  lead: Page
  town: Town
  world: BrowserWorld
}

async function castOf(open: OpenPhone, world: BrowserWorld, { scripts, town }: { scripts: boolean; town: Town }): Promise<Cast> {
  const people: StaffPerson[] = [
    await world.staff('COORDINATOR', 'Айгуль', [town.id]), await world.staff('LEAD', 'Марат', [town.id]),
  ]
  const [coordinator, lead] = await Promise.all(people.map(({ session }) => open({ ...DESK, session })))
  return { newcomer: await open({ scripts }), host: await open({ scripts }), coordinator: coordinator!, lead: lead!, town, world }
}

async function saySoAndSeeAddress({ newcomer, world }: Cast, code: string): Promise<void> {
  await newcomer.reload()
  await heading(newcomer, 'Нашлось место. Подходит?')
  await expectNoAddress(newcomer)
  await newcomer.getByRole('checkbox', { name: 'Я прочитал(а), что хозяин должен сообщить о гостях' }).tap()
  await press(newcomer, 'Да, подходит')
  await heading(newcomer, 'Место ваше')
  await expectNoAddress(newcomer)
  await press(newcomer, 'Показать адрес')
  await expect(newcomer.getByText(STREET, { exact: true })).toBeVisible()
  await expect(newcomer.getByText(ENTRANCE)).toBeVisible()
  await expect(newcomer.getByText('Хозяина зовут Айнур')).toBeVisible()
  const reveals = await world.rows(
    `select r.field from reveal r join placement p on p.id = r.placement_id join arrival a on a.id = p.arrival_id
     where a.code = $1 and r.to_side = 'GUEST' and r.at > p.confirmed_at`, [code])
  expect(reveals, 'the opening is recorded').not.toHaveLength(0)
}

async function stayAndLeave({ newcomer, host }: Cast, mail: string): Promise<void> {
  await newcomer.goto('/ru/stay')
  await press(newcomer, 'Я на месте')
  await heading(newcomer, 'Вы на месте')
  await newcomer.getByText('Остаться дольше').tap()
  await press(newcomer, 'Спросить хозяина')
  await expect(newcomer.getByText(/Спросили хозяина, можно ли до/)).toBeVisible()
  await agreeToStayLonger(host, mail)
  await newcomer.goto('/ru/stay')
  await expect(newcomer.getByText(/Хозяин согласился: можно до/)).toBeVisible()
  await newcomer.getByRole('link', { name: 'Уехать раньше' }).tap()
  await press(newcomer, 'Мы уезжаем')
  await heading(newcomer, 'Спасибо, что были с нами')
}

async function deleteEverything({ newcomer, world }: Cast, code: string): Promise<void> {
  const { id } = await world.row('select id from arrival where code = $1', [code])
  await newcomer.getByRole('link', { name: 'Удалить всё обо мне' }).tap()
  await press(newcomer, 'Удалить')
  await heading(newcomer, 'Всё удалено')
  const left = await world.row('select code, token_hash, contact_sealed, note_sealed, erased_at from arrival where id = $1', [id])
  expect(left).toMatchObject({ token_hash: null, contact_sealed: null, note_sealed: null })
  expect(left['code'], 'the spoken code opens nothing any more').not.toBe(code)
  expect(left['erased_at']).not.toBeNull()
  await newcomer.goto('/ru/stay')
  await heading(newcomer, 'Откройте свою страницу')
}

async function wholeJob(cast: Cast): Promise<void> {
  const { newcomer, host, coordinator, lead, town } = cast
  const mail = newMail('host')
  const code = await test.step('the newcomer asks: five taps, nothing typed', async () => {
    expect(await askFromPoster(newcomer, town)).toEqual({ taps: 5, fields: 0 })
    const spoken = await newcomer.getByText(/^[0-9A-Z]{2}-[0-9A-Z]{3}$/).textContent()
    return spoken ?? ''
  })
  await test.step('a host offers a home: at most 16 taps and three fields, the mailed code included', async () => {
    const { taps, fields } = await offerHome(host, { mail, town })
    expect(taps).toBeLessThanOrEqual(16)
    expect(fields).toBeLessThanOrEqual(3)
  })
  await test.step('the coordinator vets the host', () => vetHost(coordinator, lead))
  await test.step('and proposes the room', () => proposeRoom(coordinator, code))
  await test.step('the lead gives the second yes a first placement needs', () => giveSecondYes(lead, code))
  await test.step('the host says yes from the mailed page', () => answerAsHost(host, mail))
  await test.step('the newcomer says yes; only now, and behind a button, the address', () => saySoAndSeeAddress(cast, code))
  await test.step('arrival, a longer stay, departure', () => stayAndLeave(cast, mail))
  await test.step('everything about the newcomer is deleted', () => deleteEverything(cast, code))
}

test('from the poster to a door that opens, and everything about it deleted', async ({ open, world }) => {
  await wholeJob(await castOf(open, world, { scripts: true, town: TOWNS.scripted }))
})

test('the same for a newcomer and a host whose browsers run no scripts', async ({ open, world }) => {
  await wholeJob(await castOf(open, world, { scripts: false, town: TOWNS.plain }))
})
