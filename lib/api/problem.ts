import 'server-only'
import { createTranslator } from 'use-intl/core'
import type { z } from 'zod'
import { loadMessages } from '@/lib/i18n/load'
import { isLocale, type Locale } from '@/lib/i18n/routing'
import { CODES, statusOf, type Code } from './codes'

const MOST_ERRORS = 20

/** One field that does not fit: where it stands, its code, and a sentence. */
interface FieldError {
  /** Of the body, as RFC 6901 writes it; the whole body is the empty text. */
  pointer?: string
  /** Of the address, by name. */
  parameter?: string
  code: string
  detail: string
}

/** What a problem says beside its code. */
export interface Said {
  /** The language the caller asked for; without one the detail is the title's plain English. */
  locale: Locale | null
  /** Ids, states and nights the refusal is about. */
  about?: Record<string, unknown>
  errors?: FieldError[]
  headers?: Record<string, string>
}

/** The first language a caller asks for that we write; `null` for a program that says none of them. */
export function languageOf(header: string | null): Locale | null {
  const wanted = (header ?? '').slice(0, 200).split(',')
  return wanted.map((part) => part.trim().slice(0, 2).toLowerCase()).find(isLocale) ?? null
}

// A sentence that misses one of its values would say nothing: then there is none.
async function sentenceIn(
  area: 'errors' | 'refusals', { locale, code, values }: { locale: Locale; code: string; values: Record<string, string | number> },
): Promise<string | null> {
  const faults: unknown[] = []
  const messages = (await loadMessages(locale))[area] as Record<string, string>
  if (!Object.hasOwn(messages, code)) return null
  const translate = createTranslator({ locale, messages, onError: (fault) => void faults.push(fault) })
  const sentence = translate(code, values)
  return faults.length === 0 ? sentence : null
}

function isSayable(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function nightWords(about: Record<string, unknown>): Record<string, string> {
  const runs = about['nights']
  if (!Array.isArray(runs)) return {}
  return { nights: runs.map(({ from, until }: { from: string; until: string }) => `${from} – ${until}`).join(', ') }
}

function valuesOf(about: Record<string, unknown>): Record<string, string | number> {
  const plain = Object.fromEntries(Object.entries(about).filter((entry): entry is [string, string | number] => isSayable(entry[1])))
  return { ...plain, ...nightWords(about) }
}

/**
 * A problem as RFC 9457 writes it: `type`, `title`, `status`, `detail`, and `code`, which never changes its meaning. The
 * title is English; the detail is a sentence of our screens in the language the caller asked for.
 */
export async function problem(code: Code, { locale, about = {}, errors, headers = {} }: Said): Promise<Response> {
  const values = { ...valuesOf(about), ...(errors ? { count: errors.length } : {}) }
  const [status, title] = CODES[code]
  const body = {
    type: `/api/v1/openapi.json#/components/x-problems/${code}`, title, status,
    detail: locale === null ? title : ((await sentenceIn('refusals', { locale, code, values })) ?? title),
    code,
    ...(Object.keys(about).length > 0 ? { about } : {}),
    ...(errors ? { errors } : {}),
  }
  return new Response(JSON.stringify(body), {
    status: statusOf(code),
    headers: { 'Content-Type': 'application/problem+json', 'Content-Language': locale ?? 'en', 'Cache-Control': 'no-store', ...headers },
  })
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

// `unrecognized_keys` points at what holds the fields; each of them is named
function pathsOf(issue: z.core.$ZodIssue): (readonly PropertyKey[])[] {
  return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
}

/** A field of a request that does not fit, by its place. */
export interface Misfit {
  path: readonly PropertyKey[]
  code: string
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return 'FIELD_UNKNOWN'
  return /^[A-Z][A-Z_]+$/.test(issue.message) ? issue.message : 'INVALID'
}

/** What a schema complains about, field by field. */
export function misfitsIn(error: z.ZodError): Misfit[] {
  return error.issues.flatMap((issue) => pathsOf(issue).map((path) => ({ path, code: codeOf(issue) })))
}

/** Fields as a problem's errors, at most 20 of them. `place`: where the checked value came from. */
export async function fieldErrors(found: readonly Misfit[], place: 'body' | 'query', asked: Locale | null): Promise<FieldError[]> {
  const locale = asked ?? 'en'
  return Promise.all(found.slice(0, MOST_ERRORS).map(async ({ path, code }) => ({
    ...(place === 'body' ? { pointer: pointerTo(path) } : { parameter: path.map(String).join('.') }),
    code,
    detail: (await sentenceIn('errors', { locale, code, values: {} })) ?? (await sentenceIn('errors', { locale, code: 'INVALID', values: {} })) ?? code,
  })))
}
