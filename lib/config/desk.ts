import 'server-only'
import { env } from './env'

/** Phone of the duty desk as it is shown to people, or `null` when none is set. */
export function deskPhone(): string | null {
  return env.QONAQ_DESK_PHONE ?? null
}
