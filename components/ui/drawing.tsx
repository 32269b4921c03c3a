import type { ReactNode } from 'react'

type Props = { size?: number | undefined; className?: string | undefined }

/** A line drawing with one lit part. Purely an ornament, so screen readers pass it by. */
function Drawing({ size = 96, className, children }: Props & { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 96 96"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`flex-none ${className ?? ''}`}
    >
      {children}
    </svg>
  )
}

const LIT = { fill: 'var(--lamp)', stroke: 'none' }

/** A door that stands open, with light in the gap. */
export function DoorDrawing(props: Props) {
  return (
    <Drawing {...props}>
      <path {...LIT} d="M30 14h36v66l12 6H30z" opacity=".55" />
      <path {...LIT} d="M34 18h28v62H34z" />
      <path d="M10 80h20M66 80h20M30 80V14h36v66" />
      <path d="M34 80V18l18 7v61z" fill="var(--card)" />
      <path d="M47 53v4" />
      <path d="M39 32l8 2.6v12L39 45zM39 56l8 1.2" opacity=".6" />
    </Drawing>
  )
}

/** A kettle on the table, steam rising. */
export function KettleDrawing(props: Props) {
  return (
    <Drawing {...props}>
      <path {...LIT} d="M25 74c-3-13 2-27 12-31h18c10 4 15 18 12 31z" />
      <path d="M23 76c-3-14 2-29 13-33h20c11 4 16 19 13 33zM36 43c0-4 4-6 10-6s10 2 10 6M46 37v-4" />
      <path d="M68 60c7-1 8-9 16-11M24 55c-12-2-14 12-2 14" />
      <path d="M12 82h72" />
      <path d="M70 36c-3-4 3-6 0-10s3-6 0-10M80 38c-2-3 2-5 0-8" opacity=".6" />
    </Drawing>
  )
}

/** A made bed under a window. */
export function BedDrawing(props: Props) {
  return (
    <Drawing {...props}>
      <path {...LIT} d="M56 14h24v24H56z" />
      <path d="M56 14h24v24H56zM68 14v24M56 26h24" />
      <path d="M10 38v44M10 72h76M86 82V64c0-5-4-8-9-8H34c-6 0-9 3-9 8" />
      <path d="M10 60h15M14 60c0-7 4-9 9-9s9 2 9 6" />
      <path d="M38 56v16M50 56v16M62 56v16M74 56v16" opacity=".45" />
    </Drawing>
  )
}

/** A key with a ring like a round window. */
export function KeyDrawing(props: Props) {
  return (
    <Drawing {...props}>
      <circle {...LIT} cx="32" cy="38" r="15" />
      <circle cx="32" cy="38" r="18" />
      <circle cx="32" cy="38" r="11" />
      <path d="M25 29.5c5 4 9 4 14 0M25 46.5c5-4 9-4 14 0M32 27v22" opacity=".7" />
      <path d="M45 51l31 31M66 72l7-7M74 80l6-6" />
    </Drawing>
  )
}
