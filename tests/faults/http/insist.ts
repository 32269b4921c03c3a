import { setTimeout as pause } from 'node:timers/promises'
import type { ApiAnswer, ApiRequest, Caller } from './caller'

const AGAIN_AFTER_MS = 40
const GIVE_UP_AFTER_MS = 90_000

/** A request that has been answered, and how many tries before it were not. */
export interface Answered {
  answer: ApiAnswer
  /** Tries that went out and had no answer: connection broken, or the server said "not now". Whether they were written nobody was told. */
  lost: number
}

/** Nobody listened: the request never went out. */
const NOT_SENT = 'ECONNREFUSED'

/** 503, and when to ask again. Any other 5xx is an answer that must never come, and asking again would hide it. */
const isNotNow = ({ status, again }: ApiAnswer) => status === 503 && again

interface Insist {
  caller: Caller
  request: ApiRequest
  /** Where to ask, by the number of the try: a try after a lost one goes to another process. */
  whereTo: (attempt: number) => string
  /** Called for each lost try. */
  onLost?: (why: string) => void
}

async function tryOnce({ caller, request, whereTo }: Insist, attempt: number): Promise<ApiAnswer | string> {
  try {
    const answer = await caller.call(whereTo(attempt), request)
    return isNotNow(answer) ? `${answer.status} ${String(answer.body['code'])}` : answer
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code ?? message
  }
}

/** Asks until there is an answer, each time under the same key, as a program does that may not lose anything. */
export async function insist(asked: Insist): Promise<Answered> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS
  let lost = 0
  for (let attempt = 0; ; attempt += 1) {
    const answer = await tryOnce(asked, attempt)
    if (typeof answer !== 'string') return { answer, lost }
    asked.onLost?.(answer)
    if (answer !== NOT_SENT) lost += 1
    if (Date.now() > deadline) throw new Error(`${asked.request.method} ${asked.request.path}: no answer in ${GIVE_UP_AFTER_MS} ms, last ${answer}`)
    await pause(AGAIN_AFTER_MS)
  }
}
