import { newHand } from '../setup/hand'
import { waitForMail } from '../setup/mailbox'
import { newMail, STAY_COOKIE } from '../setup/browser-world'
import { expect, test } from '../setup/browser'
import type { Page } from '@playwright/test'

// A town without demo people: what is free here is what this test brought.
const TOWN = { id: 'taraz', name: 'Тараз' }

/** From the poster's address to "we have your request". */
async function askFromPoster(page: Page) {
  const hand = newHand()
  await page.goto(`/ru/${TOWN.id}?t=1`)
  await hand.tap(page.getByRole('link', { name: /Нужно место на ночь/ }))
  for (const heading of ['Где и когда', 'Кто вы', 'Как с вами связаться']) {
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await hand.tap(page.getByRole('button', { name: 'Дальше' }))
  }
  await hand.tap(page.getByRole('button', { name: 'Отправить' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Ищем место' })).toBeVisible()
  return hand.count()
}

/** From the start page to a listed home. */
async function offerHome(page: Page, { mail, firstName }: { mail: string; firstName: string }) {
  const hand = newHand()
  const next = () => hand.tap(page.getByRole('button', { name: 'Дальше' }))
  await page.goto('/ru')
  await hand.tap(page.getByRole('link', { name: /Могу принять у себя/ }))
  await hand.tap(page.getByRole('radio', { name: /Отдельная квартира/ }))
  await next()
  await hand.tap(page.getByRole('radio', { name: 'Другой город' }))
  await hand.choose(page.getByLabel('Какой'), TOWN.name)
  await next()
  await expect(page.getByRole('heading', { name: 'С какой ночи?' })).toBeVisible()
  await next()
  await expect(page.getByRole('heading', { name: 'Кто живёт дома и кому рады?' })).toBeVisible()
  await next()
  await hand.type(page.getByLabel('Имя'), firstName)
  await hand.type(page.getByLabel('Почта'), mail)
  await next()
  await hand.tap(page.getByRole('checkbox', { name: 'Прочитал(а), что нужно сообщить о госте' }))
  await hand.tap(page.getByRole('checkbox', { name: 'Принимаю эти правила' }))
  const asked = Date.now()
  await hand.tap(page.getByRole('button', { name: 'Предложить' }))
  await expect(page.getByRole('heading', { level: 1, name: 'Введите код из письма' })).toBeVisible()
  const { text } = await waitForMail({ to: mail, after: asked - 1_000, matching: /\d{6}/ })
  await hand.type(page.getByLabel('Код'), /\d{6}/.exec(text)?.[0] ?? '')
  await hand.tap(page.getByRole('button', { name: 'Продолжить' }))
  await expect(page.getByRole('heading', { level: 1, name: `Здравствуйте, ${firstName}` })).toBeVisible()
  return hand.count()
}

test('from the poster to a door that opens, and everything about it deleted', async ({ open, world }) => {
  const newcomer = await open()
  const host = await open()
  const mail = newMail('host')

  await test.step('the newcomer asks: five taps, nothing typed', async () => {
    expect(await askFromPoster(newcomer)).toEqual({ taps: 5, fields: 0 })
  })
  await test.step('a host offers a home: at most 16 taps and three fields, the mailed code included', async () => {
    const { taps, fields } = await offerHome(host, { mail, firstName: 'Айнур' })
    expect(taps).toBeLessThanOrEqual(16)
    expect(fields).toBeLessThanOrEqual(3)
  })
})
