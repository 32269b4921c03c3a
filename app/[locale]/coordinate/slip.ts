import 'server-only'
import { getTranslations } from 'next-intl/server'
import { env } from '@/lib/config/env'

/**
 * What the desk reads out and gives on paper: the code letter by letter in the reader's language, and the link in the
 * guest's, whose secret stands in the fragment, which no browser sends to a server (docs/adr/0009).
 */
export async function writeSlip({ code, token, locale }: { code: string; token: string; locale: string }) {
  const letters = await getTranslations('stay.letters')
  return {
    code,
    spelt: Array.from(code.replace('-', ''), (letter) => letters(letter)).join(' · '),
    link: `${env.NEXTAUTH_URL}/${locale}/stay#${token}`,
  }
}
