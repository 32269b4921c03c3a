'use server'

import { z } from 'zod'
import { defineAction } from '@/lib/actions/define-action'
import { DEMO_DOORS, DEMO_USERS, type DemoDoor } from '@/lib/auth/demo'
import { startSession } from '@/lib/auth/session'
import { isDemo } from '@/lib/config/env'
import { AppError } from '@/lib/errors'
import { accept } from '@/lib/result'
import { oneOf } from '@/lib/text/schema'

const BEHIND: Record<DemoDoor, string> = { host: '/host', coordinate: '/coordinate', lead: '/coordinate' }

export const openDoorAction = defineAction({
  name: 'demo.open-door',
  permission: 'sign-in',
  speaker: 'ANYBODY',
  keyless: true,
  input: z.strictObject({ door: oneOf(DEMO_DOORS) }),
  run: async ({ input }) => {
    if (!isDemo) throw new AppError('NOT_FOUND')
    await startSession(DEMO_USERS[input.door])
    return accept(input.door)
  },
  leadsTo: (door) => BEHIND[door],
})
