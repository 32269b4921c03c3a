import type { Check } from './part'

/** Outcomes nobody was told of, as the same key told later. */
export interface Unknowns {
  committed: number
  notCommitted: number
}

const LEAST_SHARE = 0.1
/** Fewer than these say nothing about shares: a tenth of them comes and goes with the dice. */
const ENOUGH_FOR_SHARES = 500
/** Fewer than these may all be of one kind. */
const ENOUGH_FOR_BOTH = 40

/**
 * Both ways out of doubt must have been seen, a tenth each in a long run: else the faults came at one moment only and prove
 * nothing.
 */
export function unknownsChecks({ committed, notCommitted }: Unknowns): Check[] {
  const [all, found] = [committed + notCommitted, `${committed} committed, ${notCommitted} not`]
  if (all < ENOUGH_FOR_BOTH) return []
  const least = all < ENOUGH_FOR_SHARES ? 1 : LEAST_SHARE * all
  const share = all < ENOUGH_FOR_SHARES ? 'some' : 'at least a tenth'
  return [
    { name: `${share} of the unknown outcomes had been committed`, ok: committed >= least, found },
    { name: `${share} of the unknown outcomes had not`, ok: notCommitted >= least, found },
  ]
}
