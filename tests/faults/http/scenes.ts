import { setTimeout as pause } from 'node:timers/promises'
import type { Check } from '../part'
import { dice, seedOf } from '../soak/dice'
import { halfAnswer, halfRequest, sentTwice, silentDatabase } from './network-scenes'
import { blockedWeb, frozenWeb, terminatedWeb, wrongClocks } from './process-scenes'
import { openScene, type Staged } from './scene'
import type { Stage } from './stage'
import type { Web } from './web'

// Faults that come once and at one certain place, each played against the running product.

const LONGEST_SCENE_MS = 90_000
const QUICK: readonly Staged[] = [halfRequest, halfAnswer, sentTwice]
const SLOW: readonly Staged[] = [silentDatabase, blockedWeb, wrongClocks, frozenWeb, terminatedWeb]

export interface PlayScenes {
  stage: Stage
  webs: [Web, Web]
  seed: number
  /** SOME where there is no time for those that wait for a timeout. */
  which: 'ALL' | 'SOME'
  onProgress: (words: string) => void
}

/** One fault after the other, each in a town of its own. */
export async function playScenes({ stage, webs, seed, which, onProgress }: PlayScenes): Promise<Check[]> {
  const checks: Check[] = []
  const { key } = dice(seedOf(seed, 'scenes'))
  for (const [index, { faults, name, play }] of [...QUICK, ...(which === 'ALL' ? SLOW : [])].entries()) {
    const scene = await openScene({ stage, webs, key, index })
    const late = pause(LONGEST_SCENE_MS, { ok: false, found: 'it came to no end' }, { ref: false })
    const found = await Promise.race([play(scene), late]).catch((error: unknown) => ({ ok: false, found: String((error as Error).stack) }))
    scene.caller.close()
    checks.push({ name: `${faults}: ${name}`, ...found })
    onProgress(`${faults} ${found.ok ? 'holds' : 'DOES NOT HOLD'}: ${found.found ?? ''}`)
  }
  return checks
}
