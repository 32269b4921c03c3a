/** How long nobody may touch the page before it covers itself. */
export const IDLE_MS = 5 * 60_000
const LOOK_EVERY_MS = 5_000
const COVERED = 'covered'
const CHANGED = 'page-covered'
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll', 'touchstart'] as const

/** Whether this tab's page is covered; a reload does not uncover it. */
export function isCovered(): boolean {
  return sessionStorage.getItem(COVERED) !== null
}

/** Covers the page, or shows it again. */
export function setCovered(covered: boolean): void {
  if (covered) sessionStorage.setItem(COVERED, '1')
  else sessionStorage.removeItem(COVERED)
  window.dispatchEvent(new Event(CHANGED))
}

/**
 * Covers the page after five minutes without a touch, a key or a scroll. A phone that slept counts as idle: the clock is
 * read, not counted.
 *
 * @param changed called whenever the page was covered or uncovered.
 * @returns stops watching.
 */
export function watchIdle(changed: () => void): () => void {
  let lastSign = Date.now()

  function look(): void {
    if (!isCovered() && Date.now() - lastSign >= IDLE_MS) setCovered(true)
  }

  function live(): void {
    // the touch that wakes a phone after an hour comes too late
    look()
    lastSign = Date.now()
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  window.addEventListener(CHANGED, changed)
  document.addEventListener('visibilitychange', look)
  for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, live, { passive: true })
  return () => {
    clearInterval(timer)
    window.removeEventListener(CHANGED, changed)
    document.removeEventListener('visibilitychange', look)
    for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, live)
  }
}
