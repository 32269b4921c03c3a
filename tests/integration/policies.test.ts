import { beforeAll, describe, expect, it } from 'vitest'
import { listMoved } from '@/lib/arrivals/queries/moved'
import { listWaiting } from '@/lib/arrivals/queries/waiting'
import { countAhead } from '@/lib/arrivals/queries/queue'
import type { UserActor } from '@/lib/auth/rules'
import { scopeOf } from '@/lib/auth/queries'
import { rehearseJob } from '@/lib/jobs/rehearse'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { frozenReasonsSchema } from '@/lib/matching/reasons'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { adoptPolicy, returnToPolicy } from '@/lib/policies/commands/adopt'
import { savePolicyDraft } from '@/lib/policies/commands/draft'
import { askRehearsal } from '@/lib/policies/commands/rehearse'
import { listDrafts, listVersions, readDraft, readPolicy, readVersion } from '@/lib/policies/queries/versions'
import { policyOfDraft } from '@/lib/policies/rules'
import type { Weights } from '@/lib/policies/schema'
import { compareUrgency } from '../setup/by-urgency'
import { smallWorld } from '../setup/small-world'
import { connect, testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let lead: UserActor

async function person(role: 'COORDINATOR' | 'LEAD', cityIds: string[]): Promise<UserActor> {
  return { kind: 'USER', userId: await world.person(role, 'Aigul'), role, name: 'Aigul', cityIds, hostId: null }
}

const { wishes, priority, scales } = DEFAULT_POLICY
const weights = (over: Partial<Weights> = {}): Weights => ({ wishes, priority, scales, ...over })
const FAMILIES_LAST = weights({ priority: { ...priority, CHILDREN_OR_ILLNESS: 0, PERSONS: 0 } })
const by = (actor = lead) => ({ actor, key: world.newKey(), requestHash: 'h' })

async function draftOf(cityId: string, over: Partial<Parameters<typeof savePolicyDraft>[0]> = {}): Promise<string> {
  const basedOn = (await readPolicy(cityId)).version
  const saved = await savePolicyDraft({ ...by(), cityId, basedOn, name: 'Сначала дети', weights: FAMILIES_LAST, ...over })
  if (!saved.ok) throw new Error(saved.reason)
  return saved.value.draft
}

async function rehearsed(draftId: string, actor = lead): Promise<void> {
  const asked = await askRehearsal({ ...by(actor), draftId, days: 7 })
  if (!asked.ok) throw new Error(asked.reason)
  await rehearseJob({ rehearsalId: asked.value.rehearsal })
}

async function adopted(cityId: string): Promise<number> {
  const draftId = await draftOf(cityId)
  await rehearsed(draftId)
  const answer = await adoptPolicy({ ...by(), draftId })
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value.version
}

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  lead = await person('LEAD', ['almaty', 'astana', 'oral', 'kostanay', 'taraz'])
})

