'use server'

import { defineAction } from '@/lib/actions/define-action'
import { changeHousehold, confirmOffer, showContact } from '@/lib/hosts/commands/household'
import { contactShownSchema, householdSchema, nothingSchema, pauseSchema } from '@/lib/hosts/schema'
import { pauseHost } from '@/lib/placements/commands/stay'
import { asHost } from './access'
import { inWords } from './night-words'

export const pauseAction = defineAction({
  name: 'host.pause',
  permission: 'host:manage-own',
  input: pauseSchema,
  run: ({ input, actor, key, requestHash }) =>
    pauseHost({ actor, key, requestHash, hostId: asHost(actor).hostId, paused: input.paused === 'yes' }),
  done: 'SAVED',
})

export const confirmStandsAction = defineAction({
  name: 'host.confirm',
  permission: 'host:manage-own',
  input: nothingSchema,
  run: ({ actor, key, requestHash }) => {
    const host = asHost(actor)
    return confirmOffer({ actor: host, hostId: host.hostId, key, requestHash })
  },
  done: 'OFFER_STANDS',
})

export const changeHouseholdAction = defineAction({
  name: 'host.change',
  permission: 'host:manage-own',
  input: householdSchema,
  run: async ({ input: { version, ...facts }, actor, key, requestHash, locale }) => {
    const host = asHost(actor)
    return inWords(await changeHousehold({ actor: host, hostId: host.hostId, version, facts, key, requestHash }), locale)
  },
  done: 'SAVED',
})

export const showContactAction = defineAction({
  name: 'host.show-contact',
  permission: 'host:manage-own',
  input: contactShownSchema,
  run: ({ input, actor, key, requestHash }) => {
    const host = asHost(actor)
    return showContact({ actor: host, hostId: host.hostId, shown: input.contactShown, key, requestHash })
  },
  done: 'SAVED',
})
