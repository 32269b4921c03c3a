interface Refusal { ok: false; reason: string; detail: { state?: string } }

/**
 * A refusal because somebody was faster, with the state the placement is in now; everything else as it is. Where it is still
 * proposed nobody was faster: something stands between the two since, and it may not be agreed to.
 */
export function withStateNow<Answer extends { ok: true; value: unknown }>(answer: Answer | Refusal) {
  if (answer.ok || answer.reason !== 'NOT_OPEN') return answer
  if (answer.detail.state === 'PROPOSED') return { ok: false as const, reason: 'MAY_NOT_GO_ON', detail: {} }
  return { ok: false as const, reason: 'STATE_CHANGED', detail: { state: answer.detail.state ?? 'UNKNOWN' } }
}
