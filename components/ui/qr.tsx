import { encode } from 'uqr'

/**
 * A QR code drawn on the server as one path; always dark on white, or phones will not read it.
 *
 * @param text what the code holds, usually an address.
 * @param label spoken words, for example "Code with your link".
 * @param size side in pixels, 200 unless told.
 */
export function Qr({ text, label, size = 200 }: { text: string; label: string; size?: number | undefined }) {
  const { data, size: side } = encode(text, { ecc: 'M', border: 3 })
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(side)} ${String(side)}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      className="h-auto max-w-full rounded-xl border border-line bg-[#fff] forced-color-adjust-none"
    >
      <path fill="#fff" d={`M0 0h${String(side)}v${String(side)}H0z`} />
      <path fill="#000" d={darkModules(data)} />
    </svg>
  )
}

function darkModules(rows: boolean[][]): string {
  return rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')))
    .join('')
}
