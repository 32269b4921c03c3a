import 'server-only'
import { can } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import { Prisma, type Home, type Host, type Room, type VettingCheck } from '@/lib/db/generated/client'
import { AppError } from '@/lib/errors'
import type { HomeKind, HostState } from '@/lib/hosts/schema'
import { unsealShown } from '@/lib/privacy/seal'
import { todayIn } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import { isValid, readNote, RENEW_DAYS, renewalOf, vettingOf, type Check, type CheckNote, type Vetting } from './rules'
import type { HostClosed } from './schema'

const MAX_LIMIT = 200
const MAX_CHECKS = 200
const MAX_ROOMS = 50
const MAX_LOOKS = 20

/** What a search over hosts means; a host is found when one of these fits. No names: they are sealed. */
export interface HostSearch {
  cityIds: readonly string[]
  states: readonly HostState[]
  /** Part of a room's name, any case. */
  roomName: string
}

/** A home as a coordinator sees it before any placement: no address. */
export interface HomeFacts {
  id: string
  kind: HomeKind
  cityId: string
  districtId: string | null
  stepFree: boolean
  ownEntrance: boolean
  houseRules: string | null
  hasAddress: boolean
  /** Nobody has seen it at this address yet: no guests until a visit is recorded. */
  toVisit: boolean
  rooms: { id: string; name: string; sleeps: number; sharedHall: boolean; quiet: boolean; privateBath: boolean; inService: boolean }[]
}

/** One row of the list of hosts. */
export interface HostRow {
  id: string
  state: HostState
  paused: boolean
  since: Date
  timeZone: string
  vetting: Vetting
  /** The first day the vetting no longer holds, also once it is over; null for a host who never was vetted. */
  vettedUntil: Day | null
  renewal: 'OVER' | 'SOON' | null
  homes: HomeFacts[]
}

/** A check with who did it and until when it counts. */
export interface RecordedCheck extends Check {
  id: string
  byName: string
  counts: boolean
  note: CheckNote
  /** A note is there and does not open. */
  noteUnreadable: boolean
}

/** Everything about a host that a visit must see, and what was checked so far. */
export interface HostRecord extends HostRow {
  version: number
  today: Day
  /** True for the coordinator's own home: somebody else checks it. */
  own: boolean
  languages: string[]
  womenOnlyHousehold: boolean
  womenOnlyGuests: boolean
  childrenHere: boolean
  childrenWelcome: boolean
  animalsHere: boolean
  animalsWelcome: boolean
  smoking: boolean
  checks: RecordedCheck[]
  /** Why contact and address would not open to this coordinator now; null where they would. */
  closed: { contact: HostClosed | null; address: HostClosed | null }
  /** Who opened contact or address to arrange a visit, newest first. */
  looks: { at: Date; byName: string; field: 'HOST_CONTACT' | 'ADDRESS' }[]
}

type HomeRow = Home & { rooms: Room[]; city: { timeZone: string } }
type Row = Host & { homes: HomeRow[]; vettingChecks: (VettingCheck & { byUser: { name: string } })[] }

function include(scope: CoordinatorScope) {
  return {
    homes: {
      where: { cityId: { in: [...scope.cityIds] } },
      orderBy: { createdAt: 'asc' },
      take: 10,
      include: { rooms: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MAX_ROOMS }, city: { select: { timeZone: true } } },
    },
    vettingChecks: { orderBy: [{ doneOn: 'desc' }, { id: 'desc' }], take: MAX_CHECKS, include: { byUser: { select: { name: true } } } },
  } satisfies Prisma.HostInclude
}

function homeOf({ id, kind, cityId, districtId, stepFree, ownEntrance, houseRules, addressSealed, toVisit, rooms }: HomeRow): HomeFacts {
  return {
    id, kind, cityId, districtId, stepFree, ownEntrance, houseRules,
    hasAddress: addressSealed !== null, toVisit,
    rooms: rooms.map(({ id: roomId, name, sleeps, sharedHall, quiet, privateBath, inService }) => (
      { id: roomId, name, sleeps, sharedHall, quiet, privateBath, inService })),
  }
}

function checkOf({ kind, doneOn, expiresOn }: VettingCheck): Check {
  return { kind, doneOn: dayOf(doneOn), expiresOn: dayOf(expiresOn) }
}

function rowOf(row: Row): HostRow & { today: Day } {
  const [first] = row.homes
  if (!first) throw new AppError('NOT_FOUND')
  const today = todayIn(first.cityId)
  const vettedUntil = row.vettedUntil === null ? null : dayOf(row.vettedUntil)
  return {
    id: row.id, state: row.state, paused: row.paused, since: row.createdAt, timeZone: first.city.timeZone, today,
    vetting: vettingOf(row.vettingChecks.map(checkOf), today),
    vettedUntil, renewal: renewalOf({ state: row.state, vettedUntil }, today),
    homes: row.homes.map(homeOf),
  }
}

