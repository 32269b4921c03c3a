import { randomUUID } from 'node:crypto'
import { blindIndex } from '@/lib/privacy/secret'
import { hearTime } from '@/lib/time/clock'
import { CASES, newRequest, type Case } from './api-cases'
import type { Scene, Scenes, Wanted } from './api-scenes'
import { callApi } from './api-world'
import type { TestDatabase } from './test-database'

/** How a refusal is brought about: the endpoint by name, and a request it refuses with the code. */
export interface RefusalCase {
  code: string
  name: string
  /** Prepares the world and answers the request. */
  make: (around: Around) => Promise<Prepared>
}
interface Around { scenes: Scenes; database: TestDatabase }
type Prepared = Case & { bearer?: string | undefined; after?: () => Promise<void> }

const change = (made: Case, over: Record<string, unknown>): Case => ({ ...made, body: { ...(made.body as object), ...over } })

async function usual(name: string, scenes: Scenes): Promise<Case> {
  const make = CASES[name]
  if (make === undefined) throw new Error(`no case for ${name}`)
  return make(scenes)
}

/** The usual request of an endpoint, after something happened to one of its rows. */
function after(code: string, name: string, statement: string, idOf: (scene: Scene) => string): RefusalCase {
  return {
    code, name, make: async ({ scenes, database }) => {
      const made = await usual(name, scenes)
      await database.rows(statement, [idOf(made.scene)])
      return made
    },
  }
}
/** The usual request of an endpoint, with other fields. */
function withBody(code: string, name: string, over: (scenes: Scenes, made: Case) => Promise<Record<string, unknown>>): RefusalCase {
  return { code, name, make: async ({ scenes }) => { const made = await usual(name, scenes); return change(made, await over(scenes, made)) } }
}
/** The usual request of an endpoint, sent for a placement in another state. */
function inState(code: string, name: string, wanted: Wanted, over: Record<string, unknown> = {}): RefusalCase {
  return {
    code, name, make: async ({ scenes }) => {
      const made = await usual(name, scenes)
      const scene = await scenes.scene(wanted)
      const version = (made.body as { version?: number } | undefined)?.version === undefined ? {} : { version: await scenes.versionOf('placement', scene.placementId) }
      return change({ ...made, scene, path: made.path.replace(made.scene.placementId, scene.placementId) }, { ...version, ...over })
    },
  }
}

const roomOf = ({ roomId }: Scene) => roomId
const hostOf = ({ hostId }: Scene) => hostId
const homeOf = ({ homeId }: Scene) => homeId
const partyOf = ({ arrivalId }: Scene) => arrivalId
const placementOf = ({ placementId }: Scene) => placementId

/** Another party that is promised the room of a scene. */
async function rival(scenes: Scenes, { roomId }: Scene, nights: Wanted): Promise<string> {
  const { arrivalId } = await scenes.newcomer()
  return scenes.propose(arrivalId, roomId, nights)
}

/** A coordinator who is the host of a scene, with a token of the team. */
async function asOwnHost({ scenes, database }: Around, scene: Scene): Promise<string> {
  const { user_id: userId } = await database.row('select user_id from host where id = $1', [scene.hostId])
  await database.rows(`update "user" set role = 'LEAD', city_ids = '{almaty}' where id = $1`, [userId])
  return scenes.tokenFor(String(userId), 'LEAD', ['almaty'])
}

const CLOSE_GATE = `update approval_gate set stopped_since = now(), reasons = '{I1}' where $1::text is not null`
const OPEN_GATE = `update approval_gate set stopped_since = null, reasons = '{}'`

function stopped(name: string): RefusalCase {
  const closed = after('APPROVALS_STOPPED', name, CLOSE_GATE, hostOf)
  return { ...closed, make: async (around) => ({ ...(await closed.make(around)), after: async () => { await around.database.rows(OPEN_GATE) } }) }
}

