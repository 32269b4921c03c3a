import type { Page } from '@playwright/test'
import { DESK, expect, test } from '../setup/browser'
import type { BrowserWorld, GuestPerson } from '../setup/browser-world'

test.describe.configure({ mode: 'parallel', timeout: 120_000 })

// Towns of these tests alone: the only room there is the only room.
const TOWNS = { adopted: 'saryagash', plain: 'shalkar', wrong: 'karatau' }

/** A family and somebody alone who has asked a day earlier; for a week back one room that had three nights for one of them. */
async function pastWeek(world: BrowserWorld, city: string): Promise<{ family: GuestPerson; alone: GuestPerson }> {
  const { roomIds: [roomId] } = await world.host({ city, sleeps: [2] })
  await world.rows(`update opening set from_date = city_today($2) - 3, until_date = city_today($2) where room_id = $1`, [roomId, city])
  await world.rows(`update room set created_at = now() - interval '20 days' where id = $1`, [roomId])
  const family = await world.guest({ city, adults: 1, childrenAges: [4] })
  const alone = await world.guest({ city, adults: 1 })
  for (const [{ arrivalId }, days] of [[family, 5], [alone, 6]] as const) {
    await world.rows(
      `update arrival set created_at = now() - make_interval(days => $3), waiting_since = now() - make_interval(days => $3),
         from_date = city_today($2) - 6, until_date = city_today($2) - 3 where id = $1`, [arrivalId, city, days])
  }
  return { family, alone }
}

const form = (page: Page) => page.getByRole('form', { name: 'Новые веса' })
const heading = (page: Page, name: string | RegExp) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible()

async function draftWithoutFamilies(page: Page, city: string, name: string): Promise<void> {
  await page.goto(`/ru/admin/policy?city=${city}`)
  await expect(page.getByText('Сейчас действует: версия 1, «обычные правила»')).toBeVisible()
  await form(page).getByLabel('Название').fill(name)
  await form(page).getByLabel('Дети или болезнь').fill('0')
  await form(page).getByLabel('Сколько человек').fill('0')
  await form(page).getByRole('button', { name: 'Показать, что изменится' }).click()
  await heading(page, `Черновик «${name}»`)
}

const figure = (page: Page, name: string) => page.getByRole('region', { name: 'Итог', exact: true }).getByRole('row', { name })
const cells = (page: Page, name: string) => figure(page, name).getByRole('cell').allTextContents()

test('a lead sees whom other weights would have left outside before adopting them, adopts them, and the queue follows', async ({ open, world }) => {
  const city = TOWNS.adopted
  const { family, alone } = await pastWeek(world, city)
  const { session } = await world.staff('LEAD', 'Марат', [city])
  const page = await open({ ...DESK, session })
  await draftWithoutFamilies(page, city, 'Кто дольше ждёт')

  await expect(page.getByText('было 800, будет 0')).toBeVisible()
  const order = page.getByRole('region', { name: 'Кто первый в очереди' }).getByRole('rowheader')
  await expect(order).toHaveText([`${alone.code} · ${alone.nickname}↑ выше на 1`, `${family.code} · ${family.nickname}↓ ниже на 1`])
  await expect(page.getByRole('button', { name: 'Принять новые веса' }), 'nothing is adopted before it was rehearsed').toHaveCount(0)
  expect(await world.rows('select 1 from policy where city_id = $1', [city])).toEqual([])

  await page.getByRole('button', { name: 'Проиграть последние 7 дней' }).click()
  await expect(page.getByText('На 1 человека меньше под крышей.')).toBeVisible({ timeout: 30_000 })
  expect(await cells(page, 'Устроено людей')).toEqual(['2', '1 (−1)'])
  expect(await cells(page, 'Ночей под крышей')).toEqual(['6', '3 (−3)'])
  const byKind = page.getByRole('region', { name: 'По гостям' })
  await expect(byKind.getByRole('row', { name: /с детьми/ }), 'few are not told apart').toContainText('меньше 5 заявок')
  const before = await world.row('select md5(string_agg(a::text, $1)) as print from arrival a where city_ids[1] = $2', [' ', city])

  await page.getByRole('button', { name: 'Принять новые веса' }).click()
  await expect(page.getByText('Сейчас действует: версия 2, «Кто дольше ждёт»')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Версии' }).getByRole('row', { name: /^2/ })).toContainText('Марат')
  expect(await world.row('select md5(string_agg(a::text, $1)) as print from arrival a where city_ids[1] = $2', [' ', city])).toEqual(before)

  await page.goto('/ru/coordinate')
  await expect(page.getByRole('region', { name: 'Очередь, самые срочные сверху' })).toHaveText(new RegExp(`${alone.code}.*${family.code}`, 's'))
  await page.goto(`/ru/coordinate/case/${family.code}`)
  await expect(page.getByText(/баллов срочности/).first()).toContainText('1610 из 2320')
})

test('all of it works without a script: weights, days played again, adopting, and the way back', async ({ open, world }) => {
  const city = TOWNS.plain
  await pastWeek(world, city)
  const { session } = await world.staff('LEAD', 'Марат', [city])
  const page = await open({ ...DESK, session, scripts: false })
  await draftWithoutFamilies(page, city, 'Без семей')
  await page.getByRole('button', { name: 'Проиграть последние 30 дней' }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('На 1 человека меньше под крышей.')).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Принять новые веса' }).click()
  await expect(page.getByText('Сейчас действует: версия 2, «Без семей»')).toBeVisible()
  await page.getByRole('button', { name: 'Вернуть версию 1' }).click()
  await expect(page.getByText('Сейчас действует: версия 3, «обычные правила»')).toBeVisible()
  await expect(page.getByText('(снова версия 1)')).toBeVisible()
  expect(await world.rows('select version, returned_to from policy where city_id = $1 order by version', [city]))
    .toEqual([{ version: 2, returned_to: null }, { version: 3, returned_to: 1 }])
})

test('nonsense is told at its field, kept as typed, and nothing is written; a coordinator has no door here', async ({ open, world }) => {
  const city = TOWNS.wrong
  const { session } = await world.staff('LEAD', 'Марат', [city])
  const page = await open({ ...DESK, session })
  await page.goto('/ru/admin/policy')
  await form(page).getByLabel('Название').fill('Чепуха')
  await form(page).getByLabel('Тихо').fill('101')
  await form(page).getByLabel('Сколько ждут').fill('-5')
  await form(page).getByRole('button', { name: 'Показать, что изменится' }).click()
  await expect(page.getByText('Введите целое число от 0 до 100.').first()).toBeVisible()
  await expect(page.getByText('Введите целое число от 0 до 10000.').first()).toBeVisible()
  await expect(form(page).getByLabel('Тихо')).toHaveValue('101')
  expect(await world.rows('select 1 from policy_draft where city_id = $1', [city])).toEqual([])

  const coordinator = await world.staff('COORDINATOR', 'Айгуль', [city])
  const other = await open({ ...DESK, session: coordinator.session })
  const answer = await other.goto('/ru/admin/policy')
  expect(answer?.status()).toBe(403)
  await other.goto('/ru/coordinate')
  await expect(other.getByRole('link', { name: 'Правила' })).toHaveCount(0)
})
