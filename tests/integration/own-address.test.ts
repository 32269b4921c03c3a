import { execFile } from 'node:child_process'
import { request } from 'node:http'
import { expect, it } from 'vitest'

const SERVER = `require('node:http').createServer((request, response) => response.end(JSON.stringify(request.headers)))
  .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`

/** Asks a server behind the guard. */
async function withServer<T>(trust: string, ask: (port: string) => Promise<T>): Promise<T> {
  const env = { ...process.env, TRUST_PROXY: trust }
  const child = execFile(process.execPath, ['--import', './scripts/own-address.mjs', '-e', SERVER], { env })
  try {
    return await ask(await new Promise<string>((ready) => child.stdout?.once('data', (line) => ready(String(line).trim()))))
  } finally {
    child.kill()
  }
}

/** What a server behind the guard hears when a caller claims to be forwarded. */
function heard(trust: string): Promise<Record<string, string>> {
  return withServer(trust, async (port) => {
    const answer = await fetch(`http://127.0.0.1:${port}`, {
      headers: { 'x-forwarded-for': '10.0.0.1', 'X-Forwarded-Host': 'evil.example', forwarded: 'for=10.0.0.1', 'accept-language': 'kk' },
    })
    return await answer.json() as Record<string, string>
  })
}

function statusOf(port: string, method: string, path: string): Promise<number | undefined> {
  return new Promise((done, fail) => {
    request({ host: '127.0.0.1', port, method, path }, (answer) => {
      answer.resume()
      done(answer.statusCode)
    }).on('error', fail).end()
  })
}

it('believes nobody who says where a request comes from, without a proxy of our own', async () => {
  const headers = await heard('0')
  expect(Object.keys(headers).filter((name) => name.includes('forwarded'))).toEqual([])
  expect(headers['accept-language']).toBe('kk')
})

it('leaves what our own proxy wrote', async () => {
  expect(await heard('1')).toMatchObject({ 'x-forwarded-for': '10.0.0.1' })
})

it.each(['0', '1'])('refuses what Next answers with 500: methods no route has, and paths that are no text (behind a proxy: %s)', async (trust) => {
  const asked: [method: string, path: string, status: number][] = [
    ['TRACE', '/', 405], ['PROPFIND', '/api/v1/stay', 405], ['GET', '/%ff', 400], ['POST', '/api/v1/%E0%A4%A', 400], ['GET', '/x?y=%', 200],
    ['GET', '/%D0%B0?q=%20', 200], ['PATCH', '/api/v1/stay', 200],
  ]
  const answered = await withServer(trust, async (port) => Promise.all(asked.map(([method, path]) => statusOf(port, method, path))))
  expect(answered).toEqual(asked.map(([, , status]) => status))
})
