import { readHealth } from '@/lib/jobs/queries'

export const dynamic = 'force-dynamic'

/** Whether requests can be served: 200, or 503 without the database or its newest schema. A late queue is told, not fatal. */
export async function GET(): Promise<Response> {
  const parts = await readHealth()
  const ready = parts.database === 'ok' && parts.migrations === 'ok'
  return Response.json(
    { status: ready ? 'ok' : 'unavailable', ...parts },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}
