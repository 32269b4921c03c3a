import { expect, test } from '../setup/browser'

test.describe.configure({ mode: 'parallel' })

const TOWN = 'saryagash'

for (const scripts of [true, false]) {
  test(`a borrowed phone forgets a newcomer at one press${scripts ? '' : ', also without scripts'}`, async ({ open, world }) => {
    const guest = await world.guest({ city: TOWN })
    const phone = await open({ scripts, secret: guest.secret })
    await phone.goto('/ru/stay')
    await expect(phone.getByText(guest.code, { exact: true })).toBeVisible()
    await phone.getByRole('button', { name: 'Закрыть на этом устройстве' }).tap()
    await expect(phone).toHaveURL(/\/ru$/)
    await phone.goto('/ru/stay')
    await expect(phone.getByRole('heading', { level: 1, name: 'Откройте свою страницу' })).toBeVisible()
    expect(await phone.content()).not.toContain(guest.code)
    const { state } = await world.row('select state from arrival where id = $1', [guest.arrivalId])
    expect(state, 'the request goes on').toBe('OPEN')
  })
}

test('another link opens by hand on a page that is open already, without scripts', async ({ open, world }) => {
  const [mine, other] = [await world.guest({ city: TOWN }), await world.guest({ city: TOWN })]
  const phone = await open({ scripts: false, secret: mine.secret })
  await phone.goto('/ru/stay')
  await phone.getByText('Открыть другую ссылку').tap()
  await phone.getByLabel('Ссылка или знаки после #').fill(other.secret)
  await phone.getByRole('button', { name: 'Открыть', exact: true }).tap()
  await expect(phone.getByText(other.code, { exact: true })).toBeVisible()
})

test('after five quiet minutes the page covers itself; the spoken code, and no other, brings it back', async ({ open, world }) => {
  const guest = await world.guest({ city: TOWN })
  const phone = await open({ secret: guest.secret })
  await phone.clock.install()
  await phone.goto('/ru/stay')
  await expect(phone.getByText(guest.code, { exact: true })).toBeVisible()
  await phone.clock.fastForward('05:10')
  await expect(phone.getByRole('heading', { level: 1, name: 'Страница скрыта' })).toBeVisible()
  await expect(phone.getByText(guest.code, { exact: true })).toBeHidden()
  await phone.reload()
  await expect(phone.getByRole('heading', { level: 1, name: 'Страница скрыта' })).toBeVisible()
  const code = phone.getByLabel(/^Ваш код, например/)
  await code.fill('AA-AAA')
  await phone.getByRole('button', { name: 'Показать снова' }).tap()
  await expect(phone.getByText(/Код не подошёл/).first()).toBeVisible()
  await code.fill(guest.code.toLowerCase())
  await phone.getByRole('button', { name: 'Показать снова' }).tap()
  await expect(phone.getByText(guest.code, { exact: true })).toBeVisible()
})

test('a cover is one newcomer’s own: who asks next on the same phone sees their page, a new tab of the first is covered too', async ({ open, world }) => {
  const [mine, other] = [await world.guest({ city: TOWN }), await world.guest({ city: TOWN })]
  const phone = await open({ secret: mine.secret })
  await phone.clock.install()
  await phone.goto('/ru/stay')
  await expect(phone.getByText(mine.code, { exact: true })).toBeVisible()
  await phone.clock.fastForward('05:10')
  const covered = phone.getByRole('heading', { level: 1, name: 'Страница скрыта' })
  await expect(covered).toBeVisible()
  const tab = await phone.context().newPage()
  await tab.goto('/ru/stay')
  await expect(tab.getByRole('heading', { level: 1, name: 'Страница скрыта' })).toBeVisible()
  await tab.close()
  // a wrong link uncovers nothing
  await phone.goto(`/ru/stay#${'A'.repeat(26)}`)
  await phone.reload()
  await expect(covered).toBeVisible()
  await phone.goto(`/ru/stay#${other.secret}`)
  await expect(phone.getByText(other.code, { exact: true })).toBeVisible()
  await expect(phone.getByText(mine.code, { exact: true })).toBeHidden()
  await phone.goto(`/ru/stay#${mine.secret}`)
  await expect(phone.getByText(mine.code, { exact: true }), 'whoever holds the link needs no code').toBeVisible()
})