function ownHome(name: string): RefusalCase {
  return {
    code: 'OWN_HOME', name, make: async (around) => {
      const made = await usual(name, around.scenes)
      return { ...made, bearer: await asOwnHost(around, made.scene) }
    },
  }
}

const DECLINE = `select release_placement('test', gen_random_uuid()::text, 'h', $1, 'DECLINED', 'HOST', 'OTHER', null, false)`
const EXTENSIONS = ['extendPlacement', 'movePlacement'] as const
const OF_PLACEMENT = [
  'recordYes', 'recordNo', 'saySecondYes', 'recordArrival', 'recordDeparture', 'cancelPlacement', ...EXTENSIONS,
] as const

interface Room { arrivalId: string; roomId: string; from: number; until: number; adults?: number }

/** The request that proposes one room, as the endpoint of that name takes it. */
async function planFor(name: string, scenes: Scenes, { arrivalId, roomId, from, until, adults = 1 }: Room): Promise<Pick<Case, 'path' | 'body'>> {
  const first = await scenes.day(from)
  if (name === 'propose') return { path: '/plans', body: { arrivalId, from: first, roomIds: [roomId] } }
  const legs = [{ roomId, from: first, until: await scenes.day(until), adults }]
  return { path: '/plans/legs', body: { arrivalId, kind: 'SINGLE', legs } }
}

/** Proposes one room for a party of one, after something happened. */
function proposal(code: string, name: string, prepare: (around: Around, scene: Scene) => Promise<Partial<Room & Prepared> | undefined>): RefusalCase {
  return {
    code, name, make: async (around) => {
      const scene = await around.scenes.scene({ state: 'WAITING' })
      const { bearer, after: restore, ...room } = (await prepare(around, scene)) ?? {}
      const plan = await planFor(name, around.scenes, { arrivalId: scene.arrivalId, roomId: scene.roomId, from: 0, until: 10, ...room })
      return { scene, ...plan, ...(bearer === undefined ? {} : { bearer }), ...(restore === undefined ? {} : { after: restore }) }
    },
  }
}
const proposalAfter = (code: string, name: string, statement: string, idOf: (scene: Scene) => string) =>
  proposal(code, name, async ({ database }, scene) => { await database.rows(statement, [idOf(scene)]); return undefined })

function proposals(name: 'propose' | 'proposeLegs'): RefusalCase[] {
  return [
    stopped(name),
    ownHome(name),
    proposalAfter('ARRIVAL_GONE', name, `select withdraw_arrival('test', gen_random_uuid()::text, 'h', $1, false)`, partyOf),
    proposalAfter('OUT_OF_SERVICE', name, 'update room set in_service = false where id = $1', roomOf),
    proposalAfter('HOST_NOT_VETTED', name, `update host set state = 'VISITED' where id = $1`, hostOf),
    proposalAfter('HOST_PAUSED', name, 'update host set paused = true where id = $1', hostOf),
    proposalAfter('HOME_TO_VISIT', name, 'update home set to_visit = true where id = $1', homeOf),
    proposalAfter('NO_LONGER_FITS', name, 'update arrival set step_free = true where id = $1', partyOf),
    proposalAfter('NOT_OFFERED', name, 'delete from opening where room_id = $1', roomOf),
    proposal('NOT_FOUND', name, () => Promise.resolve({ arrivalId: randomUUID() })),
    proposal('TOO_FEW_BEDS', name, async ({ scenes }) => ({ arrivalId: (await scenes.newcomer({ adults: 5 })).arrivalId, adults: 5 })),
    proposal('BLOCKED', name, async ({ database }, { hostId, arrivalId }) => {
      await database.rows('insert into block (host_id, arrival_id) values ($1, $2)', [hostId, arrivalId])
      return undefined
    }),
    proposal('REFUSED_BEFORE', name, async ({ scenes }) => {
      const { placementId, arrivalId, roomId } = await scenes.scene()
      await scenes.release(placementId, 'DECLINED', 'HOST', 'WRONG_LENGTH')
      return { arrivalId, roomId }
    }),
    proposal('ARRIVAL_TAKEN', name, async ({ scenes }) => ({ arrivalId: (await scenes.scene()).arrivalId })),
    proposal('ROOM_TAKEN', name, async ({ scenes }, scene) => { await rival(scenes, scene, { from: 1, until: 2 }); return undefined }),
    proposal('ROOM_STRETCHED', name, async ({ scenes, database }) => {
      const { placementId, hostId, roomId } = await scenes.scene({ state: 'CONFIRMED', until: 2 })
      await scenes.call(`ask_extension('test', $1, 'h', $2, $3)`, [scenes.newKey(), placementId, await scenes.day(8)])
      const { user_id: userId } = await database.row('select user_id from host where id = $1', [hostId])
      await scenes.call(`answer_extension($1, $2, 'h', $3, true)`, [`user:${String(userId)}`, scenes.newKey(), placementId])
      const { arrivalId } = await scenes.newcomer()
      await database.rows('update arrival set from_date = from_date + 3 where id = $1', [arrivalId])
      return { arrivalId, roomId, from: 3 }
    }),
    // midnight has come to the database and not to this process
    proposal('NIGHTS_PAST', name, async ({ database }, { arrivalId, roomId }) => {
      await database.rows('update arrival set from_date = from_date - 1 where id = $1', [arrivalId])
      await database.rows('update opening set from_date = from_date - 1 where room_id = $1', [roomId])
      hearTime(new Date(Date.now() - 86_400_000))
      return { from: -1, after: () => { hearTime(new Date()); return Promise.resolve() } }
    }),
  ]
}

