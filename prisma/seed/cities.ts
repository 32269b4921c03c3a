import { districtsOf } from '@/lib/places/places'
import type { Chance } from './chance'

/** A city of the story: its share of hosts and of newcomers, in percent. */
export interface SeedCity {
  id: string
  hosts: number
  arrivals: number
}

/** Where it happened: the border towns first, then the big cities. */
export const SEED_CITIES: readonly SeedCity[] = [
  { id: 'almaty', hosts: 38, arrivals: 36 },
  { id: 'astana', hosts: 22, arrivals: 20 },
  { id: 'oral', hosts: 14, arrivals: 18 },
  { id: 'kostanay', hosts: 10, arrivals: 10 },
  { id: 'bishkek', hosts: 16, arrivals: 16 },
]
export const CITY_IDS = SEED_CITIES.map(({ id }) => id)

/**
 * Deals `count` places out to the cities by their shares: exactly, largest remainders first, so that small worlds have
 * every city too.
 */
export function dealCities(count: number, share: 'hosts' | 'arrivals'): string[] {
  const whole = SEED_CITIES.map((city) => ({ id: city.id, exact: (count * city[share]) / 100 }))
  const missing = count - whole.reduce((sum, { exact }) => sum + Math.floor(exact), 0)
  const rounded = [...whole].sort((one, other) => (other.exact % 1) - (one.exact % 1)).slice(0, missing).map(({ id }) => id)
  return whole.flatMap(({ id, exact }) => Array.from({ length: Math.floor(exact) + (rounded.includes(id) ? 1 : 0) }, () => id))
}

/** A district of a city, or `null` where the gazetteer has none. */
export function pickDistrict(chance: Chance, cityId: string): string | null {
  const districts = districtsOf(cityId)
  return districts.length === 0 ? null : chance.pick(districts).id
}
