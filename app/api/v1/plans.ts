import { z } from 'zod'
import { defineEndpoint } from '@/lib/api/define-endpoint'
import { id } from '@/lib/api/schema'
import { proposeMatch } from '@/lib/placements/commands/propose-match'
import { idText } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'

const MAX_ROOMS = 20

export const proposeEndpoint = defineEndpoint({
  name: 'propose',
  summary: 'Propose one room, or several of one home, from the nights the candidates named: all are held, or none.',
  method: 'POST', path: '/plans', who: 'COORDINATOR', permission: 'plan:propose', makes: true,
  body: z.strictObject({
    arrivalId: idText,
    from: daySchema,
    roomIds: z.array(idText, 'CHOICE_INVALID').min(1, 'CHOICE_INVALID').max(MAX_ROOMS, 'CHOICE_INVALID')
      .transform((ids) => [...new Set(ids)]),
  }),
  answer: z.object({ planId: id, placementIds: z.array(id), deadline: z.string() }),
  refusals: [
    'NOT_FOUND', 'APPROVALS_STOPPED', 'ARRIVAL_GONE', 'ARRIVAL_TAKEN', 'ROOM_TAKEN', 'ROOM_STRETCHED', 'NOT_OFFERED', 'OWN_HOME',
    'OUT_OF_SERVICE', 'HOST_NOT_VETTED', 'HOST_PAUSED', 'HOME_TO_VISIT', 'NIGHTS_PAST', 'NO_LONGER_FITS', 'TOO_FEW_BEDS', 'BLOCKED',
    'REFUSED_BEFORE',
  ],
  run: ({ actor, body, key, requestHash }) => proposeMatch({ actor, key, requestHash, ...body }),
})
