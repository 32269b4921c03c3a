const MS_PER_SECOND = 1000

/** Why a command ends at once: one sentence for the person at the keyboard. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** A line for people on standard output. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Seconds since a moment of `performance.now()`, as people read them: `0.4 s`, `83 s`. */
export function secondsSince(started: number): string {
  const seconds = (performance.now() - started) / MS_PER_SECOND
  return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
}

/** Does one part of the work and says how long it took. */
export async function step<T>(words: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  const answer = await work()
  say(`  ${words.padEnd(34, ' ')} ${secondsSince(started).padStart(6)}`)
  return answer
}

/** Runs a whole command: a refusal ends it with its one sentence and code 1, a bug with its trace. */
export async function command(work: () => Promise<number>): Promise<never> {
  try {
    process.exit(await work())
  } catch (error) {
    const sentence = error instanceof Error && ['Refused', 'EmbeddedDatabaseError'].includes(error.name)
    process.stderr.write(`${sentence ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    process.exit(1)
  }
}
