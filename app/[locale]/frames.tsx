import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { HostShell } from '@/components/layout/host-shell'
import { PageShell } from '@/components/layout/page-shell'
import { StaffShell } from '@/components/layout/staff-shell'
import type { ThemeSwitchProps } from '@/components/layout/theme-switch'
import { IDLE, type FormAction } from '@/lib/actions/state'
import { can, type UserActor } from '@/lib/auth/rules'
import { currentUser } from '@/lib/auth/session'
import { chooseThemeAction, signOutAction } from './actions'
import { readTheme } from './theme'

// A form that shows no answer: the action's first argument is bound here, so the form alone is left.
function plainForm(action: FormAction): (form: FormData) => Promise<void> {
  return action.bind(null, IDLE) as unknown as (form: FormData) => Promise<void>
}

async function themeProps(): Promise<ThemeSwitchProps> {
  const t = await getTranslations('ui')
  return {
    action: plainForm(chooseThemeAction),
    current: await readTheme(),
    labels: { group: t('theme.group'), system: t('theme.system'), light: t('theme.light'), dark: t('theme.dark') },
  }
}

async function footerLinks(locale: string) {
  const t = await getTranslations('ui')
  return [
    { href: `/${locale}/help`, label: t('help') },
    { href: `/${locale}/privacy`, label: t('privacy') },
    { href: `/${locale}/proof`, label: t('proof') },
  ]
}

/** Wraps a newcomer's or open page: mark, languages, "leave quickly", help at the foot. */
export async function PublicFrame({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const t = await getTranslations('ui')
  const labels = {
    skip: t('skip'), home: t('home'), language: t('language'), leave: t('leave'), footer: t('footer'),
  }
  return (
    <PageShell locale={locale} labels={labels} links={await footerLinks(locale)} theme={await themeProps()}>
      {children}
    </PageShell>
  )
}

/** Wraps a host's page; sections and sign-out appear once a host is signed in. Who only hosts is named by no name, in the page's language. */
export async function HostFrame({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const [t, host] = await Promise.all([getTranslations('ui'), getTranslations('host')])
  const user = await currentUser()
  const labels = {
    skip: t('skip'), home: t('home'), nav: t('nav'), language: t('language'), footer: t('footer'), signOut: t('signOut'),
  }
  const isHost = user?.hostId !== undefined && user.hostId !== null
  return (
    <HostShell
      locale={locale}
      home={`/${locale}/host`}
      labels={labels}
      links={isHost ? [{ href: `/${locale}/host`, label: t('hostHome') }, { href: `/${locale}/host/offer`, label: t('hostOffer') }] : []}
      footerLinks={await footerLinks(locale)}
      session={user ? { name: user.role === 'HOST' ? host('userName') : user.name, signOut: plainForm(signOutAction) } : undefined}
      theme={await themeProps()}
    >
      {children}
    </HostShell>
  )
}

/** Wraps a coordinator's page. */
export async function StaffFrame({ children, user }: { children: ReactNode; user: UserActor }) {
  const locale = await getLocale()
  const t = await getTranslations('ui')
  const at = `/${locale}/coordinate`
  const links = [
    { href: at, label: t('staffNow') },
    { href: `${at}/rounds`, label: t('staffRounds') },
    { href: `${at}/hosts`, label: t('staffHosts') },
    { href: `${at}/enter`, label: t('staffEnter') },
    ...(can(user, 'policy:edit') ? [{ href: `/${locale}/admin/policy`, label: t('staffPolicy') }] : []),
  ]
  const labels = { skip: t('skip'), home: t('home'), nav: t('nav'), language: t('language'), signOut: t('signOut') }
  return (
    <StaffShell locale={locale} home={at} labels={labels} links={links} name={user.name} signOut={plainForm(signOutAction)} theme={await themeProps()}>
      {children}
    </StaffShell>
  )
}

