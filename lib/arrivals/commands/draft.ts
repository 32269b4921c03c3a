import 'server-only'
import { z } from 'zod'
import { db } from '@/lib/db/client'
import { citySlugSchema } from '@/lib/places/schema'
import { dropDraft, readDraft, writeDraft } from '@/lib/privacy/draft'
import { hashSecret, newFormKey, newToken } from '@/lib/privacy/secret'
import { daySchema } from '@/lib/time/day'
import {
  CIRCUMSTANCES, LANGUAGES, MAX_NIGHTS, MAX_PARTY, REACH_CHOICES, type Intake, type Reach, type Where, type Who,
} from '../schema'
import { nextToken } from './desk-token'

const whereKept = z.strictObject({
  cityId: citySlugSchema,
  firstNight: z.union([z.enum(['today', 'tomorrow']), daySchema]),
  nights: z.int().min(1).max(MAX_NIGHTS),
})
const whoKept = z.strictObject({
  adults: z.int().min(1).max(MAX_PARTY),
  childrenAges: z.array(z.int().min(0).max(17)).max(MAX_PARTY),
  circumstances: z.array(z.enum(CIRCUMSTANCES)),
  languages: z.array(z.enum(LANGUAGES)),
  growth: z.strictObject({ persons: z.int().min(1), from: daySchema, keepUntil: daySchema }).nullable(),
})
const reachKept = z.strictObject({ kind: z.enum(REACH_CHOICES), contact: z.string(), nickname: z.string() })

const draftSchema = z.strictObject({
  /** The secret the request will have; it exists nowhere but in this sealed cookie until then. */
  token: z.string(),
  /** Makes the ready-made name; has nothing to do with the secret. */
  seed: z.string(),
  source: z.enum(['POSTER', 'WEB']),
  where: whereKept,
  who: whoKept.optional(),
  reach: reachKept.optional(),
})
export type NeedDraft = z.infer<typeof draftSchema>

/** What this browser has answered so far, or `null`: screen 1 comes first. */
export async function readNeed(): Promise<NeedDraft | null> {
  return readDraft('need', draftSchema)
}

/** Where screen 1, 2 or 3 leads: to the next one, or back to the summary when everything is answered already. */
function nextScreen(draft: NeedDraft, next: '/need/who' | '/need/reach' | '/need/check'): string {
  return draft.who && draft.reach ? '/need/check' : next
}

/** Keeps screen 1. The first time it also makes the secret and the seed of the name. @returns path of the next screen. */
export async function keepWhere({ where, source }: { where: Where; source: NeedDraft['source'] }): Promise<string> {
  const before = await readNeed()
  const fresh = { token: newToken(), seed: newFormKey() }
  const draft: NeedDraft = { ...fresh, ...before, source: before?.source === 'POSTER' ? 'POSTER' : source, where }
  await writeDraft('need', draft)
  return nextScreen(draft, '/need/who')
}

/** Keeps screen 2 or 3. @returns path of the next screen; screen 1 when its answers are a day old or were dropped. */
export async function keepPart(part: { who: Who } | { reach: Reach }): Promise<string> {
  const before = await readNeed()
  if (!before) return '/need'
  const draft: NeedDraft = { ...before, ...part }
  await writeDraft('need', draft)
  return nextScreen(draft, 'who' in part ? '/need/reach' : '/need/check')
}

/** Forgets what was answered. */
export async function dropNeed(): Promise<void> {
  await dropDraft('need')
}

/** The draft as a request, or `null` while a screen is missing. */
export function intakeOf({ where, who, reach }: NeedDraft): Intake | null {
  return who && reach ? { where, who, reach, note: null } : null
}

/** The secret these answers are sent under: the draft's own, or the next one where the request under that is over. */
export async function secretToSend({ token }: Pick<NeedDraft, 'token'>): Promise<string> {
  const sent = await db.arrival.findUnique({ where: { tokenHash: hashSecret('stay', token) }, select: { state: true } })
  const isOver = sent?.state === 'CLOSED' || sent?.state === 'WITHDRAWN'
  return isOver ? secretToSend({ token: nextToken(token) }) : token
}
