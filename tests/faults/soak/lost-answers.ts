import { AsyncLocalStorage } from 'node:async_hooks'
import { Client } from 'pg'
import { isRetryable } from '@/lib/db/sqlstate'

/** What happened to one try on its way: answers that never came to statements that may have committed. */
export interface Watch {
  /** The database said that it ends the connection: nearly always it had written nothing. */
  ended: number
  /** The connection broke without a word: anybody's guess. */
  broken: number
}

const watches = new AsyncLocalStorage<Watch>()
// a transition is one statement that commits by itself; everything else commits by its name
const MAY_COMMIT = /\bas answer\b|^commit/i

type Done = (error: unknown, answer?: unknown) => void

function textOf(query: unknown): string {
  if (typeof query === 'string') return query
  return typeof query === 'object' && query !== null && 'text' in query ? String(query.text) : ''
}

function note(watch: Watch, error: unknown): void {
  if ((error as { code?: unknown } | null)?.code === '57P01') watch.ended += 1
  else if (isRetryable(error) || (error as { code?: unknown } | null)?.code === 'ECONNRESET') watch.broken += 1
}

/**
 * From now on the driver tells about answers that were lost under way. The commands repeat such a statement under its key
 * and never say so, as they should; a harness that is to prove it has to know.
 */
export function watchTheDriver(): void {
  const ask = Client.prototype.query as (this: Client, ...call: unknown[]) => unknown
  function watched(this: Client, ...call: unknown[]): unknown {
    const watch = watches.getStore()
    if (watch === undefined || !MAY_COMMIT.test(textOf(call[0]))) return ask.apply(this, call)
    const done = call.at(-1)
    if (typeof done === 'function') {
      const told: Done = (error, answer) => {
        if (error) note(watch, error)
        ;(done as Done)(error, answer)
      }
      return ask.apply(this, [...call.slice(0, -1), told])
    }
    const answer = ask.apply(this, call)
    if (answer instanceof Promise) answer.catch((error: unknown) => { note(watch, error) })
    return answer
  }
  Object.assign(Client.prototype, { query: watched })
}

/** Runs one try and counts into `watch` what it loses. */
export function watching<T>(watch: Watch, work: () => Promise<T>): Promise<T> {
  return watches.run(watch, work)
}
