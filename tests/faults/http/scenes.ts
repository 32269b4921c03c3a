import { setTimeout as pause } from 'node:timers/promises'
import type { Check } from '../part'
import { dice, seedOf } from '../soak/dice'
import { farDatabase, terminatedWeb } from './load-scenes'
import { halfAnswer, halfRequest, sentTwice, silentDatabase } from './network-scenes'
import { blockedWeb, frozenWeb, wrongClocks } from './process-scenes'
import { openScene, type Staged } from './scene'
import type { Stage } from './stage'
import type { Web } from './web'

// Faults that come once and at one certain place, each played against the running product.

const LONGEST_SCENE_MS = 90_000
/** How long a fault lasts that lasts. */
const SECONDS = { SOME: 0, LONG: 300 }
const QUICK: readonly Staged[] = [halfRequest, halfAnswer, sentTwice]
const SLOW: readonly Staged[] = [silentDatabase, farDatabase, blockedWeb, wrongClocks, frozenWeb, terminatedWeb]

export interface PlayScenes {
  stage: Stage
  webs: [Web, Web]
  seed: number
  /** SOME where there is no time for those that wait for a timeout, LONG where there is time for five minutes of bad network. */
  which: 'SOME' | 'LONG'
  onProgress: (words: string) => void
}

/** One fault after the other, each in a town of its own. */
export async function playScenes({ stage, webs, seed, which, onProgress }: PlayScenes): Promise<Check[]> {
  const checks: Check[] = []
  const { key } = dice(seedOf(seed, 'scenes'))
  for (const [index, { faults, name, play }] of [...QUICK, ...(which === 'SOME' ? [] : SLOW)].entries()) {
    const seconds = SECONDS[which]
    const scene = await openScene({ stage, webs, key, index, seconds })
    const late = pause(LONGEST_SCENE_MS + seconds * 1_000, { ok: false, found: 'it came to no end' }, { ref: false })
    const found = await Promise.race([play(scene), late]).catch((error: unknown) => ({ ok: false, found: String((error as Error).stack) }))
    scene.caller.close()
    checks.push({ name: `${faults}: ${name}`, ...found })
    onProgress(`${faults} ${found.ok ? 'holds' : 'DOES NOT HOLD'}: ${found.found ?? ''}`)
  }
  return checks
}
