import type { ArrivalState } from '../schema'

/** Where a newcomer's request stands, as their page says it. */
export const STAGES = ['SEARCHING', 'PROPOSED', 'WAITING_HOST', 'CONFIRMED', 'ARRIVED', 'ENDED'] as const
export type Stage = (typeof STAGES)[number]

interface Standing {
  state: ArrivalState
  plans: readonly {
    guestSaidYes: boolean
    homes: readonly { state: 'PROPOSED' | 'CONFIRMED' | 'ARRIVED' }[]
  }[]
}

/** The stage of the plan that needs the newcomer most: a question first, then where they are, then what they wait for. */
export function stageOf({ state, plans }: Standing): Stage {
  if (state === 'CLOSED' || state === 'WITHDRAWN') return 'ENDED'
  const open = plans.filter(({ homes }) => homes.some((home) => home.state === 'PROPOSED'))
  if (open.some(({ guestSaidYes }) => !guestSaidYes)) return 'PROPOSED'
  const states = plans.flatMap(({ homes }) => homes.map((home) => home.state))
  if (states.includes('ARRIVED')) return 'ARRIVED'
  if (states.includes('CONFIRMED')) return 'CONFIRMED'
  return open.length > 0 ? 'WAITING_HOST' : 'SEARCHING'
}
