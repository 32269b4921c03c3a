/** The shape of a page while it loads, with words for those who do not see it. `lines` is how many lines to draw. */
export function Skeleton({ label, lines = 3 }: { label: string; lines?: number | undefined }) {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} aria-hidden="true" className="skeleton h-5" style={{ width: `${String(95 - (index % 3) * 18)}%` }} />
      ))}
    </div>
  )
}
