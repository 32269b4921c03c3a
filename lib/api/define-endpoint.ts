import { z } from 'zod'
import type { Act, Actor, UserActor } from '@/lib/auth/rules'
import type { Locale } from '@/lib/i18n/routing'
import type { Result } from '@/lib/result'
import type { Code } from './codes'

/** Who may call: nobody known, the newcomer of a request, a host, and the team from a coordinator or a lead on. */
export const CALLERS = ['ANYBODY', 'NEWCOMER', 'HOST', 'COORDINATOR', 'LEAD'] as const
export type Caller = (typeof CALLERS)[number]

interface ActorOf {
  ANYBODY: { kind: 'ANONYMOUS' }
  NEWCOMER: Extract<Actor, { kind: 'GUEST' }>
  HOST: UserActor & { hostId: string }
  COORDINATOR: UserActor
  LEAD: UserActor
}

export const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const
export type Method = (typeof METHODS)[number]

type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

// a command's value may be read-only; it is only read here
type ReadOnly<Value> = Value extends Date ? Value
  : Value extends readonly (infer Item)[] ? readonly ReadOnly<Item>[]
  : Value extends object ? { readonly [Key in keyof Value]: ReadOnly<Value[Key]> } : Value

/** A call as it is known again: the key it came with, and a keyed hash of its bearer. */
interface Known {
  key: string
  bearerHash: string
}

/** What an endpoint's `run` gets: who asks, the checked parts of the request, and the key with the request's hash. */
interface Call<Who extends Caller, Path extends string, Query, Body> extends Known {
  actor: ActorOf[Who]
  params: Record<NamesIn<Path>, string>
  query: Query
  body: Body
  requestHash: string
  locale: Locale
}

interface Definition<Who extends Caller, Path extends string, Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
  /** Stable name of the operation, as programs made from the document call it. */
  name: string
  summary: string
  method: Method
  /** Below `/api/v1`; what stands in braces is the id of a row. */
  path: Path
  who: Who
  permission: Act
  query?: Query
  body?: Body
  answer: Answer
  /** True where something new is there afterwards: 201. */
  makes?: true
  /** True where every call counts for itself, so that no key goes with it: what is recorded each time. */
  keyless?: true
  /** True where the key guards a secret of the answer, so that it must be one nobody guesses. */
  guardedKey?: true
  /** What the command may refuse, beside what every endpoint may. */
  refusals?: readonly Code[]
  run: (call: Call<Who, Path, z.infer<Query>, z.infer<Body>>) => Promise<Result<ReadOnly<z.input<Answer>>, Code, unknown>>
  /** For what leaves nobody who could call again: the answer of the first call of this bearer and key, `null` for a new one. */
  doneBefore?: (call: Known) => Promise<{ value: ReadOnly<z.input<Answer>> } | null>
}

/** An endpoint among others: what its parts are is known to itself only. */
export interface Endpoint {
  name: string
  summary: string
  method: Method
  path: string
  who: Caller
  permission: Act
  query: z.ZodType
  body: z.ZodType
  answer: z.ZodType
  makes: boolean
  keyed: boolean
  guardedKey: boolean
  refusals: readonly Code[]
  // methods, not properties: the door hands over what the endpoint's own schemas have checked
  run(call: Call<Caller, string, unknown, unknown>): Promise<Result<unknown, Code, unknown>>
  doneBefore(call: Known): Promise<{ value: unknown } | null>
}

/** Where nothing is asked for, nothing is taken. */
const nothing = z.strictObject({})

/**
 * Declares an endpoint, once: the door that serves it (`serve.ts`) and the document that describes it (`openapi.ts`) are
 * both made of this.
 */
export function defineEndpoint<
  Who extends Caller, Path extends string, Answer extends z.ZodType, Query extends z.ZodType = typeof nothing, Body extends z.ZodType = typeof nothing,
>(definition: Definition<Who, Path, Query, Body, Answer>): Endpoint {
  const { name, summary, method, path, who, permission, query = nothing, body = nothing, answer, refusals = [] } = definition
  return {
    name, summary, method, path, who, permission, query, body, answer, refusals,
    makes: definition.makes === true,
    keyed: method !== 'GET' && definition.keyless !== true,
    guardedKey: definition.guardedKey === true,
    run: definition.run,
    doneBefore: async (call) => definition.doneBefore?.(call) ?? null,
  }
}

/** The codes an endpoint may answer with, its own and those it shares with others like it. */
export function codesOf({ method, path, who, keyed, guardedKey, refusals }: Endpoint): Code[] {
  return [
    ...(keyed ? ['IDEMPOTENCY_KEY_MISSING', 'KEY_REUSED'] as const : []),
    ...(guardedKey ? ['IDEMPOTENCY_KEY_WEAK'] as const : []),
    ...(method === 'GET' ? [] : ['INVALID_JSON', 'BODY_TOO_LARGE', 'CONTENT_TYPE'] as const),
    'CHECK_FIELDS',
    ...(who === 'ANYBODY' ? [] : ['UNAUTHENTICATED', 'FORBIDDEN'] as const),
    ...(path.includes('{') ? ['NOT_FOUND'] as const : []),
    ...refusals,
    'RATE_LIMITED', 'UNEXPECTED', 'UNAVAILABLE',
  ]
}
