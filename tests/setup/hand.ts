import { expect } from '@playwright/test'
import type { Locator } from '@playwright/test'

/** What a person does on a page, counted: this is how the promises about taps and fields are measured. */
export interface Hand {
  /** One touch. */
  tap: (target: Locator) => Promise<void>
  /** One field typed. Touching it to get the keyboard belongs to it. */
  type: (field: Locator, text: string) => Promise<void>
  /** One choice in the browser's own list. */
  choose: (field: Locator, label: string) => Promise<void>
  count: () => { taps: number; fields: number }
}

/** Counts what it does; a test that promises a number acts through it only. */
export function newHand(): Hand {
  const done = { taps: 0, fields: 0 }
  return {
    async tap(target) {
      await expect(target).toBeVisible()
      done.taps += 1
      await target.tap()
    },
    async type(field, text) {
      done.fields += 1
      await field.fill(text)
    },
    async choose(field, label) {
      done.taps += 1
      await field.selectOption({ label })
    },
    count: () => ({ ...done }),
  }
}
