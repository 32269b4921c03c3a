import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'

const TAIL_LINES = 30
const STOP_WITHIN_MS = 15_000
const FOLLOW = ['--import', './scripts/follow-parent.mjs']
/** Server code in plain Node: our TypeScript, and the server half of React. */
export const OUR_CODE = ['--conditions=react-server', '--import', 'tsx']

export interface Child {
  /** Its process, 0 when it could not be started. */
  pid: number
  /** Resolves with the exit code, 1 after a signal. */
  exited: Promise<number>
  isGone: () => boolean
  /** The last lines it said, for when it went wrong. */
  tail: () => string
  /** Asks it to end, and insists after 15 seconds. */
  stop: () => Promise<void>
}

export interface ChildOptions {
  /** For `node`: flags, file, arguments. */
  args: string[]
  env: NodeJS.ProcessEnv
  /** Called with each line of its output and errors. */
  onLine?: (line: string) => void
}

const running = new Set<Child>()
let stopping = false

function listen(child: ChildProcessWithoutNullStreams, onLine: ChildOptions['onLine']): string[] {
  const tail: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line)
      if (tail.length > TAIL_LINES) tail.shift()
      // what they say while they stop is of no use to anybody
      if (!stopping) onLine?.(line)
    })
  }
  return tail
}

/**
 * Starts a Node process that lives no longer than we do: stopped in order by `stopChildren`, and gone by itself when
 * we are killed (`follow-parent.mjs`). In a group of its own, so that Ctrl-C reaches us alone and we choose the order.
 */
export function startChild({ args, env, onLine }: ChildOptions): Child {
  const child = spawn(process.execPath, [...FOLLOW, ...args], {
    env: { ...env, QONAQ_STARTER: String(process.pid) }, stdio: ['pipe', 'pipe', 'pipe'], detached: true,
  })
  child.stdin.on('error', () => undefined)
  const tail = listen(child, onLine)
  const exited = new Promise<number>((done) => {
    child.on('exit', (code) => done(code ?? 1))
    child.on('error', () => done(1))
  })
  const isGone = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined
  const stop = async () => {
    if (isGone() || child.pid === undefined) return
    child.kill('SIGTERM')
    const ended = await Promise.race([exited, pause(STOP_WITHIN_MS, 'late' as const, { ref: false })])
    if (ended === 'late') process.kill(-child.pid, 'SIGKILL')
  }
  const handle: Child = { pid: child.pid ?? 0, exited, isGone, tail: () => tail.join('\n'), stop }
  running.add(handle)
  void exited.then(() => running.delete(handle))
  return handle
}

/** Runs a Node process to its end. */
export async function runChild(options: ChildOptions): Promise<{ code: number; tail: string }> {
  const child = startChild(options)
  const code = await child.exited
  return { code, tail: child.tail() }
}

/** Stops everything we started, the newest first: workers and web before the database they use. */
export async function stopChildren(): Promise<void> {
  stopping = true
  for (const child of [...running].reverse()) await child.stop()
  stopping = false
}

/** True while everything is being stopped: nobody starts anything again then. */
export function isStopping(): boolean {
  return stopping
}
