import { cookies } from 'next/headers'
import { THEMES, type Theme } from '@/components/layout/theme-switch'

export const THEME_COOKIE = 'qonaq-theme'

/** The reader's choice of light or dark; `system` when there is none. */
export async function readTheme(): Promise<Theme> {
  const chosen = (await cookies()).get(THEME_COOKIE)?.value
  return THEMES.find((theme) => theme === chosen) ?? 'system'
}
