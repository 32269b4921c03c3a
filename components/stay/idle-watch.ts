/** How long nobody may touch the page before it covers itself. */
export const IDLE_MS = 5 * 60_000
const LOOK_EVERY_MS = 5_000
const COVERED = 'covered'
const COVERED_KEPT = 20
const TOUCHED = 'touched'
const CHANGED = 'page-covered'
const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'scroll', 'touchstart'] as const

function readCovered(): string[] {
  return (localStorage.getItem(COVERED) ?? '').split(' ').filter((mark) => mark !== '')
}

/**
 * Whether the page that was opened here under this mark is covered; a reload and a new tab do not uncover it.
 *
 * @param mark of one opening of one request, so that a cover never shuts the page of the next who borrows the phone.
 */
export function isCovered(mark: string): boolean {
  return readCovered().includes(mark)
}

/** Covers the page, or shows it again, in all tabs. */
export function setCovered({ mark, covered }: { mark: string; covered: boolean }): void {
  const others = readCovered().filter((other) => other !== mark)
  localStorage.setItem(COVERED, (covered ? [...others, mark] : others).slice(-COVERED_KEPT).join(' '))
  window.dispatchEvent(new Event(CHANGED))
}

/** When a tab of this page was touched last, in milliseconds; 0 when none noted it. */
function lastTouch(mark: string): number {
  const [of, at] = (localStorage.getItem(TOUCHED) ?? '').split(' ')
  return of === mark ? Number(at) : 0
}

/**
 * Covers the page after five minutes without a touch, a key or a scroll in any of its tabs. A phone that slept counts as
 * idle: the clock is read, not counted.
 *
 * @param changed called whenever the page was covered or uncovered, here or in another tab.
 * @returns stops watching.
 */
export function watchIdle({ mark, changed }: { mark: string; changed: () => void }): () => void {
  let lastSign = Date.now()

  function look(): void {
    if (!isCovered(mark) && Date.now() - Math.max(lastSign, lastTouch(mark)) >= IDLE_MS) setCovered({ mark, covered: true })
  }

  function live(): void {
    // the touch that wakes a phone after an hour comes too late
    look()
    lastSign = Date.now()
    // for the other tabs, and not at every pixel of a scroll
    if (lastSign - lastTouch(mark) >= LOOK_EVERY_MS) localStorage.setItem(TOUCHED, `${mark} ${lastSign}`)
  }

  const timer = setInterval(look, LOOK_EVERY_MS)
  for (const news of [CHANGED, 'storage']) window.addEventListener(news, changed)
  document.addEventListener('visibilitychange', look)
  for (const sign of SIGNS_OF_LIFE) document.addEventListener(sign, live, { passive: true })
  return () => {
    clearInterval(timer)
    for (const news of [CHANGED, 'storage']) window.removeEventListener(news, changed)
    document.removeEventListener('visibilitychange', look)
    for (const sign of SIGNS_OF_LIFE) document.removeEventListener(sign, live)
  }
}
