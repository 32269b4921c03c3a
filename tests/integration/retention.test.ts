import { expect, it } from 'vitest'
import { eraseJob } from '@/lib/jobs/erase'
import { smallWorld } from '../setup/small-world'
import { testDatabase } from '../setup/test-database'

it('erases what names a guest when thirty days are over, and not a day before', async () => {
  const database = await testDatabase()
  const world = smallWorld(database)
  const [due, notYet, open] = [await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 })]
  const close = `update arrival set state = 'CLOSED', closed_at = now() - make_interval(hours => $2) where id = $1`
  await database.rows(close, [due, 30 * 24 + 1])
  await database.rows(close, [notYet, 30 * 24 - 1])
  await database.rows(`update arrival set created_at = now() - interval '90 days' where id = $1`, [open])
  await eraseJob()
  const read = (id: string) => database.row(
    'select contact_sealed is null as contact, nickname, token_hash is null as token, erased_at is not null as erased from arrival where id = $1', [id])
  expect(await read(due)).toMatchObject({ contact: true, nickname: '—', token: true, erased: true })
  expect(await read(notYet)).toMatchObject({ contact: false, nickname: 'guest', erased: false })
  expect(await read(open)).toMatchObject({ contact: false, nickname: 'guest', erased: false })
  expect(await database.rows(`select 1 from audit_event where action = 'arrival.erased'`)).toHaveLength(1)
})
