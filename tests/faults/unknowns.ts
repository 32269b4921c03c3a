import { isFullLength, type Check, type Until } from './part'

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

/** How much was said about them, for the figures: what is not judged is not passed over in silence. */
export function judgedBy({ committed, notCommitted }: Unknowns): string {
  const all = committed + notCommitted
  if (all < ENOUGH_FOR_BOTH) return `not at all: ${all} of the ${ENOUGH_FOR_BOTH} it takes`
  return all < ENOUGH_FOR_SHARES ? 'some of both' : 'at least a tenth of both'
}

/** A run at full length has one unknown outcome for each kill, or nobody watched: too few would be no check at all. */
function enoughCheck(all: number, until: Until): Check[] {
  if (!isFullLength(until)) return []
  return [{ name: 'there was at least one unknown outcome for each kill', ok: all >= until.kills, found: `${all} of ${until.kills}` }]
}

/**
 * Both ways out of doubt must have been seen, a tenth each in a long run: else the faults came at one moment only and prove
 * nothing.
 */
export function unknownsChecks({ committed, notCommitted }: Unknowns, until: Until): Check[] {
  const [all, found] = [committed + notCommitted, `${committed} committed, ${notCommitted} not`]
  const enough = enoughCheck(all, until)
  if (all < ENOUGH_FOR_BOTH) return enough
  const least = all < ENOUGH_FOR_SHARES ? 1 : LEAST_SHARE * all
  const share = all < ENOUGH_FOR_SHARES ? 'some' : 'at least a tenth'
  return [
    ...enough,
    { name: `${share} of the unknown outcomes had been committed`, ok: committed >= least, found },
    { name: `${share} of the unknown outcomes had not`, ok: notCommitted >= least, found },
  ]
}
