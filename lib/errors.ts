/** Why a request stops: each maps to one status and one page. */
export type StopCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'NOT_FOUND' | 'RATE_LIMITED' | 'UNAVAILABLE'

/** A stop (2.4 of the house rules): thrown, mapped once to a status and a page. Anything else thrown is a bug. */
export class AppError extends Error {
  constructor(
    readonly code: StopCode,
    readonly detail?: string,
  ) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = 'AppError'
  }
}
