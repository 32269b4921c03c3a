import 'server-only'
import { parentPort, workerData } from 'node:worker_threads'
import { playBoth, type BothSides, type Rehearsed } from '@/lib/matching/rehearsal-day'

/** What the thread says: how many days of both sides are played, and in the end what came out. */
export type ThreadMessage = { played: number } | { sides: BothSides }

function say(message: ThreadMessage): void {
  parentPort?.postMessage(message)
}

say({ sides: playBoth(workerData as Rehearsed, (played) => { say({ played }) }) })
