import { z } from 'zod'
import { idText } from '@/lib/text/schema'
import { daySchema } from '@/lib/time/day'

const MAX_ROOMS = 20
const SHAPE = /^(\d{4}-\d{2}-\d{2})((?:_[0-9a-f-]{36}){1,20})$/

/** What the button of a candidate says: first night and rooms, as `2022-10-05_<room>_<room>`. Code: CHOICE_INVALID. */
const choice = z.string('CHOICE_INVALID').max(11 + MAX_ROOMS * 37, 'CHOICE_INVALID').transform((text, context) => {
  const [, from, rooms] = SHAPE.exec(text) ?? []
  const roomIds = [...new Set(rooms?.split('_').slice(1))]
  const known = daySchema.safeParse(from).success && roomIds.every((id) => idText.safeParse(id).success)
  if (from !== undefined && known) return { from, roomIds }
  context.addIssue({ code: 'custom', message: 'CHOICE_INVALID' })
  return z.NEVER
})

export const chosenRoomsSchema = z.strictObject({ arrivalId: idText, choice })