describe('a policy', () => {
  it('is the usual one in a city that has adopted none', async () => {
    expect(await readPolicy('oral')).toEqual(DEFAULT_POLICY)
    expect(await listVersions(lead, 'oral')).toEqual([{ version: 1, name: 'default', adopted: null, returnedTo: null }])
  })

  it('is drafted, rehearsed and adopted, and each step is recorded', async () => {
    const draftId = await draftOf('astana')
    expect(await adoptPolicy({ ...by(), draftId })).toEqual({ ok: false, reason: 'NOT_REHEARSED' })
    expect((await listDrafts(lead, 'astana')).map(({ id }) => id)).toEqual([draftId])
    await rehearsed(draftId)
    expect(await adoptPolicy({ ...by(), draftId })).toMatchObject({ ok: true, value: { city: 'astana', version: 2 } })
    expect(await readPolicy('astana')).toEqual({ name: 'Сначала дети', version: 2, ...FAMILIES_LAST })
    expect(await listVersions(lead, 'astana')).toMatchObject([{ version: 2, adopted: { byName: 'Aigul' }, returnedTo: null }, { version: 1 }])
    expect(await readDraft(lead, draftId)).toMatchObject({ adoptedAs: 2, rehearsals: [{ days: 7, state: 'DONE', done: 14, total: 14 }] })
    const events = await database.rows(`select action from audit_event where subject ->> 'draft' = $1 order by seq`, [draftId])
    expect(events.map(({ action }) => String(action))).toEqual(['policy.drafted', 'policy.rehearsed', 'policy.adopted'])
  })

  it('goes back to an older version as a new one, without a rehearsal', async () => {
    const inForce = (await readPolicy('astana')).version
    const back = await returnToPolicy({ ...by(), cityId: 'astana', version: 1, basedOn: inForce })
    expect(back).toMatchObject({ ok: true, value: { version: inForce + 1 } })
    expect(await readPolicy('astana')).toEqual({ ...DEFAULT_POLICY, version: inForce + 1 })
    expect((await listVersions(lead, 'astana'))[0]).toMatchObject({ version: inForce + 1, returnedTo: 1 })
    expect(await readVersion(lead, { cityId: 'astana', version: 2 })).toMatchObject({ name: 'Сначала дети', version: 2 })
    expect(await readVersion(lead, { cityId: 'astana', version: 99 })).toBeNull()
    expect(await returnToPolicy({ ...by(), cityId: 'astana', version: inForce + 1, basedOn: inForce + 1 })).toEqual({ ok: false, reason: 'ALREADY_IN_FORCE' })
  })

  it('answers a second press of one button with the first answer', async () => {
    const draftId = await draftOf('kostanay')
    await rehearsed(draftId)
    const press = by()
    const [first, second] = await Promise.all([adoptPolicy({ ...press, draftId }), adoptPolicy({ ...press, draftId })])
    expect([first.ok, second.ok]).toEqual([true, true])
    expect(await database.rows(`select version from policy where city_id = 'kostanay'`)).toEqual([{ version: 2 }])
    expect(await adoptPolicy({ ...by(), draftId })).toEqual({ ok: false, reason: 'ALREADY_IN_FORCE' })
    expect(await adoptPolicy({ ...press, requestHash: 'other', draftId })).toEqual({ ok: false, reason: 'KEY_REUSED' })
  })

  it('is adopted once where two leads adopt at the same instant', async () => {
    const drafts = [await draftOf('oral'), await draftOf('oral')]
    for (const draftId of drafts) await rehearsed(draftId)
    const outcomes = await Promise.all(drafts.map((draftId) => adoptPolicy({ ...by(), draftId })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes).toContainEqual({ ok: false, reason: 'STALE_VERSION' })
    expect(await savePolicyDraft({ ...by(), cityId: 'oral', basedOn: 1, name: 'x', weights: weights() })).toEqual({ ok: false, reason: 'STALE_VERSION' })
  })

  it('is for leads of its city alone', async () => {
    const draftId = await draftOf('taraz')
    for (const stranger of [await person('COORDINATOR', ['taraz']), await person('LEAD', ['oral'])]) {
      const save = savePolicyDraft({ ...by(stranger), cityId: 'taraz', basedOn: 1, name: 'x', weights: weights() })
      await expect(save).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(readDraft(stranger, draftId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(listVersions(stranger, 'taraz')).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(askRehearsal({ ...by(stranger), draftId, days: 7 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(returnToPolicy({ ...by(stranger), cityId: 'taraz', version: 1, basedOn: 1 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(adoptPolicy({ ...by(stranger), draftId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
  })
})

describe('nonsense is refused by the database by name', () => {
  const NONSENSE: [string, string, object][] = [
    ['no wish at all', 'policy_wishes', { wishes: Object.fromEntries(Object.keys(wishes).map((wish) => [wish, 0])) }],
    ['half a point', 'policy_wishes', { wishes: { ...wishes, QUIET: 0.5 } }],
    ['less than nothing', 'policy_wishes', { wishes: { ...wishes, QUIET: -1 } }],
    ['too much of one wish', 'policy_wishes', { wishes: { ...wishes, QUIET: 101 } }],
    ['a wish in words', 'policy_wishes', { wishes: { ...wishes, QUIET: 'five' } }],
    ['a wish nobody knows', 'policy_wishes', { wishes: { ...wishes, NATIONALITY: 5 } }],
    ['a wish left out', 'policy_wishes', { wishes: { QUIET: 5 } }],
    ['a list for wishes', 'policy_wishes', { wishes: [1, 2] }],
    ['no urgency at all', 'policy_priority', { priority: Object.fromEntries(Object.keys(priority).map((part) => [part, 0])) }],
    ['too much of one urgency', 'policy_priority', { priority: { ...priority, PERSONS: 10_001 } }],
    ['a scale of nothing', 'policy_scales', { scales: { ...scales, waitingNights: 0 } }],
    ['half a night', 'policy_scales', { scales: { ...scales, restedNights: 1.5 } }],
    ['more than all answers', 'policy_scales', { scales: { ...scales, unknownAnswerRate: 1.01 } }],
    ['a scale left out', 'policy_scales', { scales: { persons: 1 } }],
  ]
  const insert = (over: object) => {
    const written = { wishes, priority, scales, ...over }
    return database.rows(
      `insert into policy_draft (city_id, based_on, name, wishes, priority, scales, made_by) values ('almaty', 1, 'x', $1, $2, $3, $4)`,
      [JSON.stringify(written.wishes), JSON.stringify(written.priority), JSON.stringify(written.scales), lead.userId])
  }

  it.each(NONSENSE)('%s: %s', async (_name, constraint, over) => {
    await expect(insert(over)).rejects.toMatchObject({ constraint })
  })

  it('takes sound weights, so the test would notice a refusal of everything', async () => {
    await database.rows('begin')
    await insert({})
    await database.rows('rollback')
  })

  it('changes and takes away nothing that was written', async () => {
    const app = await connect(database.connectionString, 'qonaq_app')
    for (const statement of [`update policy_draft set name = 'y'`, 'delete from policy_draft', 'update policy set version = 9', 'delete from policy']) {
      await expect(app.rows(statement)).rejects.toMatchObject({ code: '42501' })
    }
  })
})

describe('what a city decides by', () => {
  it('orders its queue, in the database as in the rule, and says why', async () => {
    const family = await world.arrival({ adults: 2, childrenAges: [3] })
    const alone = await world.arrival({ adults: 1 })
    await database.rows(`update arrival set waiting_since = now() - interval '9 days' where id = $1`, [alone])
    const scope = scopeOf(lead)
    const order = async () => (await listWaiting(scope, { view: 'ALL', limit: 10 })).filter(({ cityIds }) => cityIds[0] === 'almaty')
    expect((await order()).map(({ id }) => id)).toEqual([family, alone])
    expect(await countAhead(alone, new Date())).toBe(3)
    const near = scopeOf({ ...lead, cityIds: ['almaty'] })
    expect(await listMoved(near, { policy: { ...DEFAULT_POLICY, ...FAMILIES_LAST }, most: 1 })).toMatchObject([{ id: alone, before: 2, after: 1 }])
    expect(await listMoved(near, { policy: DEFAULT_POLICY, most: 9 })).toMatchObject([{ id: family, before: 1, after: 1 }, { id: alone, before: 2, after: 2 }])
    await adopted('almaty')
    const rows = await order()
    expect(rows.map(({ id }) => id)).toEqual([alone, family])
    expect(rows.toSorted(compareUrgency)).toEqual(rows)
    expect(rows[1]?.priority.parts).toContainEqual({ part: 'CHILDREN_OR_ILLNESS', points: 0, maximum: 0 })
    expect(await countAhead(alone, new Date())).toBe(0)
  })

  it('is kept with every placement by name and version', async () => {
    const { version } = await readPolicy('almaty')
    const { roomId } = await world.home({ sleeps: [2] })
    const arrivalId = await world.arrival({ adults: 2 })
    const proposed = await proposeMatch({ ...by(), arrivalId, from: await world.day(0), roomIds: [roomId] })
    expect(proposed.ok).toBe(true)
    const { reasons } = await database.row('select reasons from placement where arrival_id = $1', [arrivalId])
    expect(frozenReasonsSchema.parse(reasons).policy).toEqual({ name: 'Сначала дети', version })
  })
})

describe('a rehearsal', () => {
  it('is put into the queue once, and again when its worker has fallen silent', async () => {
    const draftId = await draftOf('taraz')
    const asked = async () => askRehearsal({ ...by(), draftId, days: 30 })
    const first = await asked()
    if (!first.ok) throw new Error(first.reason)
    expect(await asked()).toMatchObject({ ok: true, value: first.value })
    const job = 'rehearsal:' + first.value.rehearsal
    const jobs = () => database.rows('select attempts from graphile_worker.jobs where key = $1', [job])
    expect(await jobs()).toHaveLength(1)
    await database.rows(`update rehearsal set state = 'RUNNING', told_at = now() - interval '2 minutes' where id = $1`, [first.value.rehearsal])
    expect((await readDraft(lead, draftId)).rehearsals).toMatchObject([{ state: 'RUNNING', silent: true }])
    await asked()
    expect((await readDraft(lead, draftId)).rehearsals).toMatchObject([{ state: 'WAITING', silent: false, done: 0 }])
  })

  it('changes nothing but its own row, and repeats itself', async () => {
    const draftId = await draftOf('almaty', { basedOn: (await readPolicy('almaty')).version })
    const hash = async () => database.row(`select md5(string_agg(it::text, ' ' order by it::text)) as it from (
      select a::text it from arrival a union all select h::text from hold h union all select p::text from placement p union all select r::text from free_run r) everything`)
    const before = await hash()
    await rehearsed(draftId)
    expect(await hash()).toEqual(before)
    const [first] = (await readDraft(lead, draftId)).rehearsals
    await database.rows(`update rehearsal set state = 'FAILED', outcome = null where draft_id = $1`, [draftId])
    await rehearsed(draftId)
    const [second] = (await readDraft(lead, draftId)).rehearsals
    expect(second?.outcome).toEqual(first?.outcome)
    expect(first?.outcome?.inForce).toEqual(first?.outcome?.draft)
  })

  it('shows another outcome for other weights', async () => {
    const days = (count: number) => `now() - interval '${String(count)} days'`
    const { roomId } = await world.home({ sleeps: [2], cityId: 'taraz' })
    await database.rows('update opening set from_date = current_date - 4, until_date = current_date - 1 where room_id = $1', [roomId])
    await database.rows(`update room set created_at = ${days(20)} where id = $1`, [roomId])
    // a family of two and somebody alone who has waited longer ask for the only room
    const parties = [await world.arrival({ adults: 1, childrenAges: [3] }), await world.arrival({ adults: 1 })]
    for (const [index, id] of parties.entries()) {
      await database.rows(`update arrival set city_ids = '{taraz}', created_at = ${days(5 + index)},
        from_date = current_date - 5, until_date = current_date - 2 where id = $1`, [id])
    }
    const draftId = await draftOf('taraz')
    await rehearsed(draftId)
    const [{ outcome } = { outcome: null }] = (await readDraft(lead, draftId)).rehearsals
    expect(outcome).toMatchObject({ persons: 3, version: 1, inForce: { all: { parties: 2, sheltered: 2 } } })
    expect(outcome?.draft.all.sheltered).not.toBe(outcome?.inForce.all.sheltered)
    expect(outcome?.inForce.kinds.FAMILY).toBeNull()
  })
})

it('a draft is weighed under the version it would get', () => {
  expect(policyOfDraft({ name: 'x', basedOn: 4, weights: weights() })).toEqual({ ...DEFAULT_POLICY, name: 'x', version: 5 })
})
