export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger'
export type ButtonSize = 'normal' | 'small'

const BASE =
  'inline-flex items-center justify-center gap-2 rounded-xl text-center font-semibold transition-colors aria-disabled:cursor-progress aria-disabled:opacity-80'

const LOOKS: Record<ButtonLook, string> = {
  primary: 'border border-primary bg-primary text-on-primary hover:border-primary-strong hover:bg-primary-strong',
  secondary: 'border border-control bg-card text-primary hover:border-primary hover:bg-primary-soft hover:text-primary-strong',
  quiet: 'border border-transparent text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2',
  danger: 'border border-danger bg-card text-danger hover:bg-danger-soft',
}

const SIZES: Record<ButtonSize, string> = {
  normal: 'min-h-(--target) px-5 py-2',
  small: 'min-h-9 px-3 py-1 text-sm',
}

/** The classes of everything that looks like a button, link or not. */
export function buttonLook({ look, size, wide }: { look: ButtonLook; size?: ButtonSize | undefined; wide?: boolean | undefined }): string {
  return [BASE, LOOKS[look], SIZES[size ?? 'normal'], wide ? 'w-full' : ''].join(' ')
}
