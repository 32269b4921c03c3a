import 'server-only'
import { Worker } from 'node:worker_threads'
import type { RoundInput, RoundProgress, RoundResult } from '@/lib/matching/round-types'
import type { ThreadData, ThreadMessage } from '@/lib/rounds/worker'

/** The server half of React, as in all our programs, whatever this process was started with. */
const FLAGS = ['--conditions=react-server']
/** Memory of the largest round there is, four times over. */
const LIMITS = { maxOldGenerationSizeMb: 2_048 }
const MOST_MS = 600_000

/** Why a thread has no result. */
export class ThreadLost extends Error {
  constructor(readonly failure: 'TOO_LONG' | 'OUT_OF_MEMORY' | 'BROKEN', cause?: unknown) {
    super(failure, { cause })
  }
}

/** A round that is being played. */
export interface Playing {
  result: Promise<RoundResult>
  /** How far it is. */
  progress: () => RoundProgress | null
  /** Asks it to end soon and keep what it has. */
  stop: () => void
  /** Ends it now. */
  end: () => Promise<void>
}

function lost(error: unknown): ThreadLost {
  const code = (error as { code?: unknown }).code
  return new ThreadLost(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'OUT_OF_MEMORY' : 'BROKEN', error)
}

/** Plays a round in a thread of its own, so that letters and clocks go on meanwhile. */
export function playInThread(input: RoundInput): Playing {
  const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const data: ThreadData = { input, stop }
  const worker = new Worker(new URL('./round-thread.mjs', import.meta.url), { workerData: data, execArgv: FLAGS, resourceLimits: LIMITS })
  let last: RoundProgress | null = null
  const result = new Promise<RoundResult>((done, fail) => {
    const tooLong = setTimeout(() => fail(new ThreadLost('TOO_LONG')), MOST_MS)
    worker.on('message', (message: ThreadMessage) => {
      if ('progress' in message) last = message.progress
      else done(message.result)
    })
    worker.on('error', (error) => fail(lost(error)))
    worker.on('exit', () => {
      clearTimeout(tooLong)
      fail(new ThreadLost('BROKEN'))
    })
  })
  return {
    result, progress: () => last, stop: () => Atomics.store(new Int32Array(stop), 0, 1),
    end: async () => {
      await worker.terminate()
    },
  }
}
