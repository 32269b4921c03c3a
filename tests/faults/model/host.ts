import { OK, refuse, type Answer } from './answer'
import { letGo } from './clock'
import { end } from './end'
import { homeIdOf, hostIdOf, mayGoOn, placementsWhere } from './look'
import { settle } from './settle'
import { change, rowOf, type Host, type World } from './world'

/** A pause is a no to what is only asked, and keeps guests who are confirmed or there (docs/adr/0008). */
export function pause(world: World, { hostId, paused }: { hostId: string; paused: boolean }): Answer {
  if (!world.hosts.has(hostId)) return refuse('NOT_FOUND')
  change(world.hosts, hostId, { paused })
  const asked = placementsWhere(world, (one) => paused && one.state === 'PROPOSED' && hostIdOf(world, one) === hostId)
  for (const { id, arrivalId } of asked) {
    end(world, id, { to: 'DECLINED', side: 'HOST', reason: 'NEEDS_REST' })
    settle(world, arrivalId)
  }
  return { code: 'OK', released: asked.length }
}

/**
 * Another address is another place: what is only asked of the old one is let go, and somebody must see the new one first
 * (docs/adr/0017). The first address is no other, and the same in other words is none either.
 */
export function changeAddress(world: World, { homeId, address }: { homeId: string; address: string }): Answer {
  const was = rowOf(world.homes, homeId).address
  if (was === null || was === address) {
    change(world.homes, homeId, { address })
    return OK
  }
  const here = placementsWhere(world, (one) => homeIdOf(world, one) === homeId)
  if (here.some(({ state }) => state === 'CONFIRMED' || state === 'ARRIVED')) return refuse('HOME_OCCUPIED')
  letGo(world, (one) => homeIdOf(world, one) === homeId)
  change(world.homes, homeId, { address, toVisit: true })
  return OK
}

/** A visit finds the household to be another one: what is only asked and may not go on is let go, who agreed stays. */
export function seeHousehold(
  world: World, { hostId, ...found }: { hostId: string } & Pick<Host, 'womenOnlyHousehold' | 'womenOnlyGuests'>,
): Answer {
  change(world.hosts, hostId, found)
  return { code: 'OK', released: letGo(world, (one) => hostIdOf(world, one) === hostId && !mayGoOn(world, one)) }
}
