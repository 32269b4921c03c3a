import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { blackHole, cutAfter, latency, startTcpProxy, type TcpProxy } from '../../faults/tcp-proxy'

// a server that says everything back, and what it heard
let echo: Server
let heard: Buffer[]
let taken: Socket[]
let proxy: TcpProxy
const clients: Socket[] = []

beforeEach(async () => {
  heard = []
  taken = []
  echo = createServer((socket) => {
    taken.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      heard.push(data)
      socket.write(data)
    })
  })
  await new Promise<void>((done) => { echo.listen(0, '127.0.0.1', done) })
  proxy = await startTcpProxy({ to: { port: (echo.address() as AddressInfo).port } })
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await proxy.stop()
  echo.close()
})

async function open() {
  const socket = connect({ port: proxy.port, host: '127.0.0.1' })
  clients.push(socket)
  const said: Buffer[] = []
  const codes: string[] = []
  socket.on('data', (data) => said.push(data))
  socket.on('error', (error: NodeJS.ErrnoException) => codes.push(error.code ?? ''))
  const closed = new Promise<void>((done) => { socket.on('close', () => { done() }) })
  await once(socket, 'connect')
  return { socket, said: () => Buffer.concat(said).toString(), codes, closed }
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !what();) {
    if (Date.now() > end) throw new Error('waited in vain')
    await pause(2)
  }
}

it('carries both ways, in order, and more than a socket holds', async () => {
  const { socket, said } = await open()
  const long = Array.from({ length: 400_000 }, (_, index) => String(index % 10)).join('')
  socket.write(long)
  await until(() => said().length === long.length)
  expect(said()).toBe(long)
})

it('tells each side when the other ends', async () => {
  const { socket } = await open()
  await until(() => taken.length === 1)
  socket.end()
  await once(taken[0]!, 'close')
  await once(socket, 'close')
})

it('cuts a request half-way: the server gets the first bytes and a reset, the client a reset', async () => {
  proxy.fault(cutAfter({ way: 'TO_SERVER', bytes: 4 }))
  const { socket, codes, closed } = await open()
  socket.write('12')
  socket.write('3456')
  await closed
  await until(() => taken[0]?.destroyed === true)
  expect(Buffer.concat(heard).toString()).toBe('1234')
  expect(codes).toEqual(['ECONNRESET'])
})

it('cuts an answer half-way: the client gets its first bytes', async () => {
  proxy.fault(cutAfter({ way: 'TO_CLIENT', bytes: 3, how: 'END' }))
  const { socket, said, codes } = await open()
  socket.write('abcdef')
  await once(socket, 'end')
  expect([said(), codes, Buffer.concat(heard).toString()]).toEqual(['abc', [], 'abcdef'])
})

it('is late within its jitter, and keeps the order', async () => {
  const draws = [1, 0, 0.5, 0.5]
  proxy.fault(latency({ ms: 40, jitterMs: 30, random: () => draws.shift() ?? 0.5 }))
  const { socket, said } = await open()
  const started = performance.now()
  socket.write('a')
  await pause(5)
  socket.write('b')
  await until(() => said() === 'ab')
  // 70 there, and 10 would have been there first; 40 back
  expect(performance.now() - started).toBeGreaterThanOrEqual(108)
})

it('swallows without a word, also on new connections, and passes again when healed', async () => {
  const before = await open()
  proxy.fault(blackHole)
  const during = await open()
  for (const { socket } of [before, during]) socket.write('lost')
  await pause(50)
  expect([before.said(), during.said(), heard.length, before.codes, during.codes]).toEqual(['', '', 0, [], []])
  proxy.heal()
  before.socket.write('here')
  await until(() => before.said() === 'here')
})

it('resets what is there when told to', async () => {
  const [one, other] = [await open(), await open()]
  await until(() => taken.length === 2)
  const gone = Promise.all([one.closed, other.closed])
  expect(proxy.resetAll()).toBe(2)
  await gone
  expect([...one.codes, ...other.codes]).toEqual(['ECONNRESET', 'ECONNRESET'])
})

it('shows each part to whoever decides, with the bytes that went before', async () => {
  const parts: string[] = []
  proxy.fault(({ connection, way, data, before }) => {
    parts.push(`${connection} ${way} ${before} ${data.toString()}`)
    return { pass: data }
  })
  const { socket, said } = await open()
  socket.write('x')
  await until(() => said() === 'x')
  socket.write('yz')
  await until(() => said() === 'xyz')
  expect(parts).toEqual(['1 TO_SERVER 0 x', '1 TO_CLIENT 0 x', '1 TO_SERVER 1 yz', '1 TO_CLIENT 1 yz'])
})
