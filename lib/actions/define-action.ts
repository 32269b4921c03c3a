import 'server-only'
import { randomUUID } from 'node:crypto'
import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { redirect, unstable_rethrow } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import type { z } from 'zod'
import { can, type Act, type Actor } from '@/lib/auth/rules'
import { currentGuest, currentUser } from '@/lib/auth/session'
import { isUnavailable } from '@/lib/db/sqlstate'
import { AppError } from '@/lib/errors'
import { isLocale, type Locale } from '@/lib/i18n/routing'
import { log } from '@/lib/log'
import { hashSecret, readTicket } from '@/lib/privacy/secret'
import { faultsIn, type Result } from '@/lib/result'
import { countTry, requireTries, type LimitName } from './rate-limit'
import { isFromOwnPage, readForm, type ReadForm } from './read-form'
import type { ActionState, FormAction } from './state'

/** Everything an action's `run` gets: checked input, who asks, and the idempotency key with the request's hash. */
export interface ActionCall<Input> {
  input: Input
  actor: Actor
  key: string
  requestHash: string
  locale: Locale
}

interface Definition<Schema extends z.ZodType, Value> {
  name: string
  permission: Act
  /** Who may be speaking, in order of preference. Default: the signed-in person. */
  speaker?: 'USER' | 'GUEST' | 'TICKET' | 'ANYBODY'
  /** `guess`: what opens a secret; only failures count. */
  limit?: LimitName
  /** True where doing it twice is doing it once anyway (theme, sign-out): the form carries no key. */
  keyless?: boolean
  input: Schema
  run: (call: ActionCall<z.infer<Schema>>) => Promise<Result<Value, string, unknown>>
  /**
   * For what leaves nobody who could press again: asked where no guest is known, the answer of the first press under
   * this key, `null` for a new one. Opens nothing: the page it leads to is the same for everybody.
   */
  doneBefore?: (key: string) => Promise<{ value: Value } | null>
  /** Message key (namespace `done`) when it went well. */
  done?: string
  /** Refusals of the command that are about one field: reason → field. Any other stands on top of the form. */
  fieldOf?: (input: z.infer<Schema>) => Readonly<Record<string, string>>
  /** Where it leads when it went well; a path without the locale. */
  leadsTo?: (value: Value) => string | null
  /** What the page needs of the answer, for example the revealed address. */
  show?: (value: Value) => Record<string, unknown>
}

/** Refusals that say a secret was wrong. */
const GUESSED_WRONG = new Set(['LINK_UNKNOWN', 'CODE_WRONG', 'CODE_SPENT'])
type Refused = Extract<ActionState, { status: 'refused' }>
const ANONYMOUS: Actor = { kind: 'ANONYMOUS' }

async function whoSpeaks(speaker: Definition<z.ZodType, unknown>['speaker'], form: FormData): Promise<Actor> {
  if (speaker === 'GUEST') return (await currentGuest()) ?? ANONYMOUS
  if (speaker === 'ANYBODY') return (await currentUser()) ?? ANONYMOUS
  if (speaker === 'TICKET') {
    const text = form.get('_ticket')
    const ticket = typeof text === 'string' ? readTicket(text) : null
    return ticket ? { kind: 'TICKET', ...ticket } : ANONYMOUS
  }
  return (await currentUser()) ?? ANONYMOUS
}

