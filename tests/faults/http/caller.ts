import { Agent, request as open } from 'node:http'

const ANSWER_WITHIN_MS = 30_000

/** One request to `/api/v1`, whole: sent again as it is until there is an answer. */
export interface ApiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/api/v1`. */
  path: string
  /** Token or secret; none for whoever asks for a place. */
  bearer?: string
  /** Idempotency key; none where the endpoint takes none. */
  key?: string
  body?: unknown
}

export interface ApiAnswer {
  status: number
  body: Record<string, unknown>
  /** The answer of an earlier try under the same key. */
  replayed: boolean
  /** The server says when to ask again. */
  again: boolean
}

/** One program that calls the API over connections it keeps. */
export interface Caller {
  /** @throws Error when the connection breaks or nothing comes in half a minute: then nobody knows. */
  call: (url: string, request: ApiRequest) => Promise<ApiAnswer>
  close: () => void
}

function headersOf({ bearer, key }: ApiRequest, { address, text }: { address: string; text: string | null }): Record<string, string> {
  return {
    'X-Forwarded-For': address,
    ...(bearer === undefined ? {} : { Authorization: `Bearer ${bearer}` }),
    ...(key === undefined ? {} : { 'Idempotency-Key': key }),
    ...(text === null ? {} : { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)) }),
  }
}

/** What is no JSON is an answer all the same, and one that must never come. */
function bodyOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text || '{}') as Record<string, unknown>
  } catch {
    return { code: 'NO_JSON', text: text.slice(0, 200) }
  }
}

/** @param address each time one it claims to come from: behind a proxy that is trusted this is the network it is counted under. */
export function startCaller({ address }: { address: () => string }): Caller {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 })
  const call = (url: string, request: ApiRequest) => new Promise<ApiAnswer>((done, fail) => {
    const text = request.method === 'GET' ? null : JSON.stringify(request.body ?? {})
    const sent = open(`${url}/api/v1${request.path}`, {
      agent, method: request.method, timeout: ANSWER_WITHIN_MS, headers: headersOf(request, { address: address(), text }),
    }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', fail)
      answer.on('end', () => {
        const { 'idempotency-replayed': replayed, 'retry-after': again } = answer.headers
        const body = bodyOf(Buffer.concat(parts).toString())
        done({ status: answer.statusCode ?? 0, body, replayed: replayed === 'true', again: again !== undefined })
      })
      // an answer that was cut off has no end
      answer.on('close', () => { fail(new Error('half an answer')) })
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
    sent.on('error', fail)
    sent.end(text ?? undefined)
  })
  return { call, close: () => { agent.destroy() } }
}
