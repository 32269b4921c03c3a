import { NextRequest } from 'next/server'
import { describe, expect, it } from 'vitest'
import { proxy } from '@/proxy'

const SECRET = '0123456789ABCDEFGHJKMNPQRS'

function ask(path: string, { method = 'GET', cookie = `qonaq-stay=${SECRET}` } = {}) {
  const headers = { cookie: `theme=dark; ${cookie}`, 'content-length': '0' }
  return proxy(new NextRequest(`https://example.org${path}`, { method, headers })).headers.getSetCookie()
}

describe('a newcomer’s cookie', () => {
  it('lives thirty days more with every look at their page, as it was', () => {
    const [set, ...more] = ask('/ru/stay')
    expect(more).toEqual([])
    expect(set).toContain(`qonaq-stay=${SECRET}; Path=/;`)
    expect(set).toContain('Max-Age=2592000')
    expect(set).toContain('HttpOnly')
    expect(set).toContain('SameSite=lax')
    expect(set).not.toContain('Secure')
  })

  it('keeps its prefix and the attribute the prefix asks for', () => {
    expect(ask('/kk/stay', { cookie: `__Host-qonaq-stay=${SECRET}` }).join()).toMatch(/^__Host-qonaq-stay=.*Secure/)
  })

  it.each([
    ['another page', '/ru/need', {}],
    ['a page below it', '/ru/stay/gone', {}],
    ['a form, which may have just forgotten it', '/ru/stay', { method: 'POST' }],
    ['nobody known', '/ru/stay', { cookie: 'qonaq-stayed=x' }],
  ])('is not set by %s', (_name, path, over) => {
    expect(ask(path, over)).toEqual([])
  })
})

describe('a form', () => {
  const post = (headers: Record<string, string>) =>
    proxy(new NextRequest('https://example.org/ru/need', { method: 'POST', headers })).status

  it('of unknown length is refused before it is read, and one that is too long', () => {
    expect(post({})).toBe(411)
    expect(post({ 'content-length': String(256 * 1024 + 1) })).toBe(413)
    expect(post({ 'content-length': String(256 * 1024) })).toBe(200)
    expect(post({ 'content-length': '0' })).toBe(200)
  })
})
