import { NextResponse, type NextRequest } from 'next/server'
import { STAY_COOKIE_SECONDS } from '@/lib/arrivals/rules/secret'
import en from '@/lib/i18n/messages/en/errors.json'
import kk from '@/lib/i18n/messages/kk/errors.json'
import ru from '@/lib/i18n/messages/ru/errors.json'
import { DEFAULT_LOCALE, isLocale, LOCALE_HEADER, type Locale } from '@/lib/i18n/routing'

// Headers, the language of the path, the size of a form and the age of a newcomer's cookie, nothing else: who may do what is decided in the data layer.

const WORDS = { ru, kk, en }
const STAY_COOKIE = /^(__Host-)?qonaq-stay$/
/** The limit of `serverActions` in next.config.js, where Next itself answers with 500. */
const MAX_BODY_BYTES = 256 * 1024

function refuseLength(locale: Locale, status: 411 | 413): NextResponse {
  return new NextResponse(WORDS[locale].TEXT_TOO_LONG, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
}

// Browsers say how long a form is. Without it the limit below knows nothing, and Next itself answers with 500.
function bodyStatus(request: NextRequest): 411 | 413 | null {
  const length = request.headers.get('content-length')
  if (length === null) return request.method === 'POST' ? 411 : null
  return Number(length) > MAX_BODY_BYTES ? 413 : null
}

function contentSecurityPolicy(nonce: string): string {
  const development = process.env.NODE_ENV === 'development' ? " 'unsafe-eval'" : ''
  return [
    "default-src 'none'", `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    "style-src 'self' 'unsafe-inline'", "img-src 'self' data:", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'",
  ].join('; ')
}

function preferredLocale(request: NextRequest): string {
  const wanted = (request.headers.get('accept-language') ?? '').slice(0, 200).split(',')
  const known = wanted.map((part) => part.trim().slice(0, 2).toLowerCase()).find(isLocale)
  return known ?? DEFAULT_LOCALE
}

/**
 * A look at their own page keeps a newcomer known on this browser for thirty days more. Only the proxy can renew a
 * cookie while a page is read.
 */
function renewStay(request: NextRequest, response: NextResponse): void {
  if (request.method !== 'GET' || !/^\/[a-z]{2}\/stay$/.test(request.nextUrl.pathname)) return
  const carried = request.cookies.getAll().find(({ name }) => STAY_COOKIE.test(name))
  if (carried === undefined) return
  const secure = carried.name.startsWith('__Host-')
  response.cookies.set({ ...carried, httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge: STAY_COOKIE_SECONDS })
}

export function proxy(request: NextRequest): NextResponse {
  const first = request.nextUrl.pathname.split('/')[1] ?? ''
  if (!isLocale(first)) {
    const target = request.nextUrl.clone()
    target.pathname = `/${preferredLocale(request)}${request.nextUrl.pathname === '/' ? '' : request.nextUrl.pathname}`
    return NextResponse.redirect(target)
  }
  const refused = bodyStatus(request)
  if (refused !== null) return refuseLength(first, refused)
  const nonce = btoa(crypto.randomUUID())
  const policy = contentSecurityPolicy(nonce)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', policy)
  headers.set(LOCALE_HEADER, first)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('Content-Security-Policy', policy)
  response.headers.set('Cache-Control', 'no-store')
  renewStay(request, response)
  return response
}

// All but Next's own files, the API and the files at the root: a dot further down is a page's path, or nothing at all
export const config = { matcher: ['/((?!_next/|api/|[^/]+\\.[a-z0-9]+$).*)'] }
