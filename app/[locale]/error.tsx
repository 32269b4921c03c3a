'use client'

import { useParams } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { DEFAULT_LOCALE, isLocale } from '@/lib/i18n/routing'
import { FAILED_WORDS } from './failed-words'

type Props = { error: Error & { digest?: string }; reset: () => void }

/** A bug reached the page: nothing was lost, here is the number to tell. Works without the server. */
export default function FailedPage({ error, reset }: Props) {
  const { locale } = useParams<{ locale: string }>()
  const words = FAILED_WORDS[isLocale(locale) ? locale : DEFAULT_LOCALE]
  return (
    <main className="mx-auto grid max-w-page gap-6 px-4 py-16">
      <h1>{words.title}</h1>
      <p>{words.text}</p>
      {error.digest !== undefined && <p className="text-muted">{error.digest}</p>}
      <Button onClick={reset}>{words.again}</Button>
    </main>
  )
}