const PROPOSALS: RefusalCase[] = [
  ...proposals('propose'), ...proposals('proposeLegs'), stopped('proposeMany'),
  proposal('PARTY_MISMATCH', 'proposeLegs', async ({ scenes }) => ({ arrivalId: (await scenes.newcomer({ adults: 2 })).arrivalId })),
  withBody('NOT_FOUND', 'formGroup', async (scenes) => ({ arrivalIds: [(await scenes.newcomer()).arrivalId, randomUUID()] })),
  after('ARRIVAL_GONE', 'formGroup', `update arrival set state = 'CLOSED', closed_at = now() where id = $1`, partyOf),
  {
    code: 'ALREADY_GROUPED', name: 'formGroup', make: async ({ scenes, database }) => {
      const made = await usual('formGroup', scenes)
      await database.rows(`with formed as (insert into arrival_group (organiser_arrival_id, together) values ($1, 'SAME_CITY') returning id)
        update arrival set group_id = formed.id from formed where arrival.id = $1`, [made.scene.arrivalId])
      return made
    },
  },
  {
    code: 'NOT_A_GROUP', name: 'proposeLegs', make: async ({ scenes }) => {
      const [scene, other, home] = [await scenes.scene({ state: 'WAITING' }), await scenes.newcomer(), await scenes.host()]
      const nights = { from: await scenes.day(0), until: await scenes.day(10), adults: 1 }
      const legs = [{ roomId: scene.roomId, ...nights }, { roomId: home.roomId, arrivalId: other.arrivalId, ...nights }]
      return { scene, path: '/plans/legs', body: { arrivalId: scene.arrivalId, kind: 'GROUP', legs } }
    },
  },
]

const SPREAD: RefusalCase = {
  code: 'NOT_ONE_HOME', name: 'proposeLegs', make: async ({ scenes }) => {
    const [scene, { arrivalId }, home] = [await scenes.scene({ state: 'WAITING' }), await scenes.newcomer({ adults: 2 }), await scenes.host()]
    const nights = { from: await scenes.day(0), until: await scenes.day(10), adults: 1 }
    const legs = [scene.roomId, home.roomId].map((roomId) => ({ roomId, ...nights }))
    return { scene, path: '/plans/legs', body: { arrivalId, kind: 'SEVERAL_ROOMS', legs } }
  },
}

