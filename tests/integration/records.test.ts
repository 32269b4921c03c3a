import { beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { release } from '@/lib/placements/commands/release'
import { extend, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { placementRecord } from '@/lib/placements/queries/history'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor
let erlan: UserActor

async function staff(role: 'COORDINATOR' | 'LEAD', name: string): Promise<UserActor> {
  return { kind: 'USER', userId: await world.person(role, name), role, name, cityIds: ['almaty'], hostId: null }
}

const scopeOf = (actor: UserActor) => ({ actor, cityIds: actor.cityIds }) as unknown as CoordinatorScope
const once = () => ({ key: world.newKey(), requestHash: 'h' })

async function proposal() {
  const home = await world.home({ sleeps: [2] })
  const arrivalId = await world.arrival({ adults: 2 })
  const plan = await world.propose(aigul.userId, arrivalId, [{ roomId: home.roomId, from: 0, until: 3, adults: 2 }])
  return { ...home, arrivalId, placementId: plan.placementIds?.[0] ?? '' }
}

async function confirmed() {
  const made = await proposal()
  const { placementId } = made
  await sayYes({ ...once(), actor: aigul, placementId, side: 'HOST', way: 'PHONE' })
  await sayYes({ ...once(), actor: { kind: 'TICKET', placementId, side: 'GUEST' }, placementId, side: 'GUEST', way: 'LINK' })
  await secondYes({ ...once(), actor: erlan, placementId })
  return made
}

const lines = async (placementId: string, actor = aigul) => (await placementRecord(scopeOf(actor), placementId)).history
  .filter(({ kind }) => kind !== 'MESSAGE')
  .map((line) => ({ ...line, at: undefined }))

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  aigul = await staff('COORDINATOR', 'Aigul')
  erlan = await staff('LEAD', 'Erlan')
})

describe('a placement’s record', () => {
  it('says who proposed, who said yes and how, and what it led to, in order', async () => {
    const { placementId } = await confirmed()
    expect(await lines(placementId)).toMatchObject([
      { kind: 'MOVE', from: null, to: 'PROPOSED', who: { kind: 'STAFF', name: 'Aigul' } },
      { kind: 'YES', side: 'HOST', way: 'PHONE', who: { kind: 'STAFF', name: 'Aigul' } },
      { kind: 'YES', side: 'GUEST', way: 'LINK', who: { kind: 'GUEST' } },
      { kind: 'SECOND_YES', who: { kind: 'STAFF', name: 'Erlan' } },
      { kind: 'MOVE', from: 'PROPOSED', to: 'CONFIRMED', who: { kind: 'STAFF', name: 'Erlan' } },
    ])
  })

  it('goes on through arrival, other nights and departure', async () => {
    const { placementId } = await confirmed()
    await recordArrived({ ...once(), actor: aigul, placementId })
    expect(await extend({ ...once(), actor: aigul, placementId, until: await world.day(5), hostAgreed: true })).toMatchObject({ ok: true })
    await release({ ...once(), actor: aigul, placementId, to: 'DEPARTED', side: 'GUEST', reason: 'PLANNED', destination: 'SETTLED', close: true })
    expect((await lines(placementId)).slice(-4)).toMatchObject([
      { kind: 'MOVE', from: 'CONFIRMED', to: 'ARRIVED' },
      { kind: 'EXTENSION', answer: 'AGREED' },
      { kind: 'MOVE', from: 'ARRIVED', to: 'ARRIVED', reason: 'NIGHTS_CHANGED' },
      { kind: 'MOVE', from: 'ARRIVED', to: 'DEPARTED', reason: 'PLANNED', who: { kind: 'STAFF', name: 'Aigul' } },
    ])
    expect(await placementRecord(scopeOf(aigul), placementId)).toMatchObject({ state: 'DEPARTED', endedReason: 'PLANNED', endedTo: 'SETTLED' })
  })

  it('tells messages with what became of them, and the host without a name', async () => {
    const { placementId } = await proposal()
    await release({ ...once(), actor: { kind: 'TICKET', placementId, side: 'HOST' }, placementId, to: 'DECLINED', side: 'HOST', reason: 'NEEDS_REST', close: false })
    const { history } = await placementRecord(scopeOf(aigul), placementId)
    expect(history).toContainEqual(expect.objectContaining({ kind: 'MESSAGE', message: 'ASK_HOST', side: 'HOST', outcome: 'WAITING' }))
    expect(history).toContainEqual(expect.objectContaining({ kind: 'MOVE', to: 'DECLINED', reason: 'NEEDS_REST', who: { kind: 'HOST' } }))
  })

  it('knows who approved, and holds no address, contact or secret', async () => {
    const { placementId } = await confirmed()
    const record = await placementRecord(scopeOf(aigul), placementId)
    expect(record).toMatchObject({ approvedByMe: true, hasAddress: true, contactKind: 'MAIL', needsSecond: true })
    expect((await placementRecord(scopeOf(await staff('COORDINATOR', 'Dana')), placementId)).approvedByMe).toBe(false)
    expect(JSON.stringify(record)).not.toMatch(/aesgcm|token|sealed/i)
  })

  it('is not there for a coordinator of another city, nor for an id nobody has', async () => {
    const { placementId } = await proposal()
    await expect(placementRecord(scopeOf({ ...aigul, cityIds: ['oral'] }), placementId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(placementRecord(scopeOf(aigul), crypto.randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('somebody was faster', () => {
  it('a second answer finds the state the first one made', async () => {
    const { placementId } = await proposal()
    const [one, two] = await Promise.all([
      release({ ...once(), actor: aigul, placementId, to: 'DECLINED', side: 'HOST', reason: 'OTHER', close: false }),
      release({ ...once(), actor: erlan, placementId, to: 'CANCELLED', side: 'COORDINATOR', reason: 'OTHER', close: false }),
    ])
    const late = one.ok ? two : one
    expect([one.ok, two.ok].filter(Boolean)).toHaveLength(1)
    expect(late).toMatchObject({ ok: false, reason: 'NOT_OPEN', detail: { state: one.ok ? 'DECLINED' : 'CANCELLED' } })
  })
})
