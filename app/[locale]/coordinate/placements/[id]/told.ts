interface Refusal { ok: false; reason: string; detail: { state?: string } }

const OF_NIGHTS: Record<string, string> = { ROOM_TAKEN: 'EXTEND_ROOM_TAKEN', ARRIVAL_TAKEN: 'EXTEND_ARRIVAL_TAKEN' }

/** A refusal because somebody was faster, with the state the placement is in now; everything else as it is. */
export function withStateNow<Answer extends { ok: true; value: unknown }>(answer: Answer | Refusal) {
  if (answer.ok || answer.reason !== 'NOT_OPEN') return answer
  return { ok: false as const, reason: 'STATE_CHANGED', detail: { state: answer.detail.state ?? 'UNKNOWN' } }
}

/** Refused nights in their own words: nobody was faster here, the nights are simply promised. */
export function withNightsTold<Answer extends { ok: true; value: unknown }>(answer: Answer | Refusal) {
  const told = withStateNow(answer)
  return told.ok ? told : { ...told, reason: OF_NIGHTS[told.reason] ?? told.reason }
}
