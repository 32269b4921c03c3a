import type { Page } from '@playwright/test'
import { DESK, expect, test } from '../setup/browser'

// Two towns of these tests alone: the last room there is the last room.
const [LAST_ROOM, FAMILY] = ['zharkent', 'arys']

const openCase = async (page: Page, code: string) => {
  await page.goto(`/ru/coordinate/case/${code}`)
  await expect(page.getByRole('heading', { name: 'Подходящие комнаты' })).toBeVisible()
}
const rooms = (page: Page) => page.getByRole('region', { name: 'Подходящие комнаты' })
const proposeButtons = (page: Page) => rooms(page).getByRole('button', { name: /предложить/i })

test('two coordinators approve the last double room at the same moment: one has it, the other is told by whom and sees what is left', async ({ open, world }) => {
  const double = await world.host({ city: LAST_ROOM, sleeps: [2] })
  const left = await world.host({ city: LAST_ROOM, sleeps: [4] })
  const people = [await world.staff('COORDINATOR', 'Айгуль', [LAST_ROOM]), await world.staff('COORDINATOR', 'Бауыржан', [LAST_ROOM])]
  const guests = [await world.guest({ city: LAST_ROOM, adults: 2 }), await world.guest({ city: LAST_ROOM, adults: 2 })]
  const pages = await Promise.all(people.map(({ session }) => open({ ...DESK, session })))
  for (const [index, page] of pages.entries()) await openCase(page, guests[index]!.code)

  const wanted = pages.map((page) => rooms(page).locator(`button[name=choice][value$="${double.roomIds[0]}"]`))
  await Promise.all(wanted.map((button) => button.click()))
  const told = pages.map((page) => page.getByRole('main').getByRole('alert'))
  await expect.poll(async () => (await Promise.all(told.map((alert) => alert.count()))).reduce((sum, count) => sum + count, 0)).toBe(1)
  const loser = (await told[0]!.count()) === 1 ? 0 : 1
  const winner = people[1 - loser]!
  await expect(told[loser]!).toContainText(`Место уже занято: ${winner.name}`)
  await expect(pages[1 - loser]!.getByText(/Держим до/).first()).toBeVisible()

  await expect(wanted[loser]!, 'what is taken is gone from the list').toHaveCount(0)
  const still = rooms(pages[loser]!).locator(`button[name=choice][value$="${left.roomIds[0]}"]`)
  await expect(still, 'what is still free is offered').toBeVisible()
  const holds = await world.rows('select arrival_id from hold where room_id = $1', [double.roomIds[0]])
  expect(holds).toEqual([{ arrival_id: guests[1 - loser]!.arrivalId }])
  await still.click()
  await expect(pages[loser]!.getByText(/Держим до/).first()).toBeVisible()
})

test('a family of five gets two rooms of one home in one plan: one approval, one answer of the host, one yes', async ({ open, world }) => {
  const home = await world.host({ city: FAMILY, sleeps: [2, 3], kind: 'HOUSE' })
  const [by, lead] = [await world.staff('COORDINATOR', 'Айгуль', [FAMILY]), await world.staff('LEAD', 'Марат', [FAMILY])]
  const family = await world.guest({ city: FAMILY, adults: 2, childrenAges: [4, 8, 12] })
  const coordinator = await open({ ...DESK, session: by.session })
  await openCase(coordinator, family.code)
  await expect(coordinator.getByRole('heading', { name: 'Одной комнаты не хватает: несколько комнат одного дома' })).toBeVisible()
  await expect(rooms(coordinator).getByText('Каждый ребёнок в комнате со своим взрослым.', { exact: false }).first()).toBeVisible()
  await proposeButtons(coordinator).first().click()
  await expect(coordinator.getByRole('heading', { name: 'Несколько комнат одного дома', exact: true })).toBeVisible()

  const legs = await world.rows(
    `select p.plan_id, p.home_id, p.room_id, p.adults, cardinality(p.children_ages) as children from placement p
     where p.arrival_id = $1 order by p.room_id`, [family.arrivalId])
  expect(new Set(legs.map(({ plan_id: plan }) => plan)).size).toBe(1)
  expect(legs.map(({ room_id: room }) => room).sort()).toEqual([...home.roomIds].sort())
  expect(legs.every(({ adults }) => adults >= 1), 'no child without an adult').toBe(true)
  expect(legs.reduce((sum, { adults, children }) => sum + Number(adults) + Number(children), 0)).toBe(5)

  const leader = await open({ ...DESK, session: lead.session })
  await leader.goto(`/ru/coordinate/case/${family.code}`)
  await leader.getByRole('button', { name: 'Дать второе «да»' }).first().click()
  const host = await open({ session: home.session })
  await host.goto('/ru/host')
  await host.getByRole('link', { name: 'Ответить' }).first().tap()
  await host.getByRole('checkbox', { name: 'Прочитал(а), что нужно сообщить о госте' }).tap()
  await host.getByRole('button', { name: 'Приму' }).tap()
  await expect(host.getByText('Спасибо, ваше «да» записано').first()).toBeVisible()
  const second = leader.getByRole('button', { name: 'Дать второе «да»' })
  if (await second.count() > 0) await second.first().click()

  const newcomer = await open({ secret: family.secret })
  await newcomer.goto('/ru/stay')
  await expect(newcomer.getByText('2 комнаты в одном плане')).toBeVisible()
  await newcomer.getByRole('checkbox', { name: 'Я прочитал(а), что хозяин должен сообщить о гостях' }).tap()
  await newcomer.getByRole('button', { name: 'Да, подходит' }).tap()
  await expect(newcomer.getByRole('heading', { level: 1, name: 'Место ваше' })).toBeVisible()
  const states = await world.rows('select distinct state from placement where arrival_id = $1', [family.arrivalId])
  expect(states).toEqual([{ state: 'CONFIRMED' }])
})
