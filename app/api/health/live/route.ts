export const dynamic = 'force-dynamic'

/** The process answers. Says nothing about what it needs; see `ready`. */
export function GET(): Response {
  return Response.json({ status: 'ok' }, { headers: { 'Cache-Control': 'no-store' } })
}
