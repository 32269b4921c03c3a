import 'server-only'

interface Gathering<Ask, Answer> {
  /** Most that are asked together. */
  most: number
  /** Questions under way before the next ones wait for each other. */
  sideBySide: number
  /** After so long a question is held up by somebody else, and the next ones do not wait for it. */
  heldUpMs: number
  /** Two that may not be asked together have the same name. */
  nameOf: (asked: Ask) => string
  /** Whether those who failed together may fare better alone. */
  worthAlone: (error: unknown) => boolean
  /** Asks for all of them at once. @returns an answer for each, in their order. */
  askAll: (asked: readonly Ask[]) => Promise<readonly Answer[]>
}

interface Waiting<Ask, Answer> {
  asked: Ask
  answer: (answer: Answer | PromiseLike<Answer>) => void
  fail: (error: unknown) => void
}

/**
 * Gathers what is asked while other questions are under way, and asks it together when one of them is answered. Whoever comes
 * alone is asked for at once: nobody waits for company. Where a question for several fails, each of them is asked alone where
 * that may help, so that the error is told to the one it belongs to.
 *
 * @param askAll must be safe to repeat: each question carries an idempotency key.
 * @see docs/adr/0024-proposals-that-come-together-go-together.md
 */
export function gather<Ask, Answer>({ most, sideBySide, heldUpMs, nameOf, worthAlone, askAll }: Gathering<Ask, Answer>) {
  const waiting: Waiting<Ask, Answer>[] = []
  let underWay = 0

  function nextOnes(): Waiting<Ask, Answer>[] {
    const chosen = new Map<string, Waiting<Ask, Answer>>()
    for (const one of waiting) {
      const name = nameOf(one.asked)
      if (chosen.size < most && !chosen.has(name)) chosen.set(name, one)
    }
    const left = waiting.filter((one) => chosen.get(nameOf(one.asked)) !== one)
    waiting.splice(0, waiting.length, ...left)
    return [...chosen.values()]
  }
  async function askFor(chosen: readonly Waiting<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await askAll(chosen.map(({ asked }) => asked))
      chosen.forEach(({ answer }, at) => { answer(answers[at] as Answer) })
    } catch (error) {
      if (chosen.length === 1 || !worthAlone(error)) chosen.forEach(({ fail }) => { fail(error) })
      else await Promise.all(chosen.map((one) => askFor([one])))
    }
  }
  function goOn(): void {
    while (waiting.length > 0 && underWay < sideBySide) {
      underWay += 1
      let counted = true
      const letGo = () => {
        if (counted) underWay -= 1
        counted = false
        goOn()
      }
      const heldUp = setTimeout(letGo, heldUpMs)
      void askFor(nextOnes()).finally(() => {
        clearTimeout(heldUp)
        letGo()
      })
    }
  }
  return (asked: Ask): Promise<Answer> => new Promise((answer, fail) => {
    waiting.push({ asked, answer, fail })
    goOn()
  })
}
