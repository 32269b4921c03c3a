import 'server-only'
import { Worker } from 'node:worker_threads'
import type { LiveFailure } from '@/lib/rounds/commands/live'
import type { LiveReply, LiveRequest } from './live-worker'

/** The server half of React, as in all our programs, whatever this process was started with. */
const FLAGS = ['--conditions=react-server']
const LIMITS = { maxOldGenerationSizeMb: 1_024 }
const MOST_MS = 60_000

/** Why a city has no answer. */
export class LiveLost extends Error {
  constructor(readonly failure: LiveFailure, cause?: unknown) {
    super(failure, { cause })
  }
}

/** A thread that remembers cities. It begins with the first question, and anew after one that it did not survive. */
export interface LiveThread {
  /** One question at a time. @throws LiveLost when there is no answer: the thread and all it remembered are gone. */
  ask: (request: LiveRequest) => Promise<LiveReply>
  end: () => Promise<void>
}

function lost(error: unknown): LiveLost {
  const { code } = error as { code?: unknown }
  return new LiveLost(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'OUT_OF_MEMORY' : 'BROKEN', error)
}

function askWorker(worker: Worker, request: LiveRequest): Promise<LiveReply> {
  return new Promise<LiveReply>((done, fail) => {
    const tooLong = setTimeout(() => { fail(new LiveLost('TOO_LONG')) }, MOST_MS)
    worker.removeAllListeners()
    worker.on('message', (reply: LiveReply) => { done(reply) })
    worker.on('error', (error) => { fail(lost(error)) })
    worker.on('exit', () => { fail(new LiveLost('BROKEN')) })
    worker.on('message', () => { clearTimeout(tooLong) })
    worker.on('exit', () => { clearTimeout(tooLong) })
    worker.postMessage(request)
  })
}

/** A thread of its own for the optimum of cities, so that letters and clocks go on meanwhile. */
export function openLiveThread(): LiveThread {
  let worker: Worker | null = null
  const end = async () => {
    const ending = worker
    worker = null
    await ending?.terminate()
  }
  const ask = async (request: LiveRequest) => {
    worker ??= new Worker(new URL('./live-city-thread.mjs', import.meta.url), { execArgv: FLAGS, resourceLimits: LIMITS })
    try {
      return await askWorker(worker, request)
    } catch (error) {
      await end()
      throw error
    }
  }
  return { ask, end }
}
