/** The people behind the demo's doors. The seed makes them under these ids; outside the demo nobody has them. */
export const DEMO_USERS = {
  host: '0183a000-0000-7000-8000-00000000000a',
  coordinate: '0183a000-0000-7000-8000-00000000000b',
  lead: '0183a000-0000-7000-8000-00000000000c',
} as const

export const DEMO_DOORS = ['host', 'coordinate', 'lead'] as const
export type DemoDoor = (typeof DEMO_DOORS)[number]
