import { CODES, type Code } from './codes'

/** Bytes of a body, after which nobody reads on. */
export const MAX_BODY_BYTES = 64 * 1024
const MAX_DEPTH = 20
const JSON_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i
/** Of text that is JSON already: whole strings, and the signs that build. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g

/** Why a request is not read on; thrown, and answered as a problem. */
export class Unreadable extends Error {
  constructor(readonly code: Extract<Code, 'INVALID_JSON' | 'BODY_TOO_LARGE' | 'CONTENT_TYPE'>) {
    super(CODES[code][1])
    this.name = 'Unreadable'
  }
}

// The length a request claims is not believed, and a body without an end is not waited for.
async function readBytes({ body }: Request): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const parts: Uint8Array[] = []
  let length = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength
    if (length > MAX_BODY_BYTES) {
      await reader.cancel()
      throw new Unreadable('BODY_TOO_LARGE')
    }
    parts.push(part.value)
  }
  return Buffer.concat(parts)
}

function refuseType({ headers }: Request, length: number): void {
  const type = headers.get('content-type')
  const packed = headers.get('content-encoding') ?? 'identity'
  const isJson = type === null ? length === 0 : JSON_TYPE.test(type.trim())
  if (!isJson || packed !== 'identity') throw new Unreadable('CONTENT_TYPE')
}

/** Names of the objects that are open, innermost last; `null` where a list is open. */
type Open = (Set<string> | null)[]

function takeName(open: Open, text: string): void {
  const names = open.at(-1)
  const name = JSON.parse(text) as string
  // which of two values a name has would depend on the reader, and `__proto__` is a name in none of our schemas
  if (names?.has(name) !== false || name === '__proto__') throw new Unreadable('INVALID_JSON')
  names.add(name)
}

// Goes over the signs that build, with the string before each colon: a name.
function refuseTwins(text: string): void {
  const open: Open = []
  let last = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === ':') takeName(open, last)
    else if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null)
    else if (token === '}' || token === ']') open.pop()
    if (open.length > MAX_DEPTH) throw new Unreadable('INVALID_JSON')
    last = token
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    refuseTwins(text)
    return value
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable('INVALID_JSON')
  }
}

/**
 * Reads the body of a request as JSON: at most 64 kB, UTF-8, no name twice in an object, at most 20 levels. No body at
 * all is an empty object.
 *
 * @throws Unreadable
 */
export async function readBody(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw new Unreadable('BODY_TOO_LARGE')
  const bytes = await readBytes(request)
  refuseType(request, bytes.byteLength)
  return bytes.byteLength === 0 ? {} : parse(bytes)
}
