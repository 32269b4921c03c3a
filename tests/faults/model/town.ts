import type { ClientBase } from 'pg'
import { readWorld } from './read-world'
import { worldOf, type World } from './world'

/** The town of the model: small, so that everybody meets everybody, and with one of everything that is refused. */
export interface Town {
  cityId: string
  staff: readonly string[]
  world: World
  /** Names for ids, for whoever reads what went wrong. */
  names: Map<string, string>
}

/**
 * Its calendar is not its clock's: within one transaction the clock stands still, and a day goes by when the town's zone
 * moves by 24 hours. PostgreSQL takes offsets of less than 168 hours.
 */
export const FIRST_OFFSET_HOURS = -144
export const LAST_OFFSET_HOURS = 144

/** The zone that is so many hours ahead of Greenwich, in POSIX spelling, whose sign is the other way round. */
export function zoneAhead(hours: number): string {
  return `<town>${hours < 0 ? '+' : '-'}${Math.abs(hours)}`
}

const OPEN_NIGHTS = 12

interface HomeOf {
  host: string
  home: string
  beds: readonly number[]
  vettedDays?: number
  toVisit?: boolean
  address?: string | null
  womenOnlyHousehold?: boolean
  womenOnlyGuests?: boolean
  /** The name of one of the staff who hosts there. */
  staff?: string
}

const HOMES: readonly HomeOf[] = [
  { host: 'Dana', home: 'the flat', beds: [2, 3], womenOnlyHousehold: true },
  { host: 'Madina', home: 'the quiet house', beds: [2], womenOnlyHousehold: true, womenOnlyGuests: true },
  { host: 'Saule', home: 'the lead\'s own home', beds: [2], staff: 'Saule', address: null },
  { host: 'Ruslan', home: 'the old house', beds: [3, 1], vettedDays: 1 },
  { host: 'Ruslan', home: 'the house nobody has seen', beds: [2], toVisit: true },
]

const STAFF = [
  ['Aigul', 'COORDINATOR'], ['Daniyar', 'COORDINATOR'], ['Erlan', 'LEAD'], ['Saule', 'LEAD'], ['Timur', 'LEAD'],
] as const

const GUESTS = [
  { name: 'a couple', adults: 2, ages: [], women: false },
  { name: 'a woman alone', adults: 1, ages: [], women: true },
  { name: 'a mother and child', adults: 1, ages: [4], women: false },
  { name: 'three friends', adults: 3, ages: [], women: false },
  { name: 'a student', adults: 1, ages: [], women: false },
] as const

/** Writes the town and reads it back. Committed, and left as it is by what happens there afterwards. */
export async function makeTown(client: ClientBase, name: string): Promise<Town> {
  const names = new Map<string, string>()
  const idOf = async (called: string, statement: string, values: unknown[]) => {
    const { rows: [row] } = await client.query<{ id: string }>(`${statement} returning id`, values)
    names.set(row?.id ?? '', called)
    return row?.id ?? ''
  }
  await client.query(`insert into city (id, country, time_zone) values ($1, 'KZ', $2)`, [name, zoneAhead(FIRST_OFFSET_HOURS)])
  const staff = new Map<string, string>()
  for (const [called, role] of STAFF) {
    staff.set(called, await idOf(called, 'insert into "user" (role, name, city_ids) values ($2, $1, array[$3])', [called, role, name]))
  }
  const hosts = new Map<string, string>()
  for (const home of HOMES) {
    const hostId = hosts.get(home.host) ?? await makeHost(idOf, { ...home, cityId: name, userId: staff.get(home.staff ?? '') })
    hosts.set(home.host, hostId)
    await makeHome(idOf, client, { ...home, hostId, cityId: name })
  }
  const { rows: [known] } = await client.query<{ arrivals: number }>('select count(*)::int as arrivals from arrival')
  for (const [index, { name: called, adults, ages, women }] of GUESTS.entries()) {
    const word = ((known?.arrivals ?? 0) + index).toString(36).toUpperCase().padStart(5, '0')
    await idOf(called, `insert into arrival (code, nickname, city_ids, from_date, until_date, adults, children_ages, woman_alone,
      women_only, all_women) values ($2, $1, array[$3], city_today($3), city_today($3) + 8, $4, $5, $6, $6, $6)`,
    [called, `${word.slice(0, 2)}-${word.slice(2)}`, name, adults, ages, women])
  }
  return { cityId: name, staff: [...staff.values()], world: worldOf(await readWorld(client, [name])), names }
}

type IdOf = (called: string, statement: string, values: unknown[]) => Promise<string>

async function makeHost(idOf: IdOf, { host, cityId, userId, ...facts }: HomeOf & { cityId: string; userId: string | undefined }) {
  const user = userId ?? await idOf(`${host}'s user`, `insert into "user" (role, name) values ('HOST', $1)`, [host])
  return idOf(host, `insert into host (user_id, state, vetted_until, women_only_household, women_only_guests)
    values ($1, 'VETTED', city_today($2) + $3::int, $4, $5)`,
  [user, cityId, facts.vettedDays ?? 300, facts.womenOnlyHousehold ?? false, facts.womenOnlyGuests ?? false])
}

async function makeHome(idOf: IdOf, client: ClientBase, { home, hostId, cityId, beds, ...facts }: HomeOf & { hostId: string; cityId: string }) {
  const address = facts.address === undefined ? home : facts.address
  const homeId = await idOf(home, `insert into home (host_id, city_id, kind, to_visit, address_index, address_sealed)
    values ($1, $2, 'FLAT', $3, $4, $4)`, [hostId, cityId, facts.toVisit ?? false, address])
  for (const [index, sleeps] of beds.entries()) {
    const roomId = await idOf(`room ${index + 1} of ${home}`, `insert into room (home_id, name, sleeps) values ($1, 'room', $2)`, [homeId, sleeps])
    // a gap in the second room: nights that are not offered in the middle
    const runs = index === 0 ? [[0, OPEN_NIGHTS]] : [[0, 6], [7, OPEN_NIGHTS]]
    for (const [from, until] of runs) {
      await client.query(`insert into opening (room_id, from_date, until_date)
        values ($1, city_today($2) + $3::int, city_today($2) + $4::int)`, [roomId, cityId, from, until])
    }
  }
}
