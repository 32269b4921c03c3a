import 'server-only'
import { cookies } from 'next/headers'
import type { z } from 'zod'
import { COOKIE_OPTIONS, cookieName } from '@/lib/auth/options'
import { seal, unseal } from './seal'

const DRAFT_HOURS = 24
const MAX_COOKIE_BYTES = 3_900

/** Which unfinished form a browser keeps. */
export type DraftName = 'need' | 'offer' | 'sign-in'

function place(name: DraftName) {
  return { field: 'cookie.draft', rowId: name }
}

/** What this browser has filled in so far, or `null`: nothing yet, too old, or not ours. */
export async function readDraft<Schema extends z.ZodType>(name: DraftName, schema: Schema): Promise<z.infer<Schema> | null> {
  const sealed = (await cookies()).get(cookieName(`qonaq-${name}`))?.value
  if (sealed === undefined) return null
  try {
    const parsed = schema.safeParse(JSON.parse(unseal(sealed, place(name))))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Keeps an unfinished form in the browser for a day, sealed: a searched phone shows nothing. @throws RangeError over 3.9 KB. */
export async function writeDraft(name: DraftName, value: unknown): Promise<void> {
  const sealed = seal(JSON.stringify(value), place(name))
  if (sealed.length > MAX_COOKIE_BYTES) throw new RangeError(`draft ${name} is too large`)
  ;(await cookies()).set(cookieName(`qonaq-${name}`), sealed, { ...COOKIE_OPTIONS, maxAge: DRAFT_HOURS * 3600 })
}

/** Forgets an unfinished form. */
export async function dropDraft(name: DraftName): Promise<void> {
  ;(await cookies()).delete({ ...COOKIE_OPTIONS, name: cookieName(`qonaq-${name}`) })
}
