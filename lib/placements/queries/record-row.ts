import 'server-only'
import type { Prisma } from '@/lib/db/generated/client'

const MAX_ROWS = 200

/** What a placement's record reads beside the placement itself. */
export const RECORD = {
  plan: {
    include: { placements: { include: { room: { select: { name: true } } }, orderBy: [{ fromDate: 'asc' }, { id: 'asc' }], take: 50 } },
  },
  arrival: { select: { code: true, nickname: true, contactKind: true, womenOnly: true, allWomen: true } },
  room: { select: { name: true } },
  home: { include: { city: { select: { timeZone: true } } } },
  host: { select: { userId: true, womenOnlyHousehold: true, womenOnlyGuests: true } },
  yeses: { include: { byUser: { select: { id: true, name: true } } }, orderBy: { at: 'asc' } },
  approvals: { include: { approver: { select: { id: true, name: true } } }, orderBy: { at: 'asc' } },
  placementEvents: { orderBy: { version: 'asc' }, take: MAX_ROWS },
  reveals: { include: { user: { select: { id: true, name: true } } }, orderBy: { at: 'asc' }, take: MAX_ROWS },
  messages: { orderBy: { createdAt: 'asc' }, take: MAX_ROWS },
  extensions: { include: { answeredBy: { select: { id: true, name: true } } }, orderBy: { askedAt: 'asc' }, take: MAX_ROWS },
} satisfies Prisma.PlacementInclude

/** A placement's row with all its kin. */
export type RecordRow = Prisma.PlacementGetPayload<{ include: typeof RECORD }>
