import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import type { RoundState } from '@/lib/rounds/schema'
import { Summary } from './summary'

interface Came {
  state: RoundState
  /** `null`: it ended before anything was read. */
  persons: number | null
  rooms: number | null
  placed: number
  /** Plans that are still open, held, over since they were held, and lost. */
  open: number
  held: number
  ended: number
  lost: number
  seconds: number
}

/** What it came to, and what was approved of it. */
export function Outcome({ round }: { round: Came }) {
  const t = useTranslations('rounds')
  const { state, rooms, placed, persons, open, held, ended, lost, seconds } = round
  // nobody had been counted yet
  if (persons === null) return <Notice tone="info">{t('stoppedUnbegun')}</Notice>
  return (
    <>
      {state === 'STOPPED' && <Notice tone="info">{t('stoppedNote')}</Notice>}
      {rooms === 0 && <Notice tone="needs-you" title={t('empty.rooms')}>{t('empty.roomsHint')}</Notice>}
      <Summary placed={placed} persons={persons} plans={open + held + ended + lost} held={held} seconds={seconds} />
      {held + lost > 0 && <p role="status">{t('approve.done', { held, lost })}</p>}
      {ended > 0 && <p>{t('approve.ended', { count: ended })}</p>}
    </>
  )
}
