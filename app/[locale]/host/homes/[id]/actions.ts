'use server'

import { defineAction } from '@/lib/actions/define-action'
import { addRoom, changeAddress, changeHome } from '@/lib/hosts/commands/home'
import { addressSchema, addRoomSchema, homeSchema } from '@/lib/hosts/schema'
import { asHost } from '../../access'
import { inWords } from '../../night-words'

export const changeHomeAction = defineAction({
  name: 'home.change',
  permission: 'host:manage-own',
  input: homeSchema,
  run: async ({ input: { district, notice, ...facts }, actor, key, requestHash, locale }) => inWords(await changeHome({
    ...facts, districtId: district ?? null, noticeHours: Number(notice), actor: asHost(actor), key, requestHash,
  }), locale),
  done: 'SAVED',
})

export const changeAddressAction = defineAction({
  name: 'home.address',
  permission: 'host:manage-own',
  input: addressSchema,
  run: async ({ input, actor, key, requestHash, locale }) =>
    inWords(await changeAddress({ ...input, actor: asHost(actor), key, requestHash }), locale),
  done: 'SAVED',
})

export const addRoomAction = defineAction({
  name: 'room.add',
  permission: 'host:manage-own',
  input: addRoomSchema,
  run: async ({ input, actor, key, requestHash, locale }) =>
    inWords(await addRoom({ ...input, actor: asHost(actor), key, requestHash }), locale),
  leadsTo: ({ room }) => `/host/rooms/${room}`,
})