function found({ cityIds, states, roomName }: HostSearch): Prisma.Sql {
  return Prisma.sql`(home.city_id = any(${[...cityIds]}::text[]) or host.state::text = any(${[...states]}::text[])
    or exists (select 1 from room where room.home_id = home.id and strpos(lower(room.name), lower(${roomName})) > 0))`
}

// whose vetting is over or soon will be, and who lost or gained a home nobody has seen; they lose guests by waiting, while
// a host nobody has met waits among those
const URGENT = Prisma.sql`host.state <> 'BLOCKED' and (host.vetted_until <= current_date + ${RENEW_DAYS}::int
  or host.state <> 'APPLIED' and exists (select 1 from home where home.host_id = host.id and home.to_visit))`

/**
 * Hosts with a home in the cities of a scope: who must be visited again first, then who waits for a visit, longest first, then who waits for references,
 * then the vetted, the blocked last.
 *
 * @param search null for all. @param limit at most 200.
 */
export async function listHosts(
  scope: CoordinatorScope, { search, limit }: { search: HostSearch | null; limit: number },
): Promise<HostRow[]> {
  const ids = await db.$queryRaw<{ id: string }[]>`
    select host.id::text as id from host
    where exists (select 1 from home where home.host_id = host.id and home.city_id = any(${[...scope.cityIds]}::text[])
      and ${search === null ? Prisma.sql`true` : found(search)})
    order by not coalesce(${URGENT}, false), case when ${URGENT} then host.vetted_until end,
      array_position(array['APPLIED', 'VISITED', 'VETTED', 'BLOCKED'], host.state::text), host.created_at, host.id
    limit ${Math.min(limit, MAX_LIMIT)}::int`
  const rows = await db.host.findMany({ where: { id: { in: ids.map(({ id }) => id) } }, include: include(scope) })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap(({ id }) => {
    const row = byId.get(id)
    return row ? [rowOf(row)] : []
  })
}

/** How many hosts of a scope are in each state. */
export async function countHosts(scope: CoordinatorScope): Promise<Record<HostState, number>> {
  const groups = await db.host.groupBy({
    by: ['state'], _count: true, where: { homes: { some: { cityId: { in: [...scope.cityIds] } } } },
  })
  const count = (state: HostState) => groups.find((group) => group.state === state)?._count ?? 0
  return { APPLIED: count('APPLIED'), VISITED: count('VISITED'), VETTED: count('VETTED'), BLOCKED: count('BLOCKED') }
}

async function closedTo({ actor, cityIds }: CoordinatorScope, hostId: string): Promise<HostRecord['closed']> {
  const why = (field: string) => Prisma.sql`host_closed(${hostId}::uuid, ${actor.userId}::uuid, ${field}, ${[...cityIds]}::text[], ${RENEW_DAYS}::int)`
  const [closed] = await db.$queryRaw<HostRecord['closed'][]>`select ${why('HOST_CONTACT')} as contact, ${why('ADDRESS')} as address`
  return closed ?? { contact: 'NOT_FOUND', address: 'NOT_FOUND' }
}

/**
 * One host for a coordinator of one of its cities. Notes of checks are opened; name, contact and address are not.
 *
 * @throws AppError NOT_FOUND for an unknown host and for one out of reach alike.
 */
export async function hostRecord(scope: CoordinatorScope, hostId: string): Promise<HostRecord> {
  const row = await db.host.findUnique({ where: { id: hostId }, include: include(scope) })
  if (!row || !can(scope.actor, 'host:vet', { cityIds: row.homes.map(({ cityId }) => cityId) })) throw new AppError('NOT_FOUND')
  const { version, languages, womenOnlyHousehold, womenOnlyGuests, childrenHere, childrenWelcome, animalsHere, animalsWelcome, smoking } = row
  const base = rowOf(row)
  const looks = await db.reveal.findMany({ where: { hostId }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: MAX_LOOKS, include: { user: { select: { name: true } } } })
  return {
    ...base, version, languages, womenOnlyHousehold, womenOnlyGuests, childrenHere, childrenWelcome, animalsHere, animalsWelcome, smoking,
    own: row.userId === scope.actor.userId,
    closed: await closedTo(scope, hostId),
    looks: looks.map(({ at, user, field }) => ({ at, byName: user?.name ?? '—', field: field === 'ADDRESS' ? 'ADDRESS' : 'HOST_CONTACT' })),
    checks: row.vettingChecks.map((check) => {
      const note = unsealShown(check.noteSealed, { field: 'vetting_check.note', rowId: check.id })
      return {
        ...checkOf(check), id: check.id, byName: check.byUser.name, counts: isValid(checkOf(check), base.today),
        note: readNote(check.kind, note.text), noteUnreadable: !note.readable,
      }
    }),
  }
}
