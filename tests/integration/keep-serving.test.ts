import { afterAll, describe, expect, it, vi } from 'vitest'
import { findFreePort } from '@/lib/db/free-port'
import { startChild, stopChildren, type Child } from '@/scripts/children'
import { keepServing, keepWorking, type Patience } from '@/scripts/keep-serving'

const QUICK: Patience = { lookEveryMs: 50, answerWithinMs: 1_000, misses: 2, mostStarts: 2, withinMs: 60_000 }

afterAll(() => stopChildren())

/** A server of three lines, each time it is started anew one more. */
async function tinyServer(patience = QUICK) {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const started: Child[] = []
  const script = `require('node:http').createServer((asked, answer) => answer.end(String(process.pid))).listen(${port}, '127.0.0.1')`
  const start = async () => {
    const child = startChild({ args: ['-e', script], env: process.env })
    await vi.waitFor(async () => { await fetch(url) }, 10_000)
    started.push(child)
    return child
  }
  const whoServes = async () => Number(await (await fetch(url, { signal: AbortSignal.timeout(500) })).text())
  const { ended } = await keepServing({ start, url, patience })
  const last = () => started.at(-1)?.pid ?? 0
  return { started, whoServes, ended, last }
}

it('starts a worker again each time it stops, after pauses that grow', async () => {
  const begun: number[] = []
  const start = () => {
    begun.push(performance.now())
    return startChild({ args: ['-e', 'process.exit(1)'], env: process.env })
  }
  void keepWorking({ start, pauses: { firstMs: 300, mostMs: 600, wellAfterMs: 60_000 } })
  await vi.waitFor(() => { expect(begun.length).toBeGreaterThan(3) }, 20_000)
  const gaps = begun.slice(1).map((at, index) => at - (begun[index] ?? 0))
  expect([(gaps[0] ?? 0) >= 300, (gaps[1] ?? 0) >= 600, (gaps[2] ?? 0) >= 600]).toEqual([true, true, true])
})

describe('a web server that', () => {
  it('was killed is started again', async () => {
    const { started, whoServes, last } = await tinyServer()
    process.kill(last(), 'SIGKILL')
    await vi.waitFor(() => { expect(started).toHaveLength(2) }, 10_000)
    await vi.waitFor(async () => { expect(await whoServes()).toBe(last()) }, 10_000)
  })

  it('is stuck is ended and started again; one that is only slow once is left alone', async () => {
    const { started, whoServes, last } = await tinyServer()
    process.kill(last(), 'SIGSTOP')
    process.kill(last(), 'SIGCONT')
    await new Promise((done) => setTimeout(done, 600))
    expect(started).toHaveLength(1)
    process.kill(last(), 'SIGSTOP')
    await vi.waitFor(() => { expect(started).toHaveLength(2) }, 10_000)
    await vi.waitFor(async () => { expect(await whoServes()).toBe(last()) }, 10_000)
    expect(started[0]?.isGone()).toBe(true)
  })

  it('falls again and again is left for somebody to look at', async () => {
    // whether it answers is not looked at here: a busy machine is slow
    const { started, ended, last, whoServes } = await tinyServer({ ...QUICK, misses: 1_000 })
    for (let times = 1; times <= QUICK.mostStarts; times += 1) {
      process.kill(last(), 'SIGKILL')
      await vi.waitFor(async () => { expect([started.length, await whoServes()]).toEqual([times + 1, last()]) }, 10_000)
    }
    process.kill(last(), 'SIGKILL')
    expect(await ended).toContain('stopped by itself')
    expect(started).toHaveLength(QUICK.mostStarts + 1)
  })

  it('is stopped on purpose stays stopped', async () => {
    const { started, ended } = await tinyServer()
    await stopChildren()
    await ended
    expect(started).toHaveLength(1)
  })
})
