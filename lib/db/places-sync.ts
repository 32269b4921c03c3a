import 'server-only'
import { CITIES, DISTRICTS } from '@/lib/places/places'
import { withOwnPool } from './own-pool'

/**
 * Writes the gazetteer's towns and districts into the database, so that keys can point at them. A town that is there
 * takes the file's country and time zone and keeps its own clocks. Nothing is removed: homes may stand in it.
 *
 * @param connectionString an owner's connection, after the migrations.
 */
export async function syncPlaces({ connectionString }: { connectionString: string }): Promise<void> {
  const cities = CITIES.map(({ id, country, timeZone }) => ({ id, country, time_zone: timeZone }))
  const districts = DISTRICTS.map(({ id, cityId }) => ({ id, city_id: cityId }))
  await withOwnPool(connectionString, async (pool) => {
    await pool.query(
      `insert into city (id, country, time_zone)
       select id, country, time_zone from json_to_recordset($1) as row (id text, country text, time_zone text)
       on conflict (id) do update set country = excluded.country, time_zone = excluded.time_zone`,
      [JSON.stringify(cities)],
    )
    await pool.query(
      `insert into district (id, city_id) select id, city_id from json_to_recordset($1) as row (id text, city_id text)
       on conflict (id) do update set city_id = excluded.city_id`,
      [JSON.stringify(districts)],
    )
  })
}
