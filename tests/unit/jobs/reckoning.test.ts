import { describe, expect, it } from 'vitest'
import { oneOfFew } from '@/lib/jobs/reckoning'

/** Works that end when they are told to. */
function bench() {
  const said: string[] = []
  const ends = new Map<string, { done: () => void; fail: (error: Error) => void }>()
  const start = (name: string) => oneOfFew(
    () => new Promise<void>((done, fail) => {
      said.push(`${name} works`)
      ends.set(name, { done, fail })
    }),
    () => {
      said.push(`${name} waits`)
      return Promise.resolve()
    },
  )
  return { said, start, ends }
}

describe('long reckonings of one worker', () => {
  it('are two at a time; the third asks again, and has its turn when one of them has ended or broken', async () => {
    const { said, start, ends } = bench()
    const [first, second] = [start('first'), start('second')]
    await start('third')
    expect(said).toEqual(['first works', 'second works', 'third waits'])
    ends.get('first')?.fail(new Error('out of memory'))
    await expect(first).rejects.toThrow('out of memory')
    const third = start('third')
    expect(said.at(-1)).toBe('third works')
    ends.get('second')?.done()
    ends.get('third')?.done()
    await Promise.all([second, third])
  })
})