const ANSWERS: RefusalCase[] = [
  ...['sayYesAsGuest', 'sayYesAsHost', 'recordYes', 'saySecondYes'].flatMap((name) => [
    stopped(name),
    after('LAPSED', name, `update plan set created_at = now() - interval '2 hours', deadline = now() - interval '1 minute'
      where id = (select plan_id from placement where id = $1)`, placementOf),
  ]),
  after('ALREADY_DECIDED', 'sayYesAsGuest', `select say_yes('test', gen_random_uuid()::text, 'h', $1, 'GUEST', null, 'LINK')`, placementOf),
  after('ALREADY_DECIDED', 'sayYesAsHost', `select say_yes('test', gen_random_uuid()::text, 'h', $1, 'HOST', null, 'LINK')`, placementOf),
  after('ALREADY_DECIDED', 'recordYes', `select say_yes('test', gen_random_uuid()::text, 'h', $1, 'GUEST', null, 'LINK')`, placementOf),
  {
    code: 'ALREADY_DECIDED', name: 'saySecondYes', make: async ({ scenes }) => {
      const made = await usual('saySecondYes', scenes)
      await scenes.secondYes(scenes.staffIds.lead, made.scene.placementId)
      return change(made, { version: await scenes.versionOf('placement', made.scene.placementId) })
    },
  },
  after('NO_ADDRESS', 'sayYesAsHost', 'update home set address_sealed = null where id = $1', homeOf),
  {
    code: 'NO_ADDRESS', name: 'recordYes', make: async ({ scenes, database }) => {
      const made = change(await usual('recordYes', scenes), { side: 'HOST' })
      await database.rows('update home set address_sealed = null where id = $1', [made.scene.homeId])
      return made
    },
  },
  after('NOT_OPEN', 'sayYesAsGuest', DECLINE, placementOf),
  after('NOT_OPEN', 'sayYesAsHost', DECLINE, placementOf),
  inState('NOT_OPEN', 'sayNoAsGuest', { state: 'CONFIRMED' }),
  inState('NOT_OPEN', 'sayNoAsHost', { state: 'CONFIRMED' }),
  inState('NOT_OPEN', 'revealAddress', { state: 'PROPOSED' }),
  inState('NOT_OPEN', 'recordArrivalAsGuest', { state: 'PROPOSED' }),
  inState('NOT_OPEN', 'askExtension', { state: 'PROPOSED' }),
  inState('NOT_OPEN', 'leaveStay', { state: 'CONFIRMED' }),
  inState('NOT_OPEN', 'cancelAsGuest', { state: 'ARRIVED' }),
  after('NOT_OPEN', 'recordYes', DECLINE, placementOf),
  inState('NOT_OPEN', 'recordNo', { state: 'CONFIRMED' }),
  inState('NOT_OPEN', 'saySecondYes', { state: 'CONFIRMED' }),
  inState('NOT_OPEN', 'recordArrival', { state: 'PROPOSED' }),
  inState('NOT_OPEN', 'recordNoShow', { state: 'PROPOSED' }),
  inState('NOT_OPEN', 'recordDeparture', { state: 'CONFIRMED' }),
  inState('NOT_OPEN', 'cancelPlacement', { state: 'ARRIVED' }),
  inState('NOT_OPEN', 'extendPlacement', { state: 'PROPOSED' }),
  inState('NOT_OPEN', 'movePlacement', { state: 'ARRIVED' }),
  inState('TOO_EARLY', 'recordArrivalAsGuest', { state: 'CONFIRMED', from: 5, until: 8 }),
  inState('TOO_EARLY', 'recordArrival', { state: 'CONFIRMED', from: 5, until: 8 }),
  inState('TOO_EARLY', 'recordNoShow', { state: 'CONFIRMED' }),
  ...[...OF_PLACEMENT, 'recordNoShow'].flatMap((name) => [
    withBody('STALE_VERSION', name, (_scenes, { body }) => Promise.resolve({ version: (body as { version: number }).version + 1 })),
    ownHome(name),
  ]),
  after('HOUSEHOLD_CHANGED', 'revealAddress', 'update arrival set women_only = true where id = $1', partyOf),
]

