import { setTimeout as pause } from 'node:timers/promises'
import { OUR_CODE, startChild } from './children'
import type { Child } from './children'
import { keepServing, keepWorking } from './keep-serving'
import { Refused, say } from './talk'

const NEXT = 'node_modules/next/dist/bin/next'
/** What the web server is loaded with before Next. */
export const PRELOADED = ['--import', './scripts/own-address.mjs', '--import', './scripts/last-answers.mjs']
const ANSWER_WITHIN_MS = 120_000
const PAUSE_MS = 100

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: 'manual' })).status < 500
  } catch {
    return false
  }
}

async function waitUntilAnswered(url: string, web: Child): Promise<void> {
  const deadline = performance.now() + ANSWER_WITHIN_MS
  while (!(await answers(url))) {
    if (web.isGone()) throw new Refused(`The web server stopped by itself:\n${web.tail()}`)
    if (performance.now() > deadline) throw new Refused(`The web server does not answer at ${url}:\n${web.tail()}`)
    await pause(PAUSE_MS)
  }
}

/**
 * Starts the web server and the worker as children of ours, and waits until the address answers. In production a web
 * server that stops or is stuck is started again, and a worker that stops always.
 *
 * @param env the whole environment of both, `PORT` included.
 * @returns resolves when the web server has ended for good, with the words to say about it.
 */
export async function serveProduct({ env, dev = false }: { env: NodeJS.ProcessEnv; dev?: boolean }): Promise<{ ended: Promise<string> }> {
  const port = env['PORT'] ?? '3000'
  const url = `http://localhost:${port}/api/health/live`
  let quiet = true
  const onLine = (line: string) => {
    if (!quiet && line.trim() !== '') say(`  ${line}`)
  }
  const host = env['HOST'] === undefined ? [] : ['-H', env['HOST']]
  const startWeb = async () => {
    const web = startChild({ args: [...PRELOADED, NEXT, dev ? 'dev' : 'start', '-p', port, ...host],
      env: { ...env, NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' }, onLine })
    await waitUntilAnswered(url, web)
    return web
  }
  const starting = dev ? startAndWait(startWeb) : keepServing({ start: startWeb, url })
  void keepWorking({ start: () => startChild({ args: [...OUR_CODE, 'scripts/worker.ts'], env, onLine }) })
  const { ended } = await starting
  quiet = false
  return { ended }
}

/** A server that compiles while it serves may be silent for long: it is not watched. */
async function startAndWait(start: () => Promise<Child>): Promise<{ ended: Promise<string> }> {
  const web = await start()
  return { ended: web.exited.then(() => `The web server stopped by itself.\n${web.tail()}`) }
}
