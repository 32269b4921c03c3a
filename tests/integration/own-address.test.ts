import { execFile } from 'node:child_process'
import { expect, it } from 'vitest'

const SERVER = `require('node:http').createServer((request, response) => response.end(JSON.stringify(request.headers)))
  .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`

/** What a server behind the guard hears when a caller claims to be forwarded. */
async function heard(trust: string): Promise<Record<string, string>> {
  const env = { ...process.env, TRUST_PROXY: trust }
  const child = execFile(process.execPath, ['--import', './scripts/own-address.mjs', '-e', SERVER], { env })
  try {
    const port = await new Promise<string>((ready) => child.stdout?.once('data', (line) => ready(String(line).trim())))
    const answer = await fetch(`http://127.0.0.1:${port}`, {
      headers: { 'x-forwarded-for': '10.0.0.1', 'X-Forwarded-Host': 'evil.example', forwarded: 'for=10.0.0.1', 'accept-language': 'kk' },
    })
    return await answer.json() as Record<string, string>
  } finally {
    child.kill()
  }
}

it('believes nobody who says where a request comes from, without a proxy of our own', async () => {
  const headers = await heard('0')
  expect(Object.keys(headers).filter((name) => name.includes('forwarded'))).toEqual([])
  expect(headers['accept-language']).toBe('kk')
})

it('leaves what our own proxy wrote', async () => {
  expect(await heard('1')).toMatchObject({ 'x-forwarded-for': '10.0.0.1' })
})
