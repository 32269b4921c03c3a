import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { log } from '@/lib/log'
import { partySize } from '@/lib/matching/party'
import type { RoundInput, RoundProgress, RoundResult } from '@/lib/matching/round-types'
import { askAgain, failRound, finishRound, recordProgress, recordSize, takeRound, type TakenRound } from '@/lib/rounds/commands/play'
import { suggestionsOf } from '@/lib/rounds/rules/result'
import { PARTY_KINDS, type RoundFailure } from '@/lib/rounds/schema'
import { readRoundInput, TooLarge } from './play-round-input'
import { playInThread, ThreadLost, type Playing } from './play-round-thread'
import { oneOfFew } from './reckoning'

const payloadSchema = z.object({ roundId: z.uuid() })
/** Between two words to the database: progress at least once a second, and a stop that is heard within two. */
const LOOK_EVERY_MS = 500

/** A result that says of itself that it is not proved, and was not stopped: it is not shown to anybody. */
class Unproved extends Error {}

/** What a round is at: read first, then played, then written; and what was heard meanwhile. */
interface Work {
  playing: Playing | null
  writing: RoundProgress | null
  heard: 'GO_ON' | 'STOP' | 'GONE'
}

const READING: RoundProgress = { step: 'READING', done: 0, of: 0, placed: 0 }

/** Writes progress and listens for a stop from the first reading to the last writing. A database that is away is asked again. */
async function watch(roundId: string, work: Work, ended: AbortSignal): Promise<void> {
  while (!ended.aborted) {
    const word = work.writing ?? work.playing?.progress() ?? READING
    work.heard = await recordProgress(roundId, word).catch((error: unknown) => {
      log.warn({ round: roundId, err: error }, 'progress of a round could not be written')
      return work.heard
    })
    if (work.heard === 'STOP') work.playing?.stop()
    if (work.heard === 'GONE') await work.playing?.end()
    await pause(LOOK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined)
  }
}

/** Plays in a thread. Who was told to stop while it read keeps what a stopped round keeps. */
async function play(work: Work, input: RoundInput): Promise<RoundResult> {
  work.playing = playInThread(input)
  if (work.heard === 'STOP') work.playing.stop()
  const result = await work.playing.result
  await work.playing.end()
  work.writing = { step: 'WRITING', done: 0, of: 1, placed: result.persons }
  return result
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

async function playTaken(round: TakenRound, work: Work): Promise<void> {
  const input = await readRoundInput(round)
  // who wants other towns takes part for the sake of their group, and is not one of those who wait here
  const ours = input.needs.filter(({ need }) => need.cityIds.some((id) => round.cityIds.includes(id)))
  const persons = new Map(ours.map(({ need }) => [need.id, partySize(need)]))
  const everybody = [...persons.values()].reduce((sum, size) => sum + size, 0)
  await recordSize(round.id, { arrivals: ours.length, persons: everybody, rooms: input.rooms.length })
  const { stopped, certificate, prices, plans, ...found } = await play(work, input)
  if (certificate.gap > 0 && !stopped) throw new Unproved(`gap ${String(certificate.gap)}`)
  const left = found.left.filter(({ arrivalId }) => persons.has(arrivalId))
  const written = await finishRound(round.id, {
    suggestions: suggestionsOf({ plans, left }, persons), prices: isWhole(round) && !stopped ? prices : null, certificate, persons: found.persons, stopped,
  })
  log.info({ round: round.id, arrivals: ours.length, placed: found.persons, stopped, written }, 'round played')
}

async function playNow(roundId: string): Promise<void> {
  const round = await takeRound(roundId)
  if (round === null) return
  const work: Work = { playing: null, writing: null, heard: 'GO_ON' }
  const ended = new AbortController()
  const watched = watch(roundId, work, ended.signal)
  try {
    await playTaken(round, work)
  } catch (error) {
    log.error({ round: roundId, err: error }, 'a round broke')
    await failRound(roundId, failureOf(error))
  } finally {
    ended.abort()
    await watched
    await work.playing?.end()
  }
}

/**
 * Plays one round: reads a snapshot, matches it in a thread of its own, writes what it found. A round that somebody else
 * took, or that was stopped before it began, is left alone. One that breaks is ended with the reason, and nothing is kept of it.
 * While two others are played here it waits its turn.
 */
export async function playRoundJob(payload: unknown): Promise<void> {
  const { roundId } = payloadSchema.parse(payload)
  await oneOfFew(() => playNow(roundId), () => askAgain(roundId))
}
