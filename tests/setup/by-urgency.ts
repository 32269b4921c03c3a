interface Queued {
  id: string
  waitingSince: Date
  priority: { total: number }
}

/** What the queue's order is to be: most points first, then who asked first, then the id. */
export function compareUrgency(one: Queued, other: Queued): number {
  return (
    other.priority.total - one.priority.total
    || one.waitingSince.getTime() - other.waitingSince.getTime()
    || (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  )
}
