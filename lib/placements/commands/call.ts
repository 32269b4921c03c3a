import 'server-only'
import type { Actor } from '@/lib/auth/rules'
import { callFunction, type FunctionAnswer } from '@/lib/db/function'
import type { Prisma } from '@/lib/db/generated/client'

/** What every transition needs beside its own arguments. */
export interface Transition {
  actor: Actor
  /** Idempotency key, made when the form was shown. */
  key: string
  /** Hash of the request, so that a key is good for one request only. */
  requestHash: string
}

/** Details a refusal may carry: who was faster, when, about which party, which room of how many, or the state found. */
export interface RefusalDetail {
  byName?: string
  minutesAgo?: number
  arrivalId?: string
  roomId?: string
  roomName?: string
  rooms?: 'ONE' | 'SEVERAL'
  state?: string
}

type Answered<Value, Reason extends string> =
  { ok: true; value: Value; replayed: boolean } | { ok: false; reason: Reason | 'KEY_REUSED'; detail: RefusalDetail }

/** What a refusal says beside its code. */
export function detailOf(answer: FunctionAnswer): RefusalDetail {
  const { byName, secondsAgo, arrivalId, roomId, roomName, rooms, state } = answer as Record<string, unknown>
  return {
    ...(typeof byName === 'string' ? { byName } : {}),
    ...(typeof secondsAgo === 'number' ? { minutesAgo: Math.floor(secondsAgo / 60) } : {}),
    ...(typeof arrivalId === 'string' ? { arrivalId } : {}),
    ...(typeof roomId === 'string' ? { roomId } : {}),
    ...(typeof roomName === 'string' ? { roomName } : {}),
    ...(typeof rooms === 'number' ? { rooms: rooms > 1 ? ('SEVERAL' as const) : ('ONE' as const) } : {}),
    ...(typeof state === 'string' ? { state } : {}),
  }
}

/** Turns the code a transition answered into a result; `value` reads what the caller wants of the answer. */
export function resultOf<Value, Reason extends string>(
  answer: FunctionAnswer, value: (answer: FunctionAnswer) => Value,
): Answered<Value, Reason> {
  if (answer.code === 'OK') return { ok: true, value: value(answer), replayed: answer['replayed'] === true }
  return { ok: false, reason: answer.code as Reason, detail: detailOf(answer) }
}

/** Runs one transition function. @returns its answer as `resultOf` reads it. */
export async function transition<Value, Reason extends string>(
  call: Prisma.Sql, value: (answer: FunctionAnswer) => Value,
): Promise<Answered<Value, Reason>> {
  return resultOf(await callFunction(call), value)
}

/** The user's id where a person signed in, else `null`: for what a coordinator records on the phone. */
export function userIdOf(actor: Actor): string | null {
  return actor.kind === 'USER' ? actor.userId : null
}

/** Where they serve, for what somebody of the team writes down in the name of others; `null` for who speaks for themselves. */
export function citiesOf(actor: Actor): string[] | null {
  return actor.kind === 'USER' ? [...actor.cityIds] : null
}
