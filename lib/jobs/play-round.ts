import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { log } from '@/lib/log'
import { partySize } from '@/lib/matching/party'
import type { RoundInput, RoundProgress, RoundResult } from '@/lib/matching/round-types'
import { failRound, finishRound, recordProgress, recordSize, takeRound, type TakenRound } from '@/lib/rounds/commands/play'
import { suggestionsOf } from '@/lib/rounds/rules/result'
import { PARTY_KINDS, type RoundFailure } from '@/lib/rounds/schema'
import { readRoundInput, TooLarge } from './play-round-input'
import { playInThread, ThreadLost, type Playing } from './play-round-thread'

const payloadSchema = z.object({ roundId: z.uuid() })
/** Between two words to the database: progress at least once a second, and a stop that is heard within two. */
const LOOK_EVERY_MS = 500

/** A result that says of itself that it is not proved, and was not stopped: it is not shown to anybody. */
class Unproved extends Error {}

/** Writes progress and listens for a stop until the thread has ended. A database that is away is asked again. */
async function watch(roundId: string, playing: Playing, ended: AbortSignal): Promise<void> {
  const begun: RoundProgress = { step: 'EDGES', done: 0, of: 0, placed: 0 }
  while (!ended.aborted) {
    const heard = await recordProgress(roundId, playing.progress() ?? begun).catch((error: unknown) => {
      log.warn({ round: roundId, err: error }, 'progress of a round could not be written')
      return 'GO_ON' as const
    })
    if (heard === 'STOP') playing.stop()
    if (heard === 'GONE') await playing.end()
    await pause(LOOK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined)
  }
}

async function play(roundId: string, input: RoundInput): Promise<RoundResult> {
  const playing = playInThread(input)
  const ended = new AbortController()
  const watched = watch(roundId, playing, ended.signal)
  try {
    return await playing.result
  } finally {
    ended.abort()
    await watched
    await playing.end()
  }
}

function failureOf(error: unknown): RoundFailure {
  if (error instanceof ThreadLost) return error.failure
  if (error instanceof Unproved) return 'GAP'
  return error instanceof TooLarge ? 'TOO_LARGE' : 'BROKEN'
}

/** Prices speak of a town when everybody who waits there took part. */
function isWhole({ withinNights, parties, rerunOf }: TakenRound): boolean {
  return withinNights === null && rerunOf === null && PARTY_KINDS.every((kind) => parties.includes(kind))
}

async function playTaken(round: TakenRound): Promise<void> {
  const input = await readRoundInput(round)
  const persons = new Map(input.needs.map(({ need }) => [need.id, partySize(need)]))
  const everybody = [...persons.values()].reduce((sum, size) => sum + size, 0)
  await recordSize(round.id, { arrivals: input.needs.length, persons: everybody, rooms: input.rooms.length })
  const { stopped, certificate, prices, ...found } = await play(round.id, input)
  if (certificate.gap > 0 && !stopped) throw new Unproved(`gap ${String(certificate.gap)}`)
  await recordProgress(round.id, { step: 'WRITING', done: 0, of: 1, placed: found.persons })
  const written = await finishRound(round.id, {
    suggestions: suggestionsOf(found, persons), prices: isWhole(round) && !stopped ? prices : null, certificate, persons: found.persons, stopped,
  })
  log.info({ round: round.id, arrivals: input.needs.length, placed: found.persons, stopped, written }, 'round played')
}

/**
 * Plays one round: reads a snapshot, matches it in a thread of its own, writes what it found. A round that somebody else
 * took, or that was stopped before it began, is left alone. One that breaks is ended with the reason, and nothing is kept of it.
 */
export async function playRoundJob(payload: unknown): Promise<void> {
  const { roundId } = payloadSchema.parse(payload)
  const round = await takeRound(roundId)
  if (round === null) return
  try {
    await playTaken(round)
  } catch (error) {
    log.error({ round: roundId, err: error }, 'a round broke')
    await failRound(roundId, failureOf(error))
  }
}
