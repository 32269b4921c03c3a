'use server'

import { cookies } from 'next/headers'
import { z } from 'zod'
import { THEMES } from '@/components/layout/theme-switch'
import { defineAction } from '@/lib/actions/define-action'
import { COOKIE_OPTIONS } from '@/lib/auth/options'
import { endSession } from '@/lib/auth/session'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'
import { THEME_COOKIE } from './theme'

export const chooseThemeAction = defineAction({
  name: 'theme.choose',
  permission: 'sign-in',
  speaker: 'ANYBODY',
  keyless: true,
  input: z.strictObject({ theme: oneOf(THEMES) }),
  run: async ({ input }) => {
    ;(await cookies()).set(THEME_COOKIE, input.theme, { ...COOKIE_OPTIONS, maxAge: 31_536_000 })
    return accept(null)
  },
})

export const signOutAction = defineAction({
  name: 'session.end',
  permission: 'sign-in',
  speaker: 'ANYBODY',
  keyless: true,
  input: z.strictObject({}),
  run: async () => {
    await endSession()
    return accept(null)
  },
  leadsTo: () => '',
})
