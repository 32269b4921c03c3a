/**
 * What a transition answers: `OK`, or the reason why nothing was written. Beside `OK` stands what the caller is told of
 * it, as far as it does not hang on the clock.
 */
export interface Answer {
  code: string
  confirmed?: boolean
  ended?: number
  released?: number
  /** Of many proposals: what became of each, in their order. */
  outcomes?: readonly string[]
}

export const OK: Answer = { code: 'OK' }

/** A refusal: the world is as it was. */
export function refuse(code: string): Answer {
  return { code }
}

/** The first code whose condition holds, or null. The order is the order in which people are told. */
export function firstOf(...refusals: readonly (readonly [code: string, holds: () => boolean])[]): string | null {
  return refusals.find(([, holds]) => holds())?.[0] ?? null
}
