import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { gather } from '@/lib/db/gather'

const settings = { most: 3, sideBySide: 1, heldUpMs: 1_000, nameOf: (asked: string) => asked, worthAlone: () => true }
const echo = (asked: readonly string[]) => asked.map((one) => `answer to ${one}`)

describe('what is asked while a question is under way', () => {
  test('is asked together, at most so many, and each has its own answer', async () => {
    const askAll = vi.fn(async (asked: readonly string[]) => { await pause(5); return echo(asked) })
    const ask = gather({ ...settings, askAll })
    const names = ['a', 'b', 'c', 'd', 'e']
    expect(await Promise.all(names.map(ask))).toEqual(echo(names))
    expect(askAll.mock.calls.map(([asked]) => asked.join(''))).toEqual(['a', 'bcd', 'e'])
  })

  test('is not asked together with the same name', async () => {
    const askAll = vi.fn(async (asked: readonly string[]) => { await pause(1); return echo(asked) })
    const ask = gather({ ...settings, askAll })
    await Promise.all(['a', 'b', 'b', 'c'].map(ask))
    expect(askAll.mock.calls.map(([asked]) => asked.join(''))).toEqual(['a', 'bc', 'b'])
  })

  test('is asked alone where it fails together, and only the culprit fails', async () => {
    const askAll = vi.fn(async (asked: readonly string[]) => {
      await pause(1)
      if (asked.includes('bad')) throw new Error('bad')
      return echo(asked)
    })
    const ask = gather({ ...settings, askAll })
    const answers = await Promise.allSettled(['first', 'good', 'bad', 'fine'].map(ask))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })

  test('fails together where asking alone brings nothing', async () => {
    const askAll = vi.fn(async (asked: readonly string[]) => {
      await pause(1)
      if (asked.length > 1) throw new Error('away')
      return echo(asked)
    })
    const ask = gather({ ...settings, askAll, worthAlone: () => false })
    const answers = await Promise.allSettled(['first', 'a', 'b'].map(ask))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(askAll).toHaveBeenCalledTimes(2)
  })

  test('does not wait for a question that is held up', async () => {
    let free: () => void = () => undefined
    const freed = new Promise<void>((resolve) => { free = resolve })
    const askAll = async (asked: readonly string[]) => {
      if (asked.includes('held up')) await freed
      return echo(asked)
    }
    const ask = gather({ ...settings, heldUpMs: 10, askAll })
    const held = ask('held up')
    expect(await ask('next')).toBe('answer to next')
    free()
    expect(await held).toBe('answer to held up')
  })
})
