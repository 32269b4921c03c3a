import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { encryptStringSync } from '@47ng/cloak'
import { Pool } from 'pg'
import type { QueryResultRow } from 'pg'
import { smallWorld } from './small-world'

// Rows of a browser test's own people, written as the product would write them, so that its letters go out and its
// pages open. Each test makes its own: the demo's people are for looking at.

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const HOURS_OF_SESSION = 2
/** Cookies of a signed-in person and of a newcomer. */
export const SESSION_COOKIE = 'qonaq-session'
export const STAY_COOKIE = 'qonaq-stay'

function given(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set: run the browser tests with npm run test:e2e`)
  return value
}

function hmac(secretName: string, text: string): Buffer {
  return createHmac('sha256', given(secretName)).update(text).digest()
}

function newToken(): string {
  return Array.from(randomBytes(26), (byte) => ALPHABET.charAt(byte & 31)).join('')
}

function seal(text: string, { field, rowId }: { field: string; rowId: string }): string {
  const [current = ''] = given('QONAQ_SEAL_KEYS').split(',')
  return encryptStringSync(JSON.stringify([`${field}:${rowId}`, text]), current)
}

const hashSecret = (purpose: string, secret: string) => hmac('QONAQ_INDEX_KEY', `${purpose}:${secret}`).toString('base64url')
const blindIndex = (kind: string, text: string) => hmac('QONAQ_INDEX_KEY', `index:${kind}:${text}`).toString('base64url').slice(0, 22)

/** The ticket of a placement and side, as a letter carries it. */
export function ticketOf(placementId: string, side: 'HOST' | 'GUEST'): string {
  const id = Buffer.from(placementId.replaceAll('-', ''), 'hex')
  const signature = hmac('QONAQ_TICKET_KEY', `${side}:${placementId}`).subarray(0, 16)
  return Buffer.concat([Buffer.from(side === 'HOST' ? 'h' : 'g'), id, signature]).toString('base64url')
}

/** A mail address nobody else in the run has. */
export const newMail = (who: string) => `${who}-${randomBytes(5).toString('hex')}@example.org`

export interface StaffPerson {
  userId: string
  name: string
  /** Value of the session cookie. */
  session: string
}

export interface HostPerson extends StaffPerson {
  hostId: string
  homeId: string
  roomIds: string[]
  mail: string
  firstName: string
  address: string
}

export interface GuestPerson {
  arrivalId: string
  code: string
  nickname: string
  /** Value of the stay cookie: the newcomer's secret. */
  secret: string
}

interface HostWishes {
  city: string
  /** Beds of each room. */
  sleeps: number[]
  kind?: 'ROOM_IN_HOME' | 'FLAT' | 'HOUSE' | 'HALL'
  state?: 'APPLIED' | 'VISITED' | 'VETTED'
  /** `null`: the address is asked with the first yes. */
  address?: string | null
  firstName?: string
}

interface GuestWishes {
  city: string
  adults?: number
  childrenAges?: number[]
  nights?: number
  /** Nights from today until the first one. */
  from?: number
  mail?: string
  locale?: 'ru' | 'kk' | 'en'
  nickname?: string
}

/** A connection of the database's owner with what browser tests write and read through it. */
export type BrowserWorld = ReturnType<typeof openWorld>

/** Connects to the database the served product uses. The caller calls `close`. */
export function openWorld() {
  const pool = new Pool({ connectionString: given('DATABASE_URL'), max: 4 })

  async function rows(statement: string, values: unknown[] = []): Promise<QueryResultRow[]> {
    return (await pool.query<QueryResultRow>(statement, values)).rows
  }

  async function row(statement: string, values: unknown[] = []): Promise<QueryResultRow> {
    const [first] = await rows(statement, values)
    if (first === undefined) throw new Error(`no row: ${statement}`)
    return first
  }

  const { call, newKey, sayYes, secondYes, release } = smallWorld({ row })

  /** A session as signing in would leave it. */
  async function signedIn(userId: string): Promise<string> {
    const token = newToken()
    await rows(`insert into session (user_id, token_hash, expires_at) values ($1, $2, now() + make_interval(hours => $3))`,
      [userId, hashSecret('session', token), HOURS_OF_SESSION])
    return token
  }

  async function addUser(role: string, { name, mail, cities }: { name: string; mail: string; cities: string[] }): Promise<string> {
    const id = randomUUID()
    await rows(`insert into "user" (id, role, name, city_ids, email_sealed, email_index) values ($1, $2, $3, $4, $5, $6)`,
      [id, role, name, cities, seal(mail, { field: 'user.email', rowId: id }), blindIndex('email', mail)])
    return id
  }

  async function staff(role: 'COORDINATOR' | 'LEAD', name: string, cities: string[]): Promise<StaffPerson & { mail: string }> {
    const mail = newMail('staff')
    const userId = await addUser(role, { name, mail, cities })
    return { userId, name, mail, session: await signedIn(userId) }
  }

  async function addRooms(homeId: string, city: string, sleeps: number[]): Promise<string[]> {
    const ids: string[] = []
    for (const [index, beds] of sleeps.entries()) {
      const { id } = await row('insert into room (home_id, name, sleeps) values ($1, $2, $3) returning id',
        [homeId, `Комната ${index + 1}`, beds])
      await rows('insert into opening (room_id, from_date, until_date) values ($1, city_today($2), city_today($2) + 60)', [id, city])
      ids.push(String(id))
    }
    return ids
  }

  /** A host with one home, whose rooms are open for sixty nights from today. */
  async function host(wishes: HostWishes): Promise<HostPerson> {
    const { city, sleeps, kind = 'FLAT', state = 'VETTED', address } = wishes
    const mail = newMail('host')
    const userId = await addUser('HOST', { name: 'Хозяин', mail, cities: [] })
    const [hostId, homeId] = [randomUUID(), randomUUID()]
    const firstName = wishes.firstName ?? `Дана${randomBytes(3).toString('hex')}`
    const where = address === undefined ? `улица Тестовая ${randomBytes(4).toString('hex')}` : address
    await rows(
      `insert into host (id, user_id, state, first_name_sealed, contact_sealed, contact_index, languages, rules_version, legal_version,
         vetted_until)
       values ($1, $2, $3::host_state, $4, $5, $6, '{ru,kk}', '2022-10-01', '2022-10-01', case when $3::host_state = 'VETTED' then current_date + 300 end)`,
      [hostId, userId, state, seal(firstName, { field: 'host.first_name', rowId: hostId }),
        seal(mail, { field: 'host.contact', rowId: hostId }), blindIndex('email', mail)])
    await rows('insert into home (id, host_id, city_id, kind, address_sealed, to_visit) values ($1, $2, $3, $4, $5, $6)',
      [homeId, hostId, city, kind, where === null ? null : seal(where, { field: 'home.address', rowId: homeId }), state === 'APPLIED'])
    const roomIds = await addRooms(homeId, city, sleeps)
    return { userId, name: 'Хозяин', session: await signedIn(userId), hostId, homeId, roomIds, mail, firstName, address: where ?? '' }
  }

  /** Somebody who waits; with their secret, as their phone would have it. */
  async function guest(wishes: GuestWishes): Promise<GuestPerson> {
    const { city, adults = 1, childrenAges = [], nights = 3, from = 0, mail, locale = 'ru' } = wishes
    const arrivalId = randomUUID()
    const secret = newToken()
    const code = `${newToken().slice(0, 2)}-${newToken().slice(0, 3)}`
    const nickname = wishes.nickname ?? `Барс${randomBytes(3).toString('hex')}`
    await rows(
      `insert into arrival (id, code, token_hash, nickname, city_ids, from_date, until_date, adults, children_ages, locale,
         contact_kind, contact_sealed)
       values ($1, $2, $3, $4, array[$5], city_today($5) + $6::int, city_today($5) + $6::int + $7::int, $8, $9, $10, $11, $12)`,
      [arrivalId, code, hashSecret('stay', secret), nickname, city, from, nights, adults, childrenAges, locale,
        mail === undefined ? 'NONE' : 'MAIL', mail === undefined ? null : seal(mail, { field: 'arrival.contact', rowId: arrivalId })])
    return { arrivalId, code, nickname, secret }
  }

  /** Proposes one room for the whole party and its nights. @returns the placement. */
  async function propose(by: string, arrivalId: string, roomId: string): Promise<string> {
    const legs = `(select jsonb_build_array(jsonb_build_object('roomId', $3::text, 'from', from_date::text, 'until', until_date::text,
      'adults', adults, 'childrenAges', to_jsonb(children_ages), 'reasons', '{"points":1}'::jsonb)) from arrival where id = $2::uuid)`
    const { answer } = await row(`select propose_plan($1, $4, 'h', (select array_agg(id) from city), $2::uuid, 'SINGLE', ${legs}) as answer`, [by, arrivalId, roomId, newKey()])
    const [placementId] = (answer as { placementIds?: string[] }).placementIds ?? []
    if (placementId === undefined) throw new Error(`not proposed: ${JSON.stringify(answer)}`)
    return placementId
  }

  /** Brings a proposal to "confirmed": both sides and a lead say yes. */
  async function confirm(placementId: string, lead: string): Promise<void> {
    await sayYes(placementId, 'HOST')
    await sayYes(placementId, 'GUEST')
    await secondYes(lead, placementId)
    const { state } = await row('select state from placement where id = $1', [placementId])
    if (state !== 'CONFIRMED') throw new Error(`placement is ${String(state)}`)
  }

  const arrived = (placementId: string) => call(`record_arrived('test', $1, 'h', $2)`, [newKey(), placementId])

  /** Everything a placement is made of, as one text: equal before and after means nothing changed. */
  async function fingerprint(placementId: string): Promise<string> {
    const { print } = await row(
      `select concat_ws(E'\\n',
         (select string_agg(p::text, ';' order by p.id) from placement p where p.plan_id = of.plan_id),
         (select string_agg(h::text, ';' order by h.placement_id) from hold h where h.plan_id = of.plan_id),
         (select string_agg(y::text, ';' order by y.side) from yes y where y.placement_id = of.id),
         (select string_agg(a::text, ';' order by a.approver_id) from approval a where a.placement_id = of.id),
         (select string_agg(e::text, ';' order by e.version) from placement_event e where e.placement_id = of.id),
         (select string_agg(r::text, ';' order by r.id) from reveal r where r.placement_id = of.id),
         (select string_agg(x::text, ';' order by x.id) from extension x where x.placement_id = of.id),
         (select string_agg(f::text, ';' order by f.id) from refusal f where f.arrival_id = of.arrival_id),
         (select a::text from arrival a where a.id = of.arrival_id),
         (select h::text from host h where h.id = of.host_id),
         (select h::text from home h where h.id = of.home_id),
         (select string_agg(o::text, ';' order by o.room_id, o.from_date) from opening o where o.room_id = of.room_id),
         (select count(*)::text from message m where m.placement_id = of.id),
         (select count(*)::text from audit_event a where a.subject::text like '%' || of.id::text || '%')
       ) as print from placement of where of.id = $1`, [placementId])
    return String(print)
  }

  return {
    rows, row, call, newKey, signedIn, staff, host, guest, propose, confirm, arrived, sayYes, secondYes, release, fingerprint,
    close: () => pool.end(),
  }
}
