import 'server-only'
import { parentPort, workerData } from 'node:worker_threads'
import { playRound } from '@/lib/matching/round'
import type { RoundInput, RoundProgress, RoundResult } from '@/lib/matching/round-types'
import { furtherOf } from './rules/result'

/** What the thread is started with: the snapshot, and one shared number that turns 1 when it is to stop. */
export interface ThreadData {
  input: RoundInput
  stop: SharedArrayBuffer
}

/** What the thread says: how far it is, and in the end what it found. */
export type ThreadMessage = { progress: RoundProgress } | { result: RoundResult }

/** Between two words about progress, milliseconds: the writer writes twice a second. */
const TELL_EVERY_MS = 200

const { input, stop } = workerData as ThreadData
const asked = new Int32Array(stop)
let told = -Infinity
let furthest: RoundProgress = { step: 'READING', done: 0, of: 0, placed: 0 }
let step = ''

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

const result = playRound(input, {
  onProgress: (progress) => {
    const now = performance.now()
    if (progress.step === step && now - told < TELL_EVERY_MS) return
    step = progress.step
    told = now
    furthest = furtherOf(furthest, progress)
    say({ progress: furthest })
  },
  shouldStop: () => Atomics.load(asked, 0) === 1,
})
say({ result })
