import Link from 'next/link'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './language-switch'
import { LeaveQuickly } from './leave-quickly'
import { Wordmark } from './mark'
import { Ornament } from './ornament'
import { SkipLink } from './skip-link'
import { ThemeSwitch, type ThemeSwitchProps } from './theme-switch'

export type FooterLink = { href: string; label: string }

type Props = {
  locale: string
  children: ReactNode
  labels: {
    skip: string
    home: string
    language: string
    /** Leave it out on pages where "leave quickly" is not needed (proof, staff sign-in). */
    leave?: string | undefined
    footer: string
  }
  /** Help and privacy, in the same order on every page. */
  links: FooterLink[]
  /** One calm sentence at the foot. */
  footnote?: ReactNode
  theme: ThemeSwitchProps
}

/** Every public page: one column, mark and languages on top, help and theme at the foot. System fonts only. */
export function PageShell({ locale, children, labels, links, footnote, theme }: Props) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-page flex-col px-4 sm:px-6">
      <SkipLink label={labels.skip} />
      {/* The header makes no box of its own, so that "leave quickly" stays in sight down the whole page. */}
      <header data-shell className="contents">
        {labels.leave && <LeaveQuickly label={labels.leave} />}
        <div className={`grid gap-1 pb-6 sm:pb-10 ${labels.leave ? 'min-[22em]:-mt-12' : 'pt-3'}`}>
          <Link href={`/${locale}`} prefetch={false} aria-label={labels.home} className="inline-flex min-h-12 items-center justify-self-start rounded-md">
            <Wordmark />
          </Link>
          <div className="-ml-2">
            <LanguageSwitch label={labels.language} locale={locale} />
          </div>
        </div>
      </header>
      <main id="main" className="grid flex-1 content-start gap-6">
        {children}
      </main>
      <ShellFooter label={labels.footer} links={links} footnote={footnote} theme={theme} />
    </div>
  )
}

type FooterProps = Pick<Props, 'links' | 'footnote' | 'theme'> & { label: string }

/** The foot of public and host pages. */
export function ShellFooter({ label, links, footnote, theme }: FooterProps) {
  return (
    <footer data-shell className="mt-16 grid gap-4 pb-8">
      <Ornament />
      <nav aria-label={label}>
        <ul className="-ml-2 flex flex-wrap gap-x-2">
          {links.map(({ href, label: word }) => (
            <li key={href}>
              <Link
                href={href}
                prefetch={false}
                className="inline-flex min-h-(--target) min-w-12 items-center px-2 text-primary underline decoration-1 underline-offset-4 hover:decoration-2"
              >
                {word}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className="-ml-2">
        <ThemeSwitch {...theme} />
      </div>
      {footnote && <p className="text-sm text-muted">{footnote}</p>}
    </footer>
  )
}
