/** Seconds of cpu this process has used, all its threads together. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** The work's answer and the seconds of cpu it took. */
export function timed<T>(work: () => T): { answer: T; seconds: number } {
  const begun = cpuSeconds()
  const answer = work()
  return { answer, seconds: round(cpuSeconds() - begun) }
}

/** To a hundredth of a millisecond: a small instance takes a few. */
export function round(seconds: number): number {
  return Number(seconds.toFixed(5))
}

/** The most memory this process has had, in megabytes. */
export function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
