import { Icon, type IconName } from '@/components/ui/icon'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const ICONS: Record<Theme, IconName> = { system: 'half', light: 'sun', dark: 'moon' }

export type ThemeSwitchProps = {
  /** Writes the choice (form field `theme`) to a cookie; the layout puts it on `<html data-theme>`. */
  action: (form: FormData) => Promise<void>
  current: Theme
  /** Name of the group, and a word for each choice. */
  labels: { group: string } & Record<Theme, string>
}

/** Light, dark, or as the phone wishes. A plain form: works without a script and never flashes. */
export function ThemeSwitch({ action, current, labels }: ThemeSwitchProps) {
  return (
    <form action={action}>
      <div role="group" aria-label={labels.group} className="inline-flex flex-wrap gap-1">
        {THEMES.map((theme) => (
          <button
            key={theme}
            name="theme"
            value={theme}
            aria-pressed={theme === current}
            className="inline-flex min-h-(--target) items-center gap-1.5 rounded-md px-2.5 text-sm text-muted hover:text-ink aria-pressed:bg-primary-soft aria-pressed:font-semibold aria-pressed:text-ink"
          >
            <Icon name={ICONS[theme]} size={18} />
            {labels[theme]}
          </button>
        ))}
      </div>
    </form>
  )
}
