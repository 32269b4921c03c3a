import { DEMO_USERS } from '@/lib/auth/demo'
import { CITY_IDS } from './cities'

/** Somebody of the team. */
export interface SeedStaff {
  id: string
  role: 'COORDINATOR' | 'LEAD' | 'ADMIN'
  name: string
  mail: string
  cityIds: readonly string[]
}

const idOf = (letter: string) => `0183a000-0000-7000-8000-0000000000${letter}`

export const AIGUL: SeedStaff = {
  id: DEMO_USERS.coordinate, role: 'COORDINATOR', name: 'Айгуль', mail: 'aigul@example.org', cityIds: CITY_IDS,
}
export const ERLAN: SeedStaff = { id: DEMO_USERS.lead, role: 'LEAD', name: 'Ерлан', mail: 'erlan@example.org', cityIds: CITY_IDS }

const OF_ONE_CITY: readonly SeedStaff[] = [
  { id: idOf('1a'), role: 'COORDINATOR', name: 'Дана', mail: 'dana@example.org', cityIds: ['almaty'] },
  { id: idOf('1b'), role: 'COORDINATOR', name: 'Бауыржан', mail: 'bauyrzhan@example.org', cityIds: ['astana'] },
  { id: idOf('1c'), role: 'COORDINATOR', name: 'Галина', mail: 'galina@example.org', cityIds: ['oral'] },
  { id: idOf('1d'), role: 'COORDINATOR', name: 'Тимур', mail: 'timur@example.org', cityIds: ['kostanay'] },
  { id: idOf('1e'), role: 'COORDINATOR', name: 'Айзада', mail: 'aizada@example.org', cityIds: ['bishkek'] },
]

/** Sees every town there is, so that nobody waits in one without a volunteer. */
const ZHANAR: SeedStaff = { id: idOf('1f'), role: 'ADMIN', name: 'Жанар', mail: 'zhanar@example.org', cityIds: [] }

/** The team: one who sees every city of the story, a lead, one in each city, and an admin. */
export const STAFF: readonly SeedStaff[] = [AIGUL, ERLAN, ...OF_ONE_CITY, ZHANAR]

/** The coordinator who works in this city only. */
export function coordinatorOf(cityId: string): SeedStaff {
  return OF_ONE_CITY.find(({ cityIds }) => cityIds.includes(cityId)) ?? AIGUL
}