const NIGHTS: RefusalCase[] = [
  after('ALREADY_ASKED', 'askExtension', `select ask_extension('test', gen_random_uuid()::text, 'h', $1,
    (select until_date + 2 from placement where id = $1))`, placementOf),
  withBody('NIGHTS_INVALID', 'askExtension', async ({ day }) => ({ until: await day(0) })),
  withBody('NIGHTS_NOT_MORE', 'askExtension', async ({ day }) => ({ until: await day(2) })),
  withBody('NIGHTS_TOO_MANY', 'askExtension', async ({ day }) => ({ until: await day(400) })),
  withBody('NOT_OFFERED', 'askExtension', async ({ day }) => ({ until: await day(120) })),
  ...EXTENSIONS.flatMap((name) => [
    withBody('HOST_NOT_ASKED', name, () => Promise.resolve({ hostAgreed: false })),
    withBody('NIGHTS_TOO_MANY', name, async ({ day }) => ({ until: await day(400) })),
    withBody('NOT_OFFERED', name, async ({ day }) => ({ until: await day(120) })),
    {
      code: 'EXTEND_ROOM_TAKEN', name, make: async ({ scenes }: Around) => {
        const made = await usual(name, scenes)
        await rival(scenes, made.scene, { from: 4, until: 5 })
        return made
      },
    },
    {
      code: 'EXTEND_ARRIVAL_TAKEN', name, make: async ({ scenes }: Around) => {
        const made = await usual(name, scenes)
        await scenes.propose(made.scene.arrivalId, (await scenes.host()).roomId, { from: 4, until: 5 })
        return made
      },
    },
  ]),
  withBody('NIGHTS_INVALID', 'extendPlacement', async ({ day }) => ({ until: await day(3) })),
  withBody('NIGHTS_INVALID', 'movePlacement', async ({ day }) => ({ from: await day(0), until: await day(3) })),
  after('ALREADY_DECIDED', 'answerExtension', `update extension set state = 'AGREED', answered_at = now() where placement_id = $1`, placementOf),
  ownHome('refuseExtension'),
  after('ALREADY_DECIDED', 'refuseExtension', `update extension set state = 'AGREED', answered_at = now() where placement_id = $1`, placementOf),
  after('EXTEND_NOT_OPEN', 'answerExtension', `update host set state = 'VISITED' where id = $1`, hostOf),
  after('EXTEND_OVER', 'answerExtension', `update extension set until_date = city_today('almaty') where placement_id = $1`, placementOf),
  after('NOT_OFFERED', 'answerExtension', 'update opening set until_date = from_date + 4 where room_id = $1', roomOf),
  {
    code: 'EXTEND_ROOM_TAKEN', name: 'answerExtension', make: async ({ scenes }) => {
      const made = await usual('answerExtension', scenes)
      await rival(scenes, made.scene, { from: 4, until: 5 })
      return made
    },
  },
  {
    code: 'EXTEND_ARRIVAL_TAKEN', name: 'answerExtension', make: async ({ scenes }) => {
      const made = await usual('answerExtension', scenes)
      await scenes.propose(made.scene.arrivalId, (await scenes.host()).roomId, { from: 4, until: 5 })
      return made
    },
  },
]

