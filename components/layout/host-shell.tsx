import Link from 'next/link'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './language-switch'
import { Wordmark } from './mark'
import { ShellFooter, type FooterLink } from './page-shell'
import { ShellNav, type NavLink } from './shell-nav'
import { SignOut } from './sign-out'
import { SkipLink } from './skip-link'
import type { ThemeSwitchProps } from './theme-switch'

type Props = {
  locale: string
  home: string
  children: ReactNode
  labels: { skip: string; home: string; nav: string; language: string; footer: string; signOut: string }
  /** Sections; none while a new host is still offering a first home. */
  links: NavLink[]
  footerLinks: FooterLink[]
  /** The signed-in host; none before sign-in. */
  session?: { name: string; signOut: (form: FormData) => Promise<void> } | undefined
  theme: ThemeSwitchProps
}

/** Host pages: one calm column like the public ones, in Onest. The layout that uses it imports `components/layout/onest.css`. */
export function HostShell({ locale, home, children, labels, links, footerLinks, session, theme }: Props) {
  return (
    <div className="font-onest mx-auto flex min-h-dvh w-full max-w-[46rem] flex-col px-4 sm:px-6">
      <SkipLink label={labels.skip} />
      <header data-shell className="grid gap-1 pt-3">
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <Link href={home} prefetch={false} aria-label={labels.home} className="inline-flex min-h-12 items-center rounded-md">
            <Wordmark />
          </Link>
          {session && <SignOut name={session.name} label={labels.signOut} action={session.signOut} />}
        </div>
        {links.length > 0 && (
          <div className="-mx-3 border-b border-line">
            <ShellNav label={labels.nav} links={links} home={home} />
          </div>
        )}
        <div className="-ml-2">
          <LanguageSwitch label={labels.language} locale={locale} />
        </div>
      </header>
      <main id="main" className="grid flex-1 content-start gap-6 pt-6">
        {children}
      </main>
      <ShellFooter label={labels.footer} links={footerLinks} theme={theme} />
    </div>
  )
}
