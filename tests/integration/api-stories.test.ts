import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { callApi, tokenMaker } from '../setup/api-world'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let coordinator: string
let lead: string

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  const tokenFor = tokenMaker(database)
  coordinator = await tokenFor(await world.person('COORDINATOR', 'Aigul'), 'COORDINATOR', ['almaty'])
  lead = await tokenFor(await world.person('LEAD', 'Erlan'), 'LEAD', ['almaty'])
})

const asking = (over: Record<string, unknown> = {}) => ({
  where: { cityId: 'almaty', firstNight: 'today', nights: 3 },
  who: { adults: 1 },
  reach: { kind: 'NONE', nickname: 'Zarina' },
  ...over,
})

describe('the main job, by programs only', () => {
  it('ask, propose, three yeses and a second one', async () => {
    const home = await world.home({ sleeps: [2] })
    const asked = await callApi({ method: 'POST', path: '/requests', body: asking() })
    expect(asked).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^[0-9A-Z]{26}$/) } })
    const { secret, arrivalId } = asked.body as { secret: string; arrivalId: string }
    const queue = await callApi({ path: '/queue', bearer: coordinator })
    expect(queue.body['waiting']).toEqual([expect.objectContaining({ id: arrivalId, nickname: 'Zarina' })])
    const candidates = await callApi({ path: `/arrivals/${arrivalId}/candidates`, bearer: coordinator })
    expect(candidates.body).toMatchObject({ candidates: [expect.objectContaining({ roomId: home.roomId })] })
    const proposed = await callApi({
      method: 'POST', path: '/plans', bearer: coordinator, body: { arrivalId, from: (candidates.body['nights'] as { from: string }).from, roomIds: [home.roomId] },
    })
    expect(proposed).toMatchObject({ status: 201 })
    const [placementId] = proposed.body['placementIds'] as string[]
    const key = randomUUID()
    const yes = { method: 'POST', path: `/stay/placements/${placementId ?? ''}/yes`, bearer: secret, body: { legal: true }, key }
    const first = await callApi(yes)
    const again = await callApi(yes)
    expect(first).toMatchObject({ status: 200, body: { confirmed: false } })
    expect(again).toMatchObject({ status: 200, body: first.body })
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true'])
    expect(await callApi({ path: '/stay', bearer: secret })).toMatchObject({ status: 200, body: { stage: 'WAITING_HOST' } })
    const { body: { version } } = await callApi({ path: `/placements/${placementId ?? ''}`, bearer: coordinator })
    const heard = await callApi({
      method: 'POST', path: `/placements/${placementId ?? ''}/yes`, bearer: coordinator,
      body: { version, side: 'HOST', way: 'PHONE', legal: true },
    })
    expect(heard).toMatchObject({ status: 200 })
    const { body: { version: later } } = await callApi({ path: `/placements/${placementId ?? ''}`, bearer: lead })
    const second = await callApi({ method: 'POST', path: `/placements/${placementId ?? ''}/second-yes`, bearer: lead, body: { version: later } })
    expect(second).toMatchObject({ status: 200, body: { confirmed: true } })
  })
})
