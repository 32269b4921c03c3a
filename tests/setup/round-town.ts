import type { BrowserWorld, GuestPerson, HostPerson } from './browser-world'

// Towns for rounds: one with the people a round is made for, and one with a crowd that takes a while.

/** Who waits in the town of the story. */
export interface RoundTown {
  colleagues: GuestPerson[]
  writer: GuestPerson
  family: GuestPerson
  walkers: GuestPerson[]
  /** Nobody's house has no steps: she is left. */
  left: GuestPerson
  hosts: HostPerson[]
  hall: HostPerson
}

const COLLEAGUES = 16
const WALKERS = 6
const MATTRESSES = 14

/** Sixteen colleagues, a writer whose family comes later, sixty nights from three hosts, a hall, and one without a place. */
export async function roundTown(world: BrowserWorld, city: string): Promise<RoundTown> {
  const guests = (count: number, wishes: Omit<Parameters<BrowserWorld['guest']>[0], 'city'>) =>
    Promise.all(Array.from({ length: count }, () => world.guest({ city, ...wishes })))
  const colleagues = await guests(COLLEAGUES, { nights: 30 })
  const { id: group } = await world.row(`insert into arrival_group (organiser_arrival_id, together) values ($1, 'WITHIN_MINUTES') returning id`,
    [colleagues[0]?.arrivalId])
  await world.rows('update arrival set group_id = $1 where id = any ($2)', [group, colleagues.map(({ arrivalId }) => arrivalId)])
  const writer = await world.guest({ city, nights: 50, nickname: 'Тихий журавль' })
  await world.rows(`update arrival set growth_persons = 2, growth_from = from_date + 20, growth_keep_until = from_date + 40 where id = $1`, [writer.arrivalId])
  const family = await world.guest({ city, adults: 3, childrenAges: [5, 15], nights: 60, nickname: 'Степной тулпар' })
  await world.rows('update arrival set animals = true where id = $1', [family.arrivalId])
  const left = await world.guest({ city, nights: 4, nickname: 'Добрый ёжик' })
  await world.rows('update arrival set step_free = true where id = $1', [left.arrivalId])
  const walkers = await guests(WALKERS, { nights: 3 })
  const hosts = await openHomes(world, city)
  const hall = await world.host({ city, sleeps: Array.from({ length: MATTRESSES }, () => 1), kind: 'HALL', firstName: 'Тимур' })
  await world.rows('update host set longest_nights = 7 where id = $1', [hall.hostId])
  return { colleagues, writer, family, walkers, left, hosts, hall }
}

/** Two houses for colleagues, a room for three, and three hosts who take a dog for ten, twenty and thirty nights. */
async function openHomes(world: BrowserWorld, city: string): Promise<HostPerson[]> {
  const eight = [1, 1, 1, 1, 1, 1, 1, 1]
  const hosts = [await world.host({ city, sleeps: eight, kind: 'HOUSE' }), await world.host({ city, sleeps: eight, kind: 'HOUSE' })]
  await world.rows('update host set shortest_nights = 21 where id = any ($1)', [hosts.map(({ hostId }) => hostId)])
  hosts.push(await world.host({ city, sleeps: [3] }))
  for (const [from, nights] of [[0, 10], [10, 20], [30, 30]] as const) {
    const host = await world.host({ city, sleeps: [5], kind: 'HOUSE' })
    await world.rows('update host set animals_welcome = true, shortest_nights = $2 where id = $1', [host.hostId, Math.min(nights, 10)])
    await world.rows('update opening set from_date = city_today($2) + $3::int, until_date = city_today($2) + $3::int + $4::int where room_id = $1',
      [host.roomIds[0], city, from, nights])
    hosts.push(host)
  }
  return hosts
}

/** A crowd of single people and couples and rooms for a part of them: a round over it takes seconds. */
export async function crowdTown(world: Pick<BrowserWorld, 'rows'>, city: string, { waiting, rooms }: { waiting: number; rooms: number }): Promise<void> {
  await world.rows(`
    with person as (insert into "user" (role, name) select 'HOST', 'Хозяин' from generate_series(1, $2::int / 2) returning id),
      hosting as (insert into host (user_id, state, vetted_until, languages) select id, 'VETTED', current_date + 300, '{ru}' from person returning id),
      living as (insert into home (host_id, city_id, kind) select id, $1, 'FLAT' from hosting returning id),
      made as (insert into room (home_id, name, sleeps) select id, 'Комната ' || n, 1 + (ascii(right(id::text, 1)) + n) % 3
        from living, generate_series(1, 2) n returning id)
    insert into opening (room_id, from_date, until_date)
    select id, city_today($1), city_today($1) + 5 + ascii(right(id::text, 1)) % 40 from made`, [city, rooms])
  await world.rows(`
    insert into arrival (code, nickname, city_ids, from_date, until_date, adults, languages, waiting_since)
    select substr(lpad(upper(to_hex(number)), 5, '0'), 1, 2) || '-' || substr(lpad(upper(to_hex(number)), 5, '0'), 3), 'Барс ' || n, array[$1],
      city_today($1) + n % 4, city_today($1) + n % 4 + 1 + n % 9, 1 + n % 3, '{ru}', now() - make_interval(mins => n)
    from generate_series(1, $2::int) n cross join lateral (select 655360 + n as number) spoken
    where not exists (select 1 from arrival where code = substr(lpad(upper(to_hex(number)), 5, '0'), 1, 2) || '-' || substr(lpad(upper(to_hex(number)), 5, '0'), 3))`,
  [city, waiting])
}
