import Link from 'next/link'
import type { ReactNode } from 'react'
import { LanguageSwitch } from './language-switch'
import { Wordmark } from './mark'
import { ShellNav, type NavLink } from './shell-nav'
import { SignOut } from './sign-out'
import { SkipLink } from './skip-link'
import { ThemeSwitch, type ThemeSwitchProps } from './theme-switch'

type Props = {
  locale: string
  /** First page of the section, where the mark leads. */
  home: string
  children: ReactNode
  labels: { skip: string; home: string; nav: string; language: string; signOut: string }
  links: NavLink[]
  /** Name of the person signed in. */
  name: string
  signOut: (form: FormData) => Promise<void>
  theme: ThemeSwitchProps
}

/** Staff pages: dense, wide, Onest. The layout that uses it imports `components/layout/onest.css`. */
export function StaffShell({ locale, home, children, labels, links, name, signOut, theme }: Props) {
  return (
    <div className="font-onest dense min-h-dvh">
      <SkipLink label={labels.skip} />
      <header data-shell className="border-b border-line bg-card">
        <div className="mx-auto grid max-w-[90rem] grid-cols-[auto_1fr] gap-x-6 px-4 pt-2 sm:px-6 lg:grid-cols-[auto_1fr_auto] lg:items-end">
          <Link href={home} prefetch={false} aria-label={labels.home} className="inline-flex min-h-12 items-center self-center rounded-md">
            <Wordmark size={26} />
          </Link>
          <div className="min-w-0 max-lg:col-span-2 lg:col-start-2 lg:row-start-1">
            <ShellNav label={labels.nav} links={links} home={home} />
          </div>
          <div className="col-start-2 row-start-1 self-center justify-self-end lg:col-start-3">
            <SignOut name={name} label={labels.signOut} action={signOut} />
          </div>
        </div>
      </header>
      <main id="main" className="mx-auto grid max-w-[90rem] content-start gap-6 px-4 py-6 sm:px-6">
        {children}
      </main>
      <footer data-shell className="mx-auto flex max-w-[90rem] flex-wrap items-center justify-between gap-2 px-4 py-6 sm:px-6">
        <LanguageSwitch label={labels.language} locale={locale} />
        <ThemeSwitch {...theme} />
      </footer>
    </div>
  )
}
