/** The only ornament of a page: a hairline with two ram's horns, as on the edge of a felt rug. */
export function Ornament({ className }: { className?: string | undefined }) {
  return (
    <div aria-hidden="true" className={`flex items-center gap-3 text-control ${className ?? ''}`}>
      <span className="h-px flex-1 bg-line" />
      <svg focusable="false" viewBox="0 0 64 20" width={64} height={20} fill="none" stroke="currentColor" strokeWidth={1.1} strokeLinecap="round">
        <path d="M32 17V9M32 9c0-5 4-7 7.5-6 3.5 1 4 5.5 1 6.7-2 .8-3.8-.6-3.4-2.3M32 9c0-5-4-7-7.5-6-3.5 1-4 5.5-1 6.7 2 .8 3.8-.6 3.4-2.3" />
        <path d="M32 17c7 0 11-1 14-4.5 2-2.3 5-2.5 6.5-.7M32 17c-7 0-11-1-14-4.5-2-2.3-5-2.5-6.5-.7M60 17h-6M4 17h6" />
      </svg>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}