async function admit(
  { speaker, permission, limit }: Pick<Definition<z.ZodType, unknown>, 'speaker' | 'permission' | 'limit'>, form: FormData,
): Promise<Actor> {
  if (!isFromOwnPage(await headers())) throw new AppError('FORBIDDEN')
  if (limit === 'guess') await requireTries('guess')
  const actor = await whoSpeaks(speaker, form)
  if (limit === 'guess' && speaker === 'TICKET' && actor.kind === 'ANONYMOUS') await countTry('guess')
  if (!can(actor, permission)) throw new AppError(actor.kind === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN')
  await countTry(limit === undefined || limit === 'guess' ? 'act' : limit)
  return actor
}

async function refused(read: ReadForm, code: string, detail: unknown, fields: Record<string, string> = {}): Promise<Refused> {
  const t = await getTranslations('refusals')
  const params = typeof detail === 'object' && detail !== null ? (detail as Record<string, string | number>) : {}
  const message = t.has(code) ? t(code, params) : t('UNEXPECTED', { id: code })
  return { status: 'refused', message, fields, values: read.values }
}

/** The limits a sentence at a field names, where the schema told them. */
function limitsOf(issue: z.core.$ZodIssue): Record<string, number> {
  const { min, max } = (issue.code === 'custom' ? issue.params : undefined) ?? {}
  return typeof min === 'number' && typeof max === 'number' ? { min, max } : {}
}

interface Misfit {
  name: string
  code: string
  limits?: Record<string, number>
}

function misfitsIn(error: z.ZodError): Misfit[] {
  return error.issues.map((issue) => ({
    name: issue.path.length > 0 ? String(issue.path[0]) : '_form', code: issue.message, limits: limitsOf(issue),
  }))
}

async function refusedFields(read: ReadForm, found: readonly Misfit[]): Promise<Refused> {
  const t = await getTranslations('errors')
  const fields: Record<string, string> = {}
  for (const { name, code, limits = {} } of found) fields[name] ??= t.has(code) ? t(code, limits) : t('INVALID')
  return refused(read, 'CHECK_FIELDS', { count: Object.keys(fields).length }, fields)
}

async function refusedAt(read: ReadForm, field: string, { reason, detail }: { reason: string; detail?: unknown }): Promise<Refused> {
  const { message } = await refused(read, reason, detail)
  return refused(read, 'CHECK_FIELDS', { count: 1 }, { [field]: message })
}

async function stopped(read: ReadForm, error: unknown, { name, door }: { name: string; door: string }): Promise<ActionState> {
  if (isUnavailable(error)) {
    log.warn({ action: name, err: error }, 'the database is away or too busy')
    return refused(read, 'UNAVAILABLE', {})
  }
  if (!(error instanceof AppError)) {
    const id = randomUUID().slice(0, 8)
    log.error({ id, action: name, err: error }, 'action failed')
    return refused(read, 'UNEXPECTED', { id })
  }
  if (error.code === 'UNAUTHENTICATED') redirect(door)
  return refused(read, error.code, { seconds: Number(error.detail ?? 60) || 60 })
}

/**
 * Makes a server action: own page → who speaks → permission → rate → schema → command → reply. It never answers with a
 * 5xx: what was typed comes back with a sentence, and a bug is logged under an id. A newcomer who is not known is led
 * to where a link can be pasted, staff and hosts to where they sign in.
 *
 * @returns an action for a form; its state holds translated sentences only.
 */
export function defineAction<Schema extends z.ZodType, Value>(definition: Definition<Schema, Value>): FormAction {
  return async function act(_previous, sent: unknown) {
    const locale = await getLocale()
    // whoever calls an action by hand may send anything in a form's place; it is an empty form
    const form = sent instanceof FormData ? sent : new FormData()
    const read = readForm(form)
    try {
      const before = await pressedBefore(definition, read.key)
      if (before !== null) return await accepted(definition, before.value, locale)
      const actor = await admit(definition, form)
      const parsed = definition.input.safeParse(read.input)
      if (!parsed.success) return await refusedFields(read, misfitsIn(parsed.error))
      if (definition.keyless !== true && !/^[0-9A-Za-z_-]{16,64}$/.test(read.key)) return await refused(read, 'FORM_STALE', {})
      const requestHash = hashSecret('request', `${definition.name}:${JSON.stringify(read.values)}`)
      const call = { input: parsed.data, actor, key: read.key, requestHash, locale: isLocale(locale) ? locale : 'ru' } as const
      return await perform(definition, call, read)
    } catch (error) {
      unstable_rethrow(error)
      const door = definition.speaker === 'GUEST' ? 'stay' : 'sign-in'
      return stopped(read, error, { name: definition.name, door: `/${locale}/${door}` })
    }
  }
}

async function pressedBefore<Schema extends z.ZodType, Value>({ doneBefore }: Definition<Schema, Value>, key: string) {
  if (doneBefore === undefined || (await currentGuest()) !== null) return null
  await countTry('act')
  return doneBefore(key)
}

async function perform<Schema extends z.ZodType, Value>(
  definition: Definition<Schema, Value>, call: ActionCall<z.infer<Schema>>, read: ReadForm,
): Promise<ActionState> {
  const result = await definition.run(call)
  if (result.ok) return accepted(definition, result.value, call.locale)
  const faults = result.reason === 'CHECK_FIELDS' ? faultsIn(result.detail) : []
  if (faults.length > 0) return refusedFields(read, faults.map(({ field, code }) => ({ name: field, code })))
  if (definition.limit === 'guess' && GUESSED_WRONG.has(result.reason)) await countTry('guess')
  const field = definition.fieldOf?.(call.input)[result.reason]
  return field === undefined ? refused(read, result.reason, result.detail) : refusedAt(read, field, result)
}

async function accepted<Schema extends z.ZodType, Value>(
  definition: Definition<Schema, Value>, value: Value, locale: string,
): Promise<ActionState> {
  revalidatePath('/', 'layout')
  const path = definition.leadsTo?.(value) ?? null
  if (path !== null) redirect(`/${locale}${path}`)
  const message = definition.done === undefined ? {} : { message: (await getTranslations('done'))(definition.done) }
  return { status: 'done', ...message, ...(definition.show ? { data: definition.show(value) } : {}) }
}
