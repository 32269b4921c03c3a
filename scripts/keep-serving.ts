import { setTimeout as pause } from 'node:timers/promises'
import { isStopping } from './children'
import type { Child } from './children'
import { say } from './talk'

/** When a server counts as stuck, and how often it is started anew before somebody has to look. */
export interface Patience {
  lookEveryMs: number
  answerWithinMs: number
  /** Looks in a row without an answer. */
  misses: number
  mostStarts: number
  withinMs: number
}

const PATIENCE: Patience = { lookEveryMs: 5_000, answerWithinMs: 4_000, misses: 3, mostStarts: 5, withinMs: 600_000 }

interface Keep {
  /** Starts the server; resolves when it answers. */
  start: () => Promise<Child>
  /** Answers as long as the process does anything at all. */
  url: string
  patience?: Patience
}

async function answers(url: string, withinMs: number): Promise<boolean> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(withinMs) })
    return status < 500
  } catch {
    return false
  }
}

/** Waits until a server is gone, or has not answered for so long that it is ended. @returns why, in words. */
async function watch(child: Child, url: string, { lookEveryMs, answerWithinMs, misses }: Patience): Promise<string> {
  let missed = 0
  while (!child.isGone()) {
    await Promise.race([child.exited, pause(lookEveryMs)])
    if (child.isGone()) break
    missed = (await answers(url, answerWithinMs)) ? 0 : missed + 1
    if (missed < misses) continue
    // it does not hear a polite word either
    process.kill(child.pid, 'SIGKILL')
    await child.exited
    return 'The web server did nothing any more and was ended.'
  }
  return `The web server stopped by itself.\n${child.tail()}`
}

/**
 * Keeps a server serving: one that stops by itself or is stuck is started again. What was under way is lost to whoever
 * asked, and the same key asks for it again.
 *
 * @returns resolves, with the words to say, when it would have to be started once too often, or cannot be started.
 */
export async function keepServing({ start, url, patience = PATIENCE }: Keep): Promise<{ ended: Promise<string> }> {
  const starts: number[] = []
  let child = await start()
  const keep = async (): Promise<string> => {
    for (;;) {
      const why = await watch(child, url, patience)
      const now = performance.now()
      starts.push(now)
      const recent = starts.filter((at) => now - at < patience.withinMs).length
      if (isStopping() || recent > patience.mostStarts) return why
      say(`  ${why.split('\n')[0] ?? ''} It is started again.`)
      child = await start()
    }
  }
  return { ended: keep().catch((error: unknown) => (error as Error).message) }
}

/** Milliseconds before a worker is started again: the first time, and at most. */
export interface Pauses {
  firstMs: number
  mostMs: number
  /** Whoever lived so long begins with the first pause again. */
  wellAfterMs: number
}

const PAUSES: Pauses = { firstMs: 1_000, mostMs: 30_000, wellAfterMs: 60_000 }

/**
 * Keeps a worker working: one that stops by itself is started again, after a pause that grows while it does not live long.
 * A worker that cannot write down what became of its jobs, because the database is away, ends; nothing is lost by that, what
 * it had taken is taken again. It is never given up: the pages go on without it, and `/api/health/ready` says that it is late.
 */
export async function keepWorking({ start, pauses = PAUSES }: { start: () => Child; pauses?: Pauses }): Promise<void> {
  for (let pauseMs = pauses.firstMs; ;) {
    const begun = performance.now()
    const child = start()
    await child.exited
    if (isStopping()) return
    if (performance.now() - begun > pauses.wellAfterMs) pauseMs = pauses.firstMs
    say(`  The worker stopped by itself. It is started again. ${child.tail().split('\n').at(-1) ?? ''}`)
    await pause(pauseMs)
    if (isStopping()) return
    pauseMs = Math.min(pauses.mostMs, pauseMs * 2)
  }
}
