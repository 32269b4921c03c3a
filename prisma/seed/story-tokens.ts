const token = (number: number) => `DEM0STAY${String(number).padStart(18, '0')}`

/**
 * The secrets of four invented guests, known so that their pages can be shown: `/ru/stay#<secret>`. They open nothing
 * outside a seeded database.
 */
export const STORY_TOKENS = {
  /** Waits in the queue. */
  waiting: token(1),
  /** Is offered a room: has said yes, the host has not answered. */
  offered: token(2),
  /** Everybody has said yes but the second pair of eyes. */
  secondEyes: token(3),
  /** Lives in two rooms of one house. */
  arrived: token(4),
} as const
