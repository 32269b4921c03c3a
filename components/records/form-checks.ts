import type { FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { intakeSchema } from '@/lib/arrivals/schema'
import { referenceSchema, visitSchema } from '@/lib/safety/schema'
import type { Day } from '@/lib/time/day'

/** Forms that are checked while they are filled in, by the same schema the server checks them with. */
export const FORM_CHECKS = {
  VISIT: visitSchema,
  REFERENCE: referenceSchema,
  INTAKE: () => intakeSchema,
} satisfies Record<string, (today: () => Day) => z.ZodType<unknown, FieldValues>>

export type FormCheck = keyof typeof FORM_CHECKS

/** A form's fields as the server will read them: lists under the name without brackets, hidden machinery left out. */
export function readFields(form: HTMLFormElement): Record<string, string | string[]> {
  const data = new FormData(form)
  const names = [...new Set(data.keys())].filter((name) => !name.startsWith('_') && !name.startsWith('$'))
  const texts = (name: string): string[] => data.getAll(name).filter((value) => typeof value === 'string')
  return Object.fromEntries(names.map((name): [string, string | string[]] => (
    name.endsWith('[]') ? [name.slice(0, -2), texts(name)] : [name, texts(name)[0] ?? ''])))
}
