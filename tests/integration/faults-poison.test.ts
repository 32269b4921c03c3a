import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { arrivalCase } from '@/lib/arrivals/queries/case'
import { listWaiting } from '@/lib/arrivals/queries/waiting'
import { scopeOf } from '@/lib/auth/queries'
import { hostHome } from '@/lib/hosts/queries/home'
import { deliverMessage } from '@/lib/notifications/deliver'
import { seal } from '@/lib/privacy/seal'
import { hostRecord, listHosts } from '@/lib/safety/queries'
import { smallStays } from '../setup/small-stays'
import { SEALED } from '../setup/small-world'
import { testDatabase } from '../setup/test-database'

// One row whose sealed value opens no more: everything around it must go on.

const database = await testDatabase()
const stays = smallStays(database)

/** Sealed with a key nobody has any more; for another row; with a sign changed. */
const POISONS: [name: string, poison: (field: string) => string][] = [
  ['a key that is lost', () => SEALED],
  ['a value of another row', (field) => seal('text', { field, rowId: randomUUID() })],
  ['a damaged value', (field) => seal('text', { field, rowId: randomUUID() }).replace(/.{6}$/, 'AAAAAA')],
]

describe.each(POISONS)('%s', (_name, poison) => {
  it('in a note of a request: the queue is whole, and the case says that the note cannot be read', async () => {
    const scope = scopeOf(await stays.staff('COORDINATOR'))
    const [bad, good] = [await stays.arrival({ adults: 1 }), await stays.arrival({ adults: 1 })]
    await database.rows('update arrival set note_sealed = $2 where id = $1', [bad, poison('arrival.note')])
    await database.rows('update arrival set note_sealed = $2 where id = $1', [good, seal('по-русски', { field: 'arrival.note', rowId: good })])
    const waiting = await listWaiting(scope, { view: 'ALL', limit: 500 })
    expect(waiting.map(({ id }) => id)).toEqual(expect.arrayContaining([bad, good]))
    expect(await arrivalCase(scope, bad)).toMatchObject({ id: bad, note: null, noteUnreadable: true })
    expect(await arrivalCase(scope, good)).toMatchObject({ note: 'по-русски', noteUnreadable: false })
  })

  it('in what a host is known by: the list of hosts, their record and their own page are whole', async () => {
    const coordinator = await stays.staff('COORDINATOR')
    const scope = scopeOf(coordinator)
    const { hostId } = await stays.home({ sleeps: [2] })
    await database.rows('update host set first_name_sealed = $2, contact_sealed = $3 where id = $1', [hostId, poison('host.first_name'), poison('host.contact')])
    await database.rows(`insert into vetting_check (host_id, kind, by_user_id, done_on, expires_on, note_sealed)
      values ($1, 'VISIT', $2, current_date, current_date + 300, $3)`, [hostId, coordinator.userId, poison('vetting_check.note')])
    expect((await listHosts(scope, { search: null, limit: 200 })).map(({ id }) => id)).toContain(hostId)
    expect((await hostRecord(scope, hostId)).checks).toEqual([expect.objectContaining({ noteUnreadable: true, note: { referee: null, text: null } })])
    expect(await hostHome(hostId)).toMatchObject({ hostId, firstName: null })
  })

  it('in a mailbox: that letter is given up with a reason, and others go out', async () => {
    const { userId, roomId } = await stays.home({ sleeps: [2] })
    await database.rows('update "user" set email_sealed = $2 where id = $1', [userId, poison('user.email')])
    const [placementId] = await stays.proposed([await stays.leg(roomId, 0, 2)])
    const { id } = await database.row(`select id from message where placement_id = $1 and to_side = 'HOST'`, [placementId])
    expect(['GIVEN_UP', 'TRY_AGAIN']).toContain(await deliverMessage(String(id)))
    expect(await database.row('select delivered_at, error_code is not null as told from message where id = $1', [id])).toEqual({ delivered_at: null, told: true })
  })
})
