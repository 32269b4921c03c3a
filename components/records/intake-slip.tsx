'use client'

import type { ReactNode } from 'react'
import { LinkButton } from '@/components/ui/link-button'
import { useActionResult } from '@/components/ui/form-context'
import { Notice } from '@/components/ui/notice'
import { Qr } from '@/components/ui/qr'
import { PrintButton } from './print-button'

type LinkWords = {
  taken: string
  readAloud: string
  spelt: string
  slip: string
  slipText: string
  slipOnce: string
  slipCode: string
  qr: string
  print: string
}
export type SlipWords = LinkWords & { open: string; next: string }

type Props = {
  words: SlipWords
  /** Where the case of a code is: the code is put at its end. */
  cases: string
  /** The same page with a fresh form. */
  next: string
}

type Taken = { code: string; spelt: string; link: string }

function takenOf(data: Record<string, unknown> | undefined): Taken | null {
  const { code, spelt, link } = data ?? {}
  return typeof code === 'string' && typeof spelt === 'string' && typeof link === 'string' ? { code, spelt, link } : null
}

/** What the guest takes along: the code to say, the link to open, in a form any printer can print. */
function Slip({ taken, words }: { taken: Taken; words: LinkWords }) {
  return (
    <section className="keep-together grid gap-4 rounded-xl border border-line bg-card p-5 sm:grid-cols-[1fr_auto]">
      <div className="grid min-w-0 content-start gap-2">
        <h2>{words.slip}</h2>
        <p>{words.slipCode}</p>
        <p className="text-4xl font-semibold tracking-wider">{taken.code}</p>
        <p>{words.slipText}</p>
        <p className="rounded-md bg-page p-3 font-mono text-xs break-all select-all">{taken.link}</p>
      </div>
      <Qr text={taken.link} label={words.qr} size={200} />
    </section>
  )
}

/** Code and link of a request as the answer to a form, shown this once. `after`: what comes next, beside printing. */
export function LinkSlip({ words, after }: { words: LinkWords; after?: (code: string) => ReactNode }) {
  const state = useActionResult()
  const taken = state.status === 'done' ? takenOf(state.data) : null
  if (!taken) return null
  return (
    <div className="grid gap-4" role="status">
      <div className="no-print">
        <Notice tone="ok" title={words.taken}>
          <p className="text-2xl font-semibold">{words.readAloud.replace('%', taken.code)}</p>
          <p>{`${words.spelt}: ${taken.spelt}`}</p>
        </Notice>
      </div>
      <Slip taken={taken} words={words} />
      <p className="no-print text-muted">{words.slipOnce}</p>
      <div className="no-print flex flex-wrap gap-2">
        <PrintButton>{words.print}</PrintButton>
        {after?.(taken.code)}
      </div>
    </div>
  )
}

/** The answer to an entered request: the code to read aloud, the slip with the link that is shown this once. */
export function IntakeSlip({ words, cases, next }: Props) {
  const after = (code: string) => (
    <>
      <LinkButton href={`${cases}/${code}`}>{words.open}</LinkButton>
      <LinkButton look="primary" href={next}>{words.next}</LinkButton>
    </>
  )
  return <LinkSlip words={words} after={after} />
}
