type Props = { size?: number | undefined; className?: string | undefined }

/**
 * The mark: a round window with a light behind it, crossed by the bars of a shanyrak. Same drawing as public/mark.svg.
 *
 * @param size side in pixels, 32 unless told.
 */
export function Mark({ size = 32, className }: Props) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 32 32"
      width={size}
      height={size}
      className={`flex-none ${className ?? ''}`}
    >
      <circle cx="16" cy="16" r="13.25" fill="var(--glow)" />
      <g fill="none" stroke="var(--mark, var(--primary))" strokeLinecap="round">
        <circle cx="16" cy="16" r="13.5" strokeWidth="2.5" />
        <path
          strokeWidth="1.5"
          d="M8 6.5c4.2 6 4.2 13 0 19M24 6.5c-4.2 6-4.2 13 0 19M6.5 8c6 4.2 13 4.2 19 0M6.5 24c6-4.2 13-4.2 19 0M16 3v26M3 16h26"
        />
      </g>
    </svg>
  )
}

/** The mark and the name beside it. */
export function Wordmark({ size = 30 }: { size?: number | undefined }) {
  return (
    <span className="inline-flex items-center gap-2.5 text-xl font-semibold tracking-tight text-ink">
      <Mark size={size} />
      Qonaq
    </span>
  )
}
