import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

// A network that breaks on request: stands between a client and a server, or between the server and its database, and
// does to each part what the test says. It knows nothing of what it carries.

/** Which way a part goes: the client is whoever connected to the proxy. */
export type Way = 'TO_SERVER' | 'TO_CLIENT'

/** Some bytes on their way, as they came from the socket. */
export interface Part {
  /** Numbered from 1 in the order they were made. */
  connection: number
  way: Way
  data: Buffer
  /** Bytes that came this way before, on this connection. */
  before: number
}

/** What becomes of a part: how much of it arrives, how late, and whether that was the last. */
export interface Fate {
  /** `null`: swallowed, and neither side is told. */
  pass: Buffer | null
  delayMs?: number
  /** RESET: both sides get a reset. END: both sides get a proper end, as from a process that closes. */
  then?: 'RESET' | 'END'
}

/** Decides about every part. May look, count and act first: kill a process, for example. */
export type Fault = (part: Part) => Fate

export interface TcpProxy {
  port: number
  /** What happens from now on, to connections that are there and to new ones. */
  fault: (next: Fault) => void
  /** Everything passes again. What was swallowed stays lost, as after a failover. */
  heal: () => void
  /** Resets every connection there is. @returns how many. */
  resetAll: () => number
  stop: () => Promise<void>
}

/** Everything passes. */
export const pass: Fault = ({ data }) => ({ pass: data })

/** Nothing passes and nobody hears of it: no reset, no end. New connections are taken and stay silent. */
export const blackHole: Fault = () => ({ pass: null })

/** Cuts each connection when so many bytes have gone one way; what comes first of that part still arrives. */
export function cutAfter({ way, bytes, how = 'RESET' }: { way: Way; bytes: number; how?: 'RESET' | 'END' }): Fault {
  return (part) => {
    if (part.way !== way || part.before + part.data.length < bytes) return { pass: part.data }
    return { pass: part.data.subarray(0, Math.max(0, bytes - part.before)), then: how }
  }
}

/** Each part is late by `ms` more or less `jitterMs`. Parts of one direction stay in order, as TCP has it. */
export function latency({ ms, jitterMs, random }: { ms: number; jitterMs: number; random: () => number }): Fault {
  return ({ data }) => ({ pass: data, delayMs: Math.max(0, ms + (2 * random() - 1) * jitterMs) })
}

interface Line {
  client: Socket
  server: Socket
}

function reset({ client, server }: Line): void {
  client.resetAndDestroy()
  server.resetAndDestroy()
}

function end({ client, server }: Line): void {
  client.end()
  server.end()
}

// one direction of a connection; `judge` is asked when a part comes, its fate is carried out when it is due
function carry(line: Line, { way, judge }: { way: Way; judge: (data: Buffer) => Fate }): void {
  const [from, to] = way === 'TO_SERVER' ? [line.client, line.server] : [line.server, line.client]
  let last: Promise<unknown> = Promise.resolve()
  // a part that is late holds up those behind it
  const inTurn = (delayMs: number, act: () => void) => {
    const due = delayMs > 0 ? pause(delayMs) : null
    last = last.then(() => due).then(act)
  }
  const deliver = ({ pass: data, then }: Fate) => {
    if (to.destroyed) return
    if (data !== null && data.length > 0 && !to.write(data)) {
      from.pause()
      to.once('drain', () => from.resume())
    }
    // what was written goes out before the reset: a reset drops what still waits
    if (then === 'RESET') setImmediate(() => reset(line))
    if (then === 'END') end(line)
  }
  from.on('data', (data: Buffer) => {
    const fate = judge(data)
    inTurn(fate.delayMs ?? 0, () => deliver(fate))
  })
  from.on('end', () => inTurn(0, () => to.end()))
  from.on('error', () => to.resetAndDestroy())
  from.on('close', () => inTurn(0, () => to.end()))
}

/** Starts a proxy on a free port of loopback. Every connection to it becomes one to `to`. */
export async function startTcpProxy({ to }: { to: { port: number; host?: string } }): Promise<TcpProxy> {
  const lines = new Set<Line>()
  let made = 0
  let current: Fault = pass
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const line = { client, server: connect({ host: '127.0.0.1', allowHalfOpen: true, noDelay: true, ...to }) }
    const connection = (made += 1)
    lines.add(line)
    client.on('close', () => lines.delete(line))
    for (const way of ['TO_SERVER', 'TO_CLIENT'] as const) {
      let before = 0
      carry(line, { way, judge: (data) => {
        const fate = current({ connection, way, data, before })
        before += data.length
        return fate
      } })
    }
  })
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done) })
  const resetAll = () => {
    const { size } = lines
    for (const line of lines) reset(line)
    return size
  }
  return {
    port: (server.address() as AddressInfo).port,
    fault: (next) => {
      current = next
    },
    heal: () => {
      current = pass
    },
    resetAll,
    stop: () => new Promise((done) => {
      server.close(() => { done() })
      resetAll()
    }),
  }
}
