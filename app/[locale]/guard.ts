import { forbidden, notFound, redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { AppError } from '@/lib/errors'

/** Runs a page's reads; a stop leads to the page that says what to do. Bugs go on to the error page. */
export async function guarded<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    if (error.code === 'UNAUTHENTICATED') redirect(`/${await getLocale()}/sign-in`)
    if (error.code === 'FORBIDDEN') forbidden()
    notFound()
  }
}
