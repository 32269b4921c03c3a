// EPIPE is no SQLSTATE, but as long as one: a line that broke while we wrote
const RETRYABLE = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '08000', '08003', '08006', 'EPIPE'])
const RETRYABLE_PRISMA = new Set(['P1001', 'P1017', 'P2034'])
// the driver's own words when the line goes dead, was dead before we asked, or none is free: it has no code for that
const LINE_DEAD = ['Connection terminated', 'has encountered a connection error']
const NO_LINE = 'timeout exceeded when trying to connect'
/** No answer came within the deadline of `client.ts`. */
const NO_ANSWER = 'Query read timeout'
/** The socket's own codes: nobody there, nobody there any more, no way there. */
const LINE_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'])
/** Prisma's kinds of a line that was reset or could not be opened; they come without any code of the database. */
const LINE_BROKEN = new Set(['ConnectionClosed', 'DatabaseNotReachable'])

const LOCK_TIMEOUT = '55P03'
const OVER_TIME = '57014'
/** Somebody holds what we need, the statement took too long, we were idle in a transaction, no connection, disk or memory is left. */
const BUSY = new Set([LOCK_TIMEOUT, OVER_TIME, '25P03', '25P04', '53300', '53100', '53200'])
const BUSY_PRISMA = new Set(['P2028', 'P2024', 'P1002', 'P1008'])

interface ErrorShape {
  code?: unknown
  meta?: { driverAdapterError?: { cause?: AdapterCause } }
  cause?: unknown
}

interface AdapterCause {
  originalCode?: unknown
  kind?: unknown
}

function ownState(shape: ErrorShape): string | null {
  const original = shape.meta?.driverAdapterError?.cause?.originalCode
  if (typeof original === 'string') return original
  // five signs are a SQLSTATE, unless they are a code of Prisma's own such as P2034
  return typeof shape.code === 'string' && /^[0-9A-OQ-Z][0-9A-Z]{4}$/.test(shape.code) ? shape.code : null
}

/**
 * The SQLSTATE behind an error, wherever the driver or Prisma put it; `null` when there is none.
 * The same cause arrives as P2039, P2034, P2010 or a bare driver error depending on where it surfaced.
 */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null
  const shape = error as ErrorShape
  return ownState(shape) ?? (shape.cause === undefined ? null : sqlStateOf(shape.cause))
}

function says({ message }: Error, words: readonly string[]): boolean {
  return words.some((some) => message.includes(some))
}

// through the client the adapter's cause is in `meta`, inside a transaction it may come bare
function isLineBroken(error: unknown): boolean {
  const { meta, cause } = error as ErrorShape
  const { kind } = (meta?.driverAdapterError?.cause ?? cause ?? {}) as AdapterCause
  return typeof kind === 'string' && LINE_BROKEN.has(kind)
}

/** True for serialization failures, deadlocks and lost connections: the only errors worth a second try. */
export function isRetryable(error: unknown): boolean {
  const state = sqlStateOf(error)
  if (state !== null) return RETRYABLE.has(state)
  if (typeof error !== 'object' || error === null) return false
  if (isLineBroken(error)) return true
  const { code } = error as ErrorShape
  if (typeof code === 'string') return RETRYABLE_PRISMA.has(code) || LINE_CODES.has(code)
  return error instanceof Error && says(error, LINE_DEAD)
}

/** True when a lock was not given in time. A holder that was frozen is ended meanwhile, so once more is worth it. */
export function isLockTimeout(error: unknown): boolean {
  return sqlStateOf(error) === LOCK_TIMEOUT
}

/** True when a statement took longer than it may: of one that asks for several, it may be the waits of all of them together. */
export function isOverTime(error: unknown): boolean {
  return sqlStateOf(error) === OVER_TIME
}

/** True when the database is away or too busy: nothing was written, and in a minute the same may work. */
export function isUnavailable(error: unknown): boolean {
  if (isRetryable(error)) return true
  const state = sqlStateOf(error)
  if (state !== null) return BUSY.has(state)
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && BUSY_PRISMA.has(code)) return true
  return error instanceof Error && says(error, [NO_LINE, NO_ANSWER])
}
