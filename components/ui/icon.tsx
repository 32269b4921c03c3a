const PATHS = {
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M6.5 6.5l11 11m0-11l-11 11',
  plus: 'M12 5.5v13M5.5 12h13',
  minus: 'M5.5 12h13',
  'arrow-right': 'M5 12h14m-5.5-5.5L19 12l-5.5 5.5',
  'arrow-left': 'M19 12H5m5.5-5.5L5 12l5.5 5.5',
  'chevron-down': 'M6 9.5l6 6 6-6',
  clock: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2',
  info: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 11v5.5M12 7.6v.4',
  alert: 'M12 4L3 19.5h18L12 4zM12 10v4.5M12 17v.3',
  bell: 'M6 16.5V11a6 6 0 0112 0v5.5l1.5 1.5h-15L6 16.5zM10 20.5h4',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20.5c.6-4 3.4-6 7.5-6s6.9 2 7.5 6',
  people: 'M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 19.5c.5-3.4 2.9-5.2 6.5-5.2s6 1.8 6.5 5.2M15.5 5.3a3.4 3.4 0 010 6.4M17.5 14.6c2.3.700 3.7 2.4 4 4.9',
  child: 'M12 4.5a3 3 0 100 6 3 3 0 000-6zM8 13.5h8M12 11v5.5M12 16.5l-3 4M12 16.5l3 4',
  house: 'M4 11.5L12 4.5l8 7M6 10v9.5h12V10M10 19.5v-5.5h4v5.5',
  bed: 'M3.5 6v13M3.5 15.5h17V19M20.5 15.5v-2a3 3 0 00-3-3h-7v5M7 9.5a1.5 1.5 0 100 3 1.5 1.5 0 000-3z',
  paw: 'M12 12c-2.5 0-5 3-5 5.3 0 1.7 1.3 2.2 2.5 2.2 1 0 1.5-.5 2.5-.5s1.5.500 2.5.500c1.2 0 2.5-.5 2.5-2.2C17 15 14.5 12 12 12zM6 9.5v1.5M9.8 5.5v2M14.2 5.5v2M18 9.5v1.5',
  calendar: 'M4.5 6.5h15v13h-15zM4.5 10.5h15M8.5 4v4M15.5 4v4',
  phone: 'M6 4h3.5l1.5 4.5-2 1.5a12 12 0 005 5l1.5-2L20 14.5V18a2 2 0 01-2 2C10.5 20 4 13.5 4 6a2 2 0 012-2z',
  message: 'M4 5.5h16v11H11l-4.5 3.5v-3.5H4z',
  mail: 'M4 6h16v12.5H4zM4 7l8 6.5L20 7',
  pin: 'M12 21c4.5-4.8 6.5-8 6.5-11a6.5 6.5 0 10-13 0c0 3 2 6.2 6.5 11zM12 7.7a2.3 2.3 0 100 4.6 2.3 2.3 0 000-4.6z',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3M12 14.5v2',
  link: 'M10 14a4 4 0 006 .4l2.5-2.5a4 4 0 00-5.7-5.7L11.5 7.5M14 10a4 4 0 00-6-.4l-2.5 2.5a4 4 0 005.7 5.7l1.3-1.3',
  search: 'M10.5 4.5a6 6 0 100 12 6 6 0 000-12zM15 15l5 5',
  sun: 'M12 8a4 4 0 100 8 4 4 0 000-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1',
  moon: 'M19.5 14.5A8 8 0 119.5 4.5a6.5 6.5 0 0010 10z',
  half: 'M12 4a8 8 0 100 16V4zM12 4a8 8 0 010 16',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  leave: 'M14 4.5H5.5v15H14M10.5 12H20m-4-4l4 4-4 4',
  shield: 'M12 3.5l7 2.5v5.5c0 4.5-2.8 7.5-7 9-4.2-1.5-7-4.5-7-9V6l7-2.5z',
  undo: 'M8.5 5L4.5 9l4 4M4.5 9h9a5.5 5.5 0 010 11H9',
  print: 'M7 9V4h10v5M5 9h14v8h-2.5M7.5 17H5M7.5 14h9v6h-9z',
} as const

export type IconName = keyof typeof PATHS

/**
 * A line icon, always beside a word, so it is hidden from screen readers.
 *
 * @param size pixels, 20 unless told.
 */
export function Icon({ name, size, className }: { name: IconName; size?: number | undefined; className?: string | undefined }) {
  const side = size ?? 20
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 24 24"
      width={side}
      height={side}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={`inline-block flex-none ${className ?? ''}`}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
