import 'server-only'
import { z } from 'zod'
import { db } from './client'
import type { Prisma } from './generated/client'
import { withRetry } from './transaction'

const answerSchema = z.looseObject({ code: z.string() })

/** What every transition function of the database answers: `OK` or one code of its closed list, and details. */
export type FunctionAnswer = z.infer<typeof answerSchema>

/**
 * Calls one database function in one round trip: the transition, its audit event, its messages and its idempotent
 * answer are one transaction. Retried under the same key when the connection breaks or the database asks for it.
 *
 * @param call a query that selects the function's answer as `answer`.
 */
export async function callFunction(call: Prisma.Sql): Promise<FunctionAnswer> {
  const rows = await withRetry(() => db.$queryRaw<{ answer: unknown }[]>(call))
  return answerSchema.parse(rows[0]?.answer)
}

/**
 * Calls one database function for several questions and reads an answer for each, in their order. Not tried again: whoever
 * asks for several falls back to asking for each.
 *
 * @param call a query that selects an array of answers as `answer`.
 */
export async function callForEach(call: Prisma.Sql): Promise<FunctionAnswer[]> {
  const rows = await db.$queryRaw<{ answer: unknown }[]>(call)
  return z.array(answerSchema).parse(rows[0]?.answer)
}
