'use server'

import { getTranslations } from 'next-intl/server'
import { defineAction } from '@/lib/actions/define-action'
import { accept } from '@/lib/result'
import { recordCheck, revealForVisit, revealHomes } from '@/lib/safety/commands'
import { hostIdSchema, referenceSchema, visitSchema } from '@/lib/safety/schema'
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

export const revealContactAction = defineAction({
  name: 'host.reveal-contact',
  permission: 'host:vet',
  input: hostIdSchema,
  run: async ({ input: { hostId }, actor }) => {
    const opened = await revealForVisit({ actor: asStaff(actor), hostId })
    if (!opened.ok) return opened
    const nothing = (await getTranslations('coordinate.record'))('nothing')
    return accept({ firstName: opened.value.firstName ?? nothing, contact: opened.value.contact ?? nothing })
  },
  show: (value) => value,
})

export const revealHomesAction = defineAction({
  name: 'host.reveal-homes',
  permission: 'host:vet',
  input: hostIdSchema,
  run: async ({ input: { hostId }, actor }) => {
    const opened = await revealHomes({ actor: asStaff(actor), hostId })
    if (!opened.ok) return opened
    const lines = opened.value.map(({ address, entrance }) => (entrance === null ? address : `${address} (${entrance})`))
    return accept({ address: lines.length > 0 ? lines.join('; ') : (await getTranslations('coordinate.record'))('nothing') })
  },
  show: (value) => value,
})
