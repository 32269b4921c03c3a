import 'server-only'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'

const MAX_STAYS = 20

/** A stay that is agreed or running where women among women no longer holds. */
export interface ChangedStay {
  placementId: string
  code: string
}

/** Stays of the coordinator's cities whose household is another one than was promised: somebody has to call. */
export async function changedStays({ cityIds }: CoordinatorScope): Promise<ChangedStay[]> {
  return db.$queryRaw<ChangedStay[]>`
    select placement.id as "placementId", arrival.code
    from placement join home on home.id = placement.home_id join arrival on arrival.id = placement.arrival_id
      join host on host.id = placement.host_id
    where placement.state in ('CONFIRMED', 'ARRIVED') and home.city_id = any (${[...cityIds]})
      -- a function for each stay is slow, and only who has a wish can miss it
      and (arrival.women_only or host.women_only_guests) and not women_fit(host.id, arrival.id)
    order by placement.from_date, placement.id limit ${MAX_STAYS}`
}
