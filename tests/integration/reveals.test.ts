import { Client } from 'pg'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { checkInvariants } from '@/lib/db/invariants'
import { showContact } from '@/lib/hosts/commands/household'
import { hostHome } from '@/lib/hosts/queries/home'
import { stayView } from '@/lib/arrivals/queries/stay'
import { revealAddress, revealGuestContact, revealHostContact } from '@/lib/privacy/reveal'
import { seal } from '@/lib/privacy/seal'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
const HOST_MAIL = 'sign-in-of-the-host@example.org'

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

const fresh = () => ({ key: world.newKey(), requestHash: 'h' })
const ticket = (placementId: string, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId, side }) as const
const person = (userId: string, role: 'HOST' | 'COORDINATOR' | 'LEAD', hostId: string | null): UserActor =>
  ({ kind: 'USER', userId, role, name: 'Dana', cityIds: ['almaty'], hostId })

/** A stay to which host and guest have said yes; the host signs in with a mail address, the guest left one too. */
async function agreed() {
  const home = await world.home({ sleeps: [2] })
  const coordinator = await world.person('COORDINATOR', 'Aigul')
  const arrivalId = await world.arrival({ adults: 1 })
  await database.rows('update home set address_sealed = $2 where id = $1', [home.homeId, seal('Абая 10', { field: 'home.address', rowId: home.homeId })])
  await database.rows('update host set contact_sealed = $2 where id = $1', [home.hostId, seal(HOST_MAIL, { field: 'host.contact', rowId: home.hostId })])
  await database.rows('update arrival set contact_sealed = $2 where id = $1', [arrivalId, seal('guest@example.org', { field: 'arrival.contact', rowId: arrivalId })])
  const made = await world.propose(coordinator, arrivalId, [{ roomId: home.roomId, from: 0, until: 3, adults: 1 }])
  const placementId = made.placementIds?.[0] ?? ''
  await world.sayYes(placementId, 'HOST')
  await world.sayYes(placementId, 'GUEST')
  return {
    placementId, arrivalId, hostId: home.hostId,
    lead: await world.person('LEAD', 'Erlan'), host: person(home.userId, 'HOST', home.hostId), staff: person(coordinator, 'COORDINATOR', null), guest: { kind: 'GUEST', arrivalId } as const,
  }
}

/** A confirmed stay. */
async function stay() {
  const made = await agreed()
  await world.secondYes(made.lead, made.placementId)
  return made
}

async function connected<Value>(use: (...clients: [Client, Client, Client]) => Promise<Value>): Promise<Value> {
  const open = () => new Client({ connectionString: database.connectionString })
  const clients: [Client, Client, Client] = [open(), open(), open()]
  await Promise.all(clients.map((client) => client.connect()))
  return use(...clients).finally(() => Promise.all(clients.map((client) => client.end())))
}

async function brokenReveals(client: Client): Promise<string[]> {
  const found = (await checkInvariants(client)).find(({ invariant }) => invariant.id === 'I9')
  return (found?.violations ?? [{ what: 'I9 was not asked' }]).map(({ what }) => what)
}

const revealed = async (placementId: string) => (await database.rows(
  'select to_side, field from reveal where placement_id = $1 order by at, id', [placementId])).map((row) => `${String(row['to_side'])} ${String(row['field'])}`)

