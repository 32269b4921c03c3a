import 'server-only'

/** Long reckonings of one worker at a time, of its four hands: letters and clocks keep the others. */
const MOST_AT_ONCE = 2

let underWay = 0

/**
 * Does a long work where fewer than two are under way in this process, and otherwise asks for it again later.
 *
 * @param later puts the job back into the queue.
 */
export async function oneOfFew(work: () => Promise<void>, later: () => Promise<void>): Promise<void> {
  if (underWay >= MOST_AT_ONCE) return later()
  underWay += 1
  try {
    await work()
  } finally {
    underWay -= 1
  }
}
