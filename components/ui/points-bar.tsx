import type { ReactNode } from 'react'

type Props = {
  name: ReactNode
  /** Points got and the most there are; whole numbers. */
  points: number
  max: number
  /** The fact behind the points: "12 minutes from the station". */
  reason?: ReactNode
}

/** One wish of a match: its name, a bar and the points in figures. */
export function PointsBar({ name, points, max, reason }: Props) {
  const share = max > 0 ? Math.min(100, Math.max(0, (points / max) * 100)) : 0
  return (
    <div className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
      <span>
        {name}
        {reason && <span className="text-muted"> · {reason}</span>}
      </span>
      <span className="text-right whitespace-nowrap">
        <strong>{points}</strong>
        <span className="text-muted"> / {max}</span>
      </span>
      <span aria-hidden="true" className="col-span-2 h-1.5 overflow-hidden rounded-full bg-line">
        <span className="bar-fill block h-full rounded-full bg-primary" style={{ width: `${String(share)}%` }} />
      </span>
    </div>
  )
}