describe('the mail address a host signs in with', () => {
  it('does not come along with the address', async () => {
    const { placementId, guest } = await stay()
    for (const actor of [guest, ticket(placementId, 'GUEST')]) {
      const shown = await revealAddress({ actor, placementId })
      expect(shown).toMatchObject({ ok: true, value: { address: 'Абая 10' } })
      expect(JSON.stringify(shown)).not.toContain(HOST_MAIL)
    }
    expect(await revealed(placementId)).toEqual(['GUEST ADDRESS', 'GUEST ADDRESS'])
  })

  it('opens to guests of a confirmed stay only where the host allows it, and is counted by itself', async () => {
    const { placementId, arrivalId, hostId, host, guest } = await stay()
    const isShown = async () => (await stayView(arrivalId)).plans[0]?.homes[0]?.contactShown
    expect(await isShown()).toBe(false)
    expect(await revealHostContact({ actor: guest, placementId })).toMatchObject({ ok: false, reason: 'NOT_SHOWN' })
    expect(await revealed(placementId)).toEqual([])
    expect(await showContact({ ...fresh(), actor: host, hostId, shown: true })).toMatchObject({ ok: true })
    expect((await hostHome(hostId)).contactShown).toBe(true)
    expect(await isShown()).toBe(true)
    expect(await revealHostContact({ actor: guest, placementId })).toMatchObject({ ok: true, value: { contact: HOST_MAIL } })
    expect(await revealed(placementId)).toEqual(['GUEST HOST_CONTACT'])
    await showContact({ ...fresh(), actor: host, hostId, shown: false })
    expect(await revealHostContact({ actor: guest, placementId })).toMatchObject({ ok: false, reason: 'NOT_SHOWN' })
  })

  it('never opens to a mailed ticket, which stands in the logs of proxies', async () => {
    const { placementId, hostId, host } = await stay()
    await showContact({ ...fresh(), actor: host, hostId, shown: true })
    for (const side of ['GUEST', 'HOST'] as const) {
      await expect(revealHostContact({ actor: ticket(placementId, side), placementId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  it('opens to the coordinator who approved the stay, and to no other host’s wish', async () => {
    const [{ placementId, hostId, staff }, other] = [await stay(), await stay()]
    expect(await revealHostContact({ actor: staff, placementId })).toMatchObject({ ok: true, value: { contact: HOST_MAIL } })
    await expect(showContact({ ...fresh(), actor: other.host, hostId, shown: true })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect((await hostHome(hostId)).contactShown).toBe(false)
  })
})

describe('the guest’s contact', () => {
  it('opens to the host who signed in, never to the mailed ticket alone', async () => {
    const { placementId, host } = await stay()
    await expect(revealGuestContact({ actor: ticket(placementId, 'HOST'), placementId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await revealGuestContact({ actor: host, placementId })).toMatchObject({ ok: true, value: { contact: 'guest@example.org' } })
    expect(await revealed(placementId)).toEqual(['HOST GUEST_CONTACT'])
  })
})

describe('a look that waits for the last yes', () => {
  it('is recorded after the confirmation it waited for, though it began before', async () => {
    const { placementId, lead } = await agreed()
    await connected(async (looking, confirming, watching) => {
      await looking.query('begin')
      await confirming.query('begin')
      await confirming.query(`select second_yes($1, $2, 'h', '{almaty}', $3)`, [lead, world.newKey(), placementId])
      const look = looking.query<{ answer: { code: string } }>(`select reveal_field('test', $1, 'GUEST', null, 'ADDRESS') as answer`, [placementId])
      await vi.waitFor(async () => {
        const { rows } = await watching.query(`select 1 from pg_stat_activity
          where datname = current_database() and query like '%reveal_field%' and wait_event_type = 'Lock'`)
        expect(rows).toHaveLength(1)
      })
      await confirming.query('commit')
      expect((await look).rows[0]?.answer).toMatchObject({ code: 'OK' })
      await looking.query('commit')
      expect(await brokenReveals(watching)).toEqual([])
    })
  })
})

describe('staff who host the guest themselves', () => {
  it('open neither address nor contact of their own home as if they were the guest', async () => {
    const { placementId, hostId, host } = await stay()
    const own = person(host.userId, 'LEAD', hostId)
    await database.rows(`update host set contact_shown = true where id = $1`, [hostId])
    for (const look of [revealAddress, revealHostContact]) {
      expect(await look({ actor: own, placementId })).toMatchObject({ ok: false, reason: 'OWN_HOME' })
    }
    for (const field of ['ADDRESS', 'HOST_CONTACT']) {
      expect(await world.call(`reveal_field('test', $1, 'GUEST', $2, $3)`, [placementId, own.userId, field])).toEqual({ code: 'OWN_HOME' })
    }
    expect(await revealed(placementId)).toEqual([])
    expect(await revealGuestContact({ actor: own, placementId })).toMatchObject({ ok: true, value: { contact: 'guest@example.org' } })
    expect(await connected((client) => brokenReveals(client))).toEqual([])
  })
})
