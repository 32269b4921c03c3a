interface Refusal { ok: false; reason: string; detail: { state?: string } }

/** A refusal because somebody was faster, with the state the placement is in now; everything else as it is. */
export function withStateNow<Answer extends { ok: true; value: unknown }>(answer: Answer | Refusal) {
  if (answer.ok || answer.reason !== 'NOT_OPEN') return answer
  return { ok: false as const, reason: 'STATE_CHANGED', detail: { state: answer.detail.state ?? 'UNKNOWN' } }
}
