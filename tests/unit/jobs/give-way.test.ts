import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

/** The priority of a thread after it has read this file, as the thread itself sees it. */
async function priorityAfter(file: string): Promise<number> {
  const program = `import { getPriority } from 'node:os'; import { parentPort } from 'node:worker_threads'; await import(${JSON.stringify(file)}); parentPort.postMessage(getPriority())`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`))
  try {
    return await new Promise((done, fail) => {
      worker.once('message', done)
      worker.once('error', fail)
    })
  } finally {
    await worker.terminate()
  }
}

describe('a thread of long reckoning', () => {
  it.runIf(process.platform === 'linux')('gives way to the rest of its process, on Linux where a priority is a thread\'s own', async () => {
    const before = getPriority()
    expect(await priorityAfter(new URL('../../../lib/jobs/give-way.mjs', import.meta.url).href)).toBe(Math.max(before, 10))
    expect(getPriority()).toBe(before)
  })
})
