import type { Page } from '@playwright/test'
import { DESK, expect, test } from '../setup/browser'
import { crowdTown, roundTown } from '../setup/round-town'

// Two towns of these tests alone.
const [STORY, CROWD] = ['ridder', 'balkhash']
const LONG = 120_000

const startRound = async (page: Page) => {
  await page.goto('/ru/coordinate/rounds')
  await page.getByRole('button', { name: 'Подобрать места' }).click()
  await expect(page).toHaveURL(/\/coordinate\/rounds\/[0-9a-f-]{36}$/)
}
const done = (page: Page) => expect(page.getByText('Проверено', { exact: true })).toBeVisible({ timeout: 60_000 })
const part = (page: Page, name: string | RegExp) => page.getByRole('region', { name })

test('colleagues, a writer’s family, sixty nights from three hosts and a hall: matched at once, approved, held; who was overtaken is named', async ({ open, world }) => {
  test.setTimeout(LONG)
  const town = await roundTown(world, STORY)
  const by = await world.staff('COORDINATOR', 'Айгуль', [STORY])
  const rival = await world.staff('COORDINATOR', 'Бауыржан', [STORY])
  const page = await open({ ...DESK, session: by.session })
  await page.goto('/ru/coordinate')
  await page.getByRole('navigation').getByRole('link', { name: 'Подобрать для всех' }).click()
  await startRound(page)
  await done(page)

  await expect(part(page, /^Группы/)).toContainText('16 человек')
  await expect(part(page, /^Переезд между хозяевами/)).toContainText('2 переезда')
  await expect(part(page, /^Переезд между хозяевами/)).toContainText(town.family.nickname)
  const singles = part(page, /^Одна комната на все ночи/)
  await expect(singles).toContainText('оставлено мест для тех, кто приедет: 2')
  await expect(singles).toContainText('общий зал')
  await expect(page.getByText(town.left.nickname)).toBeVisible()
  await singles.getByRole('link', { name: `${town.writer.code}: почему это место` }).click()
  await expect(singles.getByText('Причины посчитаны заново')).toBeVisible()
  await expect(singles.getByText('мест хватает')).toBeVisible()
  expect(await world.rows('select 1 from hold where arrival_id = $1', [town.writer.arrivalId]), 'nothing is promised yet').toEqual([])

  const [stolen] = await world.rows(
    `select leg ->> 'roomId' as room from suggestion, jsonb_array_elements(legs) leg where arrival_id = $1 order by claimed_at limit 1`, [town.walkers[0]!.arrivalId])
  const faster = await world.guest({ city: STORY, nights: 3 })
  await world.propose(rival.userId, faster.arrivalId, String(stolen!['room']))
  await page.getByRole('button', { name: /^Одобрить все/ }).click()
  await expect(page.getByText('Одно место заняли раньше')).toBeVisible()
  await expect(page.getByText(`${town.walkers[0]!.code} ${town.walkers[0]!.nickname}: комнату`)).toContainText('занял(а) Бауыржан')
  await expect(page.getByText(/^Обещано \d+ мест/)).toBeVisible()

  const held = await world.rows('select arrival_id, plan_id from hold where arrival_id = any ($1)', [town.colleagues.map(({ arrivalId }) => arrivalId)])
  expect(held).toHaveLength(town.colleagues.length)
  expect(new Set(held.map(({ plan_id: plan }) => plan)).size, 'one plan for the whole group').toBe(1)
  expect(await world.rows('select 1 from hold where arrival_id = $1', [town.family.arrivalId])).toHaveLength(3)
  expect(await world.rows('select 1 from hold where arrival_id = $1', [town.writer.arrivalId])).toHaveLength(1)

  await page.getByRole('button', { name: 'Подобрать снова только для них' }).click()
  await expect(page.getByText('Повторный подбор')).toBeVisible()
  await done(page)
  await expect(part(page, /^Одна комната на все ночи/)).toContainText(town.walkers[0]!.nickname)
  await page.getByRole('button', { name: `${town.walkers[0]!.code}: одобрить` }).click()
  await expect(page.getByText('Обещано 1 место.')).toBeVisible()
  const again = await world.rows('select room_id from hold where arrival_id = $1', [town.walkers[0]!.arrivalId])
  expect(again).toHaveLength(1)
  expect(again[0]!['room_id']).not.toBe(stolen!['room'])
})

test('a long round: progress in words and people so far, leaving is fine, a second of the town is refused, a stop keeps what is found', async ({ open, world }) => {
  test.setTimeout(LONG)
  await crowdTown(world, CROWD, { waiting: 6_000, rooms: 3_000 })
  const by = await world.staff('COORDINATOR', 'Айгуль', [CROWD])
  const rival = await world.staff('COORDINATOR', 'Бауыржан', [CROWD])
  const page = await open({ ...DESK, session: by.session })
  await startRound(page)
  const address = page.url()
  await expect(page.getByRole('progressbar')).toBeVisible()
  await expect(page.getByText(/Проверяем, кому какие комнаты подходят|Составляем план/)).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText(/Места нашлись уже для/)).toBeVisible()
  await expect(page.getByText(/Прошло \d+ секунд/)).toBeVisible()

  const other = await open({ ...DESK, session: rival.session })
  await other.goto('/ru/coordinate/rounds')
  await other.getByRole('button', { name: 'Подобрать места' }).click()
  await expect(other.getByRole('main').getByRole('alert')).toContainText('подбор уже идёт: начал(а) Айгуль')

  await page.goto('/ru/coordinate')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto(address)
  await page.getByRole('button', { name: 'Остановить и оставить найденное' }).click()
  const asked = performance.now()
  await expect(page.getByText('Подбор остановили раньше конца')).toBeVisible({ timeout: 15_000 })
  const { took } = await world.row(`select extract(epoch from finished_at - stop_asked_at)::float8 as took from round
    where city_ids = array[$1] order by queued_at desc limit 1`, [CROWD])
  expect(took, `stopped within two seconds (seen after ${String(Math.round(performance.now() - asked))} ms)`).toBeLessThan(2)

  await page.getByRole('link', { name: 'Начать новый подбор' }).click()
  await startRound(page)
  await done(page)
  await expect(page.getByRole('button', { name: /^Одобрить все: \d+/ })).toBeVisible()
  await expect(page.getByRole('link', { name: /^Показать все/ }).first()).toBeVisible()
})

test('without scripts: start, read the page anew, approve what is ticked', async ({ open, world }) => {
  const city = 'semey'
  await world.host({ city, sleeps: [1, 1] })
  const guests = [await world.guest({ city }), await world.guest({ city })]
  const { session } = await world.staff('COORDINATOR', 'Айгуль', [city])
  const page = await open({ session, scripts: false })
  await startRound(page)
  await done(page)
  await page.getByRole('checkbox', { name: `${guests[1]!.code} ${guests[1]!.nickname}: отметить` }).check()
  await page.getByRole('button', { name: 'Одобрить отмеченные' }).click()
  await expect(page.getByText('Обещано 1 место.')).toBeVisible()
  expect(await world.rows('select arrival_id from hold where arrival_id = any ($1)', [guests.map(({ arrivalId }) => arrivalId)]))
    .toEqual([{ arrival_id: guests[1]!.arrivalId }])
})
