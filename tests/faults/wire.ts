// What can be seen of PostgreSQL's protocol from outside, without speaking it.

const IDLE_AGAIN = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

/**
 * Whether an answer of the database ends with "ready, and in no transaction": what was asked before it is committed, or
 * failed as a whole. The end of a BEGIN or of a statement inside a transaction looks otherwise.
 */
export function isCommitted(answer: Buffer): boolean {
  return answer.subarray(-IDLE_AGAIN.length).equals(IDLE_AGAIN)
}
