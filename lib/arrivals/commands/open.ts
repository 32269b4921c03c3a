import 'server-only'
import { db } from '@/lib/db/client'
import { hashSecret } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'
import { readSecret } from '../rules/secret'

/**
 * Finds out whether what was pasted is a newcomer's secret. Wrong, unknown, ended and deleted answer alike.
 *
 * @returns the 26 characters, for the browser's cookie.
 */
export async function openStay({ secret }: { secret: string }): Promise<Result<{ token: string }, 'LINK_UNKNOWN'>> {
  // an unreadable secret is looked up too, so that the answer takes as long
  const token = readSecret(secret)
  const row = await db.arrival.findUnique({ where: { tokenHash: hashSecret('stay', token ?? '-') }, select: { id: true } })
  return row && token !== null ? accept({ token }) : refuse('LINK_UNKNOWN')
}
