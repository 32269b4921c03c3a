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
      <g fill="none" stroke="var(--mark)">
        <circle cx="16" cy="16" r="13.25" strokeWidth="3" />
        <path
          strokeWidth="2"
          transform="rotate(45 16 16)"
          d="M12 4c1.4 8 1.4 16 0 24M20 4c-1.4 8-1.4 16 0 24M4 12c8 1.4 16 1.4 24 0M4 20c8-1.4 16-1.4 24 0"
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
