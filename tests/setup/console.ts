import { afterEach, beforeEach, expect, vi } from 'vitest'

let reported: unknown[][] = []

beforeEach(() => {
  reported = []
  vi.spyOn(console, 'error').mockImplementation((...details: unknown[]) => {
    reported.push(details)
  })
})

// React, next-intl and Node report real faults through console.error only. A test that expects one
// spies on it itself: `vi.spyOn(console, 'error').mockImplementation(() => undefined)`.
afterEach(() => {
  expect(reported, 'console.error was called during the test').toEqual([])
})
