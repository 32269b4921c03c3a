/** What happened in a city: parties and hosts to be read again, or everything. */
export type CityChange = 'ALL' | { arrivals: ReadonlySet<string>; hosts: ReadonlySet<string> }

/** More changes than this are read faster as a whole. */
export const MOST_TOGETHER = 200

/** A change that waits to be worked out. */
export interface WaitingChange {
  change: CityChange
  /** When the oldest part of it was noticed, milliseconds. */
  sinceMs: number
}

/** When a city may be, and when it has to be, worked out again; milliseconds. */
export interface CityPlan {
  /** Not before, whatever happens there: it is large, or it failed. */
  notBeforeMs: number
  /** As a whole, even if nothing happens: time passes for everybody. */
  wholeAtMs: number
}

/** Both changes in one; too many are everything. */
export function mergeChanges(one: CityChange, other: CityChange): CityChange {
  if (one === 'ALL' || other === 'ALL') return 'ALL'
  const arrivals = new Set([...one.arrivals, ...other.arrivals])
  const hosts = new Set([...one.hosts, ...other.hosts])
  return arrivals.size + hosts.size > MOST_TOGETHER ? 'ALL' : { arrivals, hosts }
}

/**
 * The city whose turn it is: the one whose change has waited longest, or else the one that is longest due as a whole. A
 * city that must wait keeps nobody else waiting.
 *
 * @param wholes `WAIT`: nothing is read as a whole now, because somebody else needs the machine.
 * @returns `null` when nothing is due.
 */
export function nextCity(
  { changes, plans }: { changes: ReadonlyMap<string, WaitingChange>; plans: ReadonlyMap<string, CityPlan> },
  { nowMs, wholes }: { nowMs: number; wholes: 'GO_ON' | 'WAIT' },
): { cityId: string; change: CityChange } | null {
  const mayBegin = ([cityId]: readonly [string, unknown]) => (plans.get(cityId)?.notBeforeMs ?? 0) <= nowMs
  const [changed] = [...changes].filter(mayBegin).filter(([, { change }]) => wholes === 'GO_ON' || change !== 'ALL').sort(([, one], [, other]) => one.sinceMs - other.sinceMs)
  if (changed) return { cityId: changed[0], change: changed[1].change }
  if (wholes === 'WAIT') return null
  const [due] = [...plans].filter(mayBegin).filter(([, { wholeAtMs }]) => wholeAtMs <= nowMs)
    .sort(([, one], [, other]) => one.wholeAtMs - other.wholeAtMs)
  return due ? { cityId: due[0], change: 'ALL' } : null
}
