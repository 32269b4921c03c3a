/**
 * What a command answers: the value, or a refusal from the command's closed list.
 *
 * Refusals are ordinary outcomes and are returned; what must stop a request is thrown (`errors.ts`).
 *
 * @see docs/adr/0004-refusals-are-returned.md
 */
export type Result<Value, Reason extends string, Detail = undefined> =
  { ok: true; value: Value; replayed?: boolean } | { ok: false; reason: Reason; detail?: Detail }

/**
 * A field that only the command could find wrong: by its name in a form, and by its place in a request of one piece.
 * `code`: as a schema would have said it.
 */
export interface FieldFault {
  field: string
  path: string[]
  code: string
}

/** What a refusal `CHECK_FIELDS` is about. */
export interface FieldFaults {
  faults: FieldFault[]
}

/** The fields a refusal names, none where it is about something else. */
export function faultsIn(detail: unknown): FieldFault[] {
  return typeof detail === 'object' && detail !== null && 'faults' in detail ? (detail as FieldFaults).faults : []
}

/** Wraps a value as a success. */
export function accept<Value>(value: Value): { ok: true; value: Value } {
  return { ok: true, value }
}

/** Wraps a reason as a refusal; nothing was written when this is returned. */
export function refuse<Reason extends string>(reason: Reason): { ok: false; reason: Reason } {
  return { ok: false, reason }
}
