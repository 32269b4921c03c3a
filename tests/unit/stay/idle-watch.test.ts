import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { IDLE_MS, isCovered, setCovered, watchIdle } from '@/components/stay/idle-watch'

let page: EventTarget
let stop: () => void
let changes: number

beforeEach(() => {
  vi.useFakeTimers()
  const kept = new Map<string, string>()
  page = new EventTarget()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', page)
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  })
  changes = 0
  stop = watchIdle({ mark: 'A', changed: () => { changes += 1 } })
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('covers the page after five quiet minutes, once, and says so', () => {
  vi.advanceTimersByTime(IDLE_MS - 10_000)
  expect(isCovered('A')).toBe(false)
  vi.advanceTimersByTime(60_000)
  expect(isCovered('A')).toBe(true)
  expect(changes).toBe(1)
})

it.each(['pointerdown', 'keydown', 'scroll', 'touchstart'])('waits again after a %s', (sign) => {
  vi.advanceTimersByTime(IDLE_MS - 10_000)
  page.dispatchEvent(new Event(sign))
  vi.advanceTimersByTime(IDLE_MS - 10_000)
  expect(isCovered('A')).toBe(false)
})

it('counts a phone that slept as idle: the touch that wakes it comes too late', () => {
  vi.setSystemTime(Date.now() + 60 * 60_000)
  page.dispatchEvent(new Event('pointerdown'))
  expect(isCovered('A')).toBe(true)
})

it('looks when the page comes back to the front', () => {
  vi.setSystemTime(Date.now() + IDLE_MS)
  page.dispatchEvent(new Event('visibilitychange'))
  expect(isCovered('A')).toBe(true)
})

it('stays covered whatever is touched, until it is shown again, and starts to count anew', () => {
  vi.advanceTimersByTime(IDLE_MS)
  page.dispatchEvent(new Event('keydown'))
  expect(isCovered('A')).toBe(true)
  setCovered({ mark: 'A', covered: false })
  expect(isCovered('A')).toBe(false)
  vi.advanceTimersByTime(IDLE_MS - 10_000)
  expect(isCovered('A')).toBe(false)
  vi.advanceTimersByTime(10_000)
  expect(isCovered('A')).toBe(true)
})

it('watches nothing once it was stopped', () => {
  stop()
  vi.advanceTimersByTime(IDLE_MS * 2)
  expect(isCovered('A')).toBe(false)
})

it('covers one request: the next who asks on this phone sees their own page, a new tab of the first stays covered', () => {
  vi.advanceTimersByTime(IDLE_MS)
  expect([isCovered('A'), isCovered('B')]).toEqual([true, false])
  stop()
  stop = watchIdle({ mark: 'B', changed: () => { changes += 1 } })
  vi.advanceTimersByTime(IDLE_MS)
  expect([isCovered('A'), isCovered('B')]).toEqual([true, true])
  setCovered({ mark: 'B', covered: false })
  expect([isCovered('A'), isCovered('B')]).toEqual([true, false])
})

it('is not covered by a forgotten tab while another tab of the same page is touched', () => {
  const forgotten = page
  page = new EventTarget()
  vi.stubGlobal('document', page)
  const stopOther = watchIdle({ mark: 'A', changed: () => undefined })
  vi.advanceTimersByTime(IDLE_MS - 10_000)
  page.dispatchEvent(new Event('pointerdown'))
  vi.advanceTimersByTime(60_000)
  expect(isCovered('A')).toBe(false)
  vi.advanceTimersByTime(IDLE_MS)
  expect(isCovered('A')).toBe(true)
  stopOther()
  vi.stubGlobal('document', forgotten)
})
