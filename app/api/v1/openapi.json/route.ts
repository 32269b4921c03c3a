import { describeApi } from '@/lib/api/openapi'
import { languageOf, problem } from '@/lib/api/problem'
import { ENDPOINTS } from '../endpoints'

export const dynamic = 'force-dynamic'

let described: string | undefined

/** What the API is, for programs and their makers. The same for everybody, so it may be kept. */
export function GET(): Response {
  described ??= JSON.stringify(describeApi(ENDPOINTS))
  return new Response(described, { headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'public, max-age=300' } })
}

/** Next answers HEAD and OPTIONS itself where there is a GET. */
function notAllowed({ headers }: Request): Promise<Response> {
  return problem('METHOD_NOT_ALLOWED', { locale: languageOf(headers.get('accept-language')), headers: { Allow: 'GET, HEAD, OPTIONS' } })
}

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE }
