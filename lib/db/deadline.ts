import 'server-only'
import type { PoolClient } from 'pg'

// The database ends a statement after five seconds. Where its answer does not come a second later it is not the
// statement that is slow: the network swallows what we say.
export const ANSWER_WITHIN_MS = 6_000
const NO_ANSWER = 'Query read timeout'

type Callback = (error: Error | null | undefined, result: unknown) => void

/**
 * Drops a connection whose answer did not come in time. The driver gives up on the answer (`query_timeout` of the pool)
 * but goes on to wait for it on the connection, behind which every later question would wait too.
 *
 * @param client of a pool with `query_timeout`; for `pool.on('connect')`.
 */
export function dropWhenSilent(client: PoolClient): void {
  const ask = client.query.bind(client) as (...call: unknown[]) => unknown
  const look = (error: unknown) => {
    if (error instanceof Error && error.message === NO_ANSWER) {
      (client as unknown as { connection: { stream: { destroy: () => void } } }).connection.stream.destroy()
    }
  }
  const askAndLook = (...call: unknown[]): unknown => {
    const last = call.at(-1)
    if (typeof last === 'function') {
      const answer: Callback = (error, result) => {
        look(error)
        ;(last as Callback)(error, result)
      }
      return ask(...call.slice(0, -1), answer)
    }
    const asked = ask(...call)
    if (asked instanceof Promise) asked.catch(look)
    return asked
  }
  Object.assign(client, { query: askAndLook })
}
