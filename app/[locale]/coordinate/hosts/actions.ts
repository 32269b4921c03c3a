'use server'

import { defineAction } from '@/lib/actions/define-action'
import { recordCheck } from '@/lib/safety/commands'
import { referenceSchema, visitSchema } from '@/lib/safety/schema'
import { todayIn } from '@/lib/time/clock'
import { asStaff } from '../access'

/** East of all our towns: a day that has begun anywhere has begun there. The command asks the host's own town. */
const FIRST_TO_WAKE = 'bishkek'
const today = () => todayIn(FIRST_TO_WAKE)

export const recordVisitAction = defineAction({
  name: 'host.visit',
  permission: 'host:vet',
  input: visitSchema(today),
  run: async ({ input: { hostId, version, doneOn, womenOnlySeen, homes, note }, actor, key, requestHash }) => recordCheck({
    actor: asStaff(actor), key, requestHash, hostId, version, check: { kind: 'VISIT', doneOn, womenOnlySeen, homes, note },
  }),
  done: 'checkRecorded',
})

export const recordReferenceAction = defineAction({
  name: 'host.reference',
  permission: 'host:vet',
  input: referenceSchema(today),
  run: async ({ input: { hostId, version, doneOn, referee, note }, actor, key, requestHash }) => recordCheck({
    actor: asStaff(actor), key, requestHash, hostId, version, check: { kind: 'REFERENCE', doneOn, referee, note },
  }),
  done: 'checkRecorded',
})
