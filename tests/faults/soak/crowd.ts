import type { UserActor } from '@/lib/auth/rules'
import { seal } from '@/lib/privacy/seal'
import { smallWorld } from '../../setup/small-world'
import type { TestDatabase } from '../../setup/test-database'

/** A home of the crowd and who answers for it. */
export interface CrowdHome {
  cityId: string
  hostId: string
  userId: string
  homeId: string
  roomIds: string[]
}

/** Somebody who asks for a place, as far as a proposal needs to know them. */
export interface Guest {
  arrivalId: string
  cityId: string
  adults: number
  childrenAges: number[]
  /** Of those who are placed together. */
  groupId: string | null
}

/** Who meets whom in a soak. Plain data: client processes read it from a file. */
export interface Crowd {
  cityIds: string[]
  /** Everybody proposes, and thinks of the same room in the same moment. */
  rush: boolean
  homes: CrowdHome[]
  staff: UserActor[]
  guests: Guest[]
}

export interface CrowdSize extends Pick<Crowd, 'cityIds' | 'rush'> {
  homesPerCity: number
  guestsPerCity: number
}

/** Six guests and three homes: everybody meets everybody. */
export const TINY: CrowdSize = { cityIds: ['almaty'], rush: false, homesPerCity: 3, guestsPerCity: 6 }
/** The first night: more who look for a place than there are rooms that people think of. */
export const RUSH: CrowdSize = { cityIds: ['almaty'], rush: true, homesPerCity: 8, guestsPerCity: 60 }
/** Rivalry on some nights of every room, and room enough for most of what is asked. */
export const TOWN: CrowdSize = { cityIds: ['almaty', 'astana', 'bishkek', 'oral'], rush: false, homesPerCity: 12, guestsPerCity: 20 }

const BEDS = [[2, 2], [2, 2, 3], [3], [4, 2]]
const STAFF = ['COORDINATOR', 'COORDINATOR', 'COORDINATOR', 'LEAD', 'LEAD', 'LEAD'] as const

/**
 * Writes vetted homes with open rooms, a staff who serves every town, and the first guests.
 *
 * @param database the owner's connection; homes get addresses sealed with this process's keys.
 */
export async function makeCrowd({ row, rows }: Pick<TestDatabase, 'row' | 'rows'>, size: CrowdSize): Promise<Crowd> {
  const world = smallWorld({ row })
  const staff: UserActor[] = []
  for (const [index, role] of STAFF.entries()) {
    const name = `${role} ${index}`
    const userId = await world.idOf('insert into "user" (role, name, city_ids) values ($1, $2, $3)', [role, name, size.cityIds])
    staff.push({ kind: 'USER', userId, role, name, cityIds: size.cityIds, hostId: null })
  }
  const crowd: Crowd = { cityIds: size.cityIds, rush: size.rush, homes: [], staff, guests: [] }
  for (const cityId of size.cityIds) {
    for (let index = 0; index < size.homesPerCity; index += 1) {
      const home = await world.home({ sleeps: BEDS[index % BEDS.length] ?? [2], cityId })
      await rows('update home set address_sealed = $2 where id = $1',
        [home.homeId, seal('Abai 10', { field: 'home.address', rowId: home.homeId })])
      crowd.homes.push({ cityId, ...home })
    }
    for (let index = 0; index < size.guestsPerCity; index += 1) {
      const arrivalId = await world.arrival({ adults: 2 })
      // nobody writes to them, so their letters are read on their page
      await rows(`update arrival set city_ids = array[$2], contact_kind = 'NONE', contact_sealed = null where id = $1`, [arrivalId, cityId])
      crowd.guests.push({ arrivalId, cityId, adults: 2, childrenAges: [], groupId: null })
    }
  }
  return crowd
}
