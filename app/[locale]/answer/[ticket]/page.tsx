import { notFound } from 'next/navigation'
import { answerView } from '@/lib/hosts/queries/answer'
import { HostFrame, PublicFrame } from '../../frames'
import { pageTitle } from '../../host/page-title'
import { GuestAnswer } from './guest-answer'
import { HostAnswer } from './host-answer'

export const generateMetadata = () => pageTitle('answer')

/** Straight from a message, no login. Opening it changes nothing; every wrong ticket is the same "no such page". */
export default async function AnswerPage({ params }: { params: Promise<{ ticket: string }> }) {
  const { ticket } = await params
  const view = await answerView(ticket)
  if (view === null) notFound()
  if (view.side === 'GUEST') return <PublicFrame><GuestAnswer offer={view.offer} ticket={ticket} /></PublicFrame>
  return <HostFrame><HostAnswer stay={view.stay} ticket={ticket} /></HostFrame>
}
