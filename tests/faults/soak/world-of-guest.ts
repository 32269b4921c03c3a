import type { JournalEntry } from '../journal'
import type { Guest } from './crowd'

/** What the journal says of somebody who has just asked: a guest, and nothing else that changed. */
export function worldOfGuest({ arrivalId, cityId, adults, childrenAges }: Guest): JournalEntry {
  const at = new Date()
  const arrival = {
    cityId, state: 'OPEN', adults, children: childrenAges.length, womanAlone: false, womenOnly: false, allWomen: false, erased: false, groupId: null,
  } as const
  return {
    at: at.toISOString(), actor: 'harness', key: '', operation: 'world', answer: { ok: true, value: null, replayed: false },
    request: {
      now: at.getTime(), approvalsOpen: true, cities: {}, users: {}, hosts: {}, homes: {}, rooms: {}, arrivals: { [arrivalId]: arrival },
      plans: {}, placements: {}, refusals: {}, blocks: [], stretches: 0,
    },
  }
}