const OFFERS: RefusalCase[] = [
  ...['changeRoom', 'offerNights', 'closeNights', 'recordVisit', 'recordReference'].map((name) =>
    withBody('STALE_VERSION', name, (_scenes, { body }) => Promise.resolve({ version: (body as { version: number }).version + 1 }))),
  ...['offerNights', 'closeNights'].flatMap((name) => [
    withBody('NIGHTS_PAST', name, async ({ day }) => ({ from: await day(-2) })),
    withBody('NIGHTS_TOO_FAR', name, async ({ day }) => ({ until: await day(400) })),
  ]),
  {
    code: 'BEDS_HELD', name: 'changeRoom', make: async ({ scenes }) => {
      const made = await usual('changeRoom', scenes)
      const { arrivalId } = await scenes.newcomer({ adults: 2 })
      await scenes.propose(arrivalId, made.scene.roomId, { adults: 2 })
      return change(made, { sleeps: 1 })
    },
  },
  {
    code: 'ROOM_HELD', name: 'changeRoom', make: async ({ scenes }) => {
      const made = await usual('changeRoom', scenes)
      await rival(scenes, made.scene, {})
      return change(made, { inService: false })
    },
  },
  {
    code: 'NIGHTS_HELD', name: 'closeNights', make: async ({ scenes }) => {
      const made = await usual('closeNights', scenes)
      await rival(scenes, made.scene, { from: 52, until: 54 })
      return made
    },
  },
  after('OPENING_TOO_LONG', 'offerNights', 'update opening set from_date = from_date - 630 where room_id = $1', roomOf),
  withBody('NIGHTS_PAST', 'offerHome', async ({ day }, { body }) => ({ when: { ...(body as { when: object }).when, from: await day(-1) } })),
  after('OFFER_CLOSED', 'offerHome', `update host set state = 'BLOCKED' where id = $1`, hostOf),
  after('TOO_MANY_HOMES', 'offerHome', `insert into home (host_id, city_id, kind) select $1, 'almaty', 'FLAT' from generate_series(1, 10)`, hostOf),
  {
    code: 'SAME_REFEREE', name: 'recordReference', make: async ({ scenes }) => {
      const made = await usual('recordReference', scenes)
      const bearer = made.scene.bearers.coordinator
      const first = await callApi({ method: 'POST', path: made.path, bearer, body: made.body })
      if (first.status !== 201) throw new Error(JSON.stringify(first.body))
      return change(made, { version: await scenes.versionOf('host', made.scene.hostId) })
    },
  },
  ...['recordVisit', 'recordReference'].flatMap((name) => [ownHome(name), after('HOST_BLOCKED', name, `update host set state = 'BLOCKED' where id = $1`, hostOf)]),
]

const REQUESTS: RefusalCase[] = [
  {
    code: 'OWN_HOME', name: 'withdrawArrival', make: async (around) => {
      const scene = await around.scenes.scene()
      return { scene, path: `/arrivals/${scene.arrivalId}/withdrawal`, bearer: await asOwnHost(around, scene) }
    },
  },
  withBody('ADULT_NEEDED', 'requestShelter', () => Promise.resolve({ who: { adults: 0, childrenAges: [15] } })),
  {
    code: 'TOO_MANY_OPEN', name: 'requestShelter', make: async ({ scenes, database }) => {
      const made = await usual('requestShelter', scenes)
      for (let party = 0; party < 10; party += 1) {
        await database.rows('update arrival set contact_index = $2 where id = $1', [(await scenes.newcomer()).arrivalId, blindIndex('email', 'many@example.org')])
      }
      return change(made, newRequest('many@example.org'))
    },
  },
  {
    code: 'NOT_OPEN', name: 'withdrawArrival', make: async ({ scenes }) => {
      const scene = await scenes.scene({ state: 'CONFIRMED' })
      return { scene, path: `/arrivals/${scene.arrivalId}/withdrawal` }
    },
  },
  after('ALREADY_DECIDED', 'withdrawArrival', `select withdraw_arrival('test', gen_random_uuid()::text, 'h', $1, false)`, partyOf),
  after('ALREADY_DECIDED', 'reopenArrival', `select reopen_arrival('test', gen_random_uuid()::text, 'h', $1)`, partyOf),
  after('ARRIVAL_ERASED', 'reopenArrival', `select withdraw_arrival('test', gen_random_uuid()::text, 'h', $1, true)`, partyOf),
]

/** Every refusal that is declared, brought about once at its endpoint. */
export const REFUSALS: readonly RefusalCase[] = [...PROPOSALS, SPREAD, ...ANSWERS, ...NIGHTS, ...OFFERS, ...REQUESTS]
