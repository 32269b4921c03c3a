import type { ReactNode } from 'react'

export type Column<Row> = {
  key: string
  head: ReactNode
  cell: (row: Row) => ReactNode
  /** `end` for numbers. */
  align?: 'start' | 'end' | undefined
  /** The column that names the row (th). */
  heading?: true | undefined
}

type Props<Row> = {
  /** Says what the table holds; also the name of the region that scrolls. */
  caption: string
  /** `hidden` when a heading above says the same. */
  captionLook?: 'shown' | 'hidden' | undefined
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** Shown in place of rows when there are none. */
  empty?: ReactNode
}

/** A real table. Wide ones scroll in their own region, which the keyboard can reach. */
export function Table<Row>({ caption, captionLook = 'hidden', columns, rows, rowKey, empty }: Props<Row>) {
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="overflow-x-auto rounded-xl border border-line bg-card">
      <table className="w-full border-collapse text-left text-sm [overflow-wrap:normal]">
        <caption className={captionLook === 'hidden' ? 'sr-only' : 'p-4 text-left font-semibold'}>{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {columns.map(({ key, head, align }) => (
              <th key={key} scope="col" className={`px-4 py-2 font-medium whitespace-nowrap text-muted ${side(align)}`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-0 hover:bg-page">
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 && empty && <div className="p-4 text-muted">{empty}</div>}
    </div>
  )
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const look = `px-4 py-2 align-top ${side(column.align)}`
  if (!column.heading) return <td className={look}>{column.cell(row)}</td>
  return (
    <th scope="row" className={`${look} font-semibold whitespace-nowrap`}>
      {column.cell(row)}
    </th>
  )
}

function side(align: 'start' | 'end' | undefined): string {
  return align === 'end' ? 'text-right whitespace-nowrap' : 'text-left'
}
