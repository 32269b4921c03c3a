/**
 * What a command answers: the value, or a refusal from the command's closed list.
 *
 * Refusals are ordinary outcomes and are returned; what must stop a request is thrown (`errors.ts`).
 *
 * @see docs/adr/0004-refusals-are-returned.md
 */
export type Result<Value, Reason extends string, Detail = undefined> =
  { ok: true; value: Value; replayed?: boolean } | { ok: false; reason: Reason; detail?: Detail }

/** Wraps a value as a success. */
export function accept<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

/** Wraps a reason as a refusal; nothing was written when this is returned. */
export function refuse<Reason extends string>(reason: Reason): { ok: false; reason: Reason } {
  return { ok: false, reason }
}
