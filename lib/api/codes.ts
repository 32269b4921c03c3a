/** A status and a title in plain English: what a program and its maker read. The sentence for people is in the catalogs. */
type Meaning = readonly [status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 503, title: string]

/** Every code a problem may carry. Codes are stable: one may be added, none changes its meaning. */
export const CODES = {
  // the request itself
  IDEMPOTENCY_KEY_MISSING: [400, 'A change needs the header Idempotency-Key: 16 to 64 of A-Z, a-z, 0-9, - and _'],
  IDEMPOTENCY_KEY_WEAK: [400, 'Here the key guards a secret: make it of 128 random bits, 22 characters or more'],
  INVALID_JSON: [400, 'The body is not JSON as it is read here: UTF-8, each name once, at most 20 levels'],
  UNAUTHENTICATED: [401, 'A bearer is needed, and this one opens nothing'],
  FORBIDDEN: [403, 'This bearer may not do this'],
  NOT_FOUND: [404, 'There is no such thing in the reach of this bearer'],
  METHOD_NOT_ALLOWED: [405, 'This path has other methods: see Allow'],
  BODY_TOO_LARGE: [413, 'A body has at most 64 kB'],
  CONTENT_TYPE: [415, 'A body is application/json, and not packed'],
  CHECK_FIELDS: [422, 'Some fields do not fit: see errors'],
  KEY_REUSED: [422, 'This key came with another request before'],
  RATE_LIMITED: [429, 'Too many requests: see Retry-After'],
  UNEXPECTED: [500, 'Our fault, and nothing was written: the id finds it in our log'],
  UNAVAILABLE: [503, 'The database is away or too busy: ask again under the same key, see Retry-After'],
  // a request for shelter
  ADULT_NEEDED: [422, 'A party has at least one adult'],
  TOO_MANY_OPEN: [409, 'This contact has too many open requests'],
  ARRIVAL_GONE: [409, 'The request is over'],
  ARRIVAL_TAKEN: [409, 'Somebody has proposed a place to this party'],
  ARRIVAL_ERASED: [409, 'The request was deleted'],
  // rooms and nights
  ROOM_TAKEN: [409, 'The room is promised for these nights'],
  ROOM_STRETCHED: [409, 'The room is taken: its guests stay longer'],
  ROOM_GONE: [409, 'The room is no longer there'],
  NOT_OFFERED: [409, 'The room is not on offer for these nights'],
  OUT_OF_SERVICE: [409, 'The room is out of service'],
  TOO_FEW_BEDS: [409, 'There are fewer beds than guests'],
  PARTY_MISMATCH: [409, 'Not everybody of the party has a bed'],
  NOT_A_GROUP: [409, 'These parties are no group that asked to stay together'],
  NOT_ONE_HOME: [409, 'Rooms of one party that share a night are of one home and for the same nights'],
  ALREADY_GROUPED: [409, 'One of these requests belongs to a group'],
  NO_LONGER_FITS: [409, 'The room does not fit this party, or not for these nights'],
  NIGHTS_PAST: [422, 'The first night is over'],
  NIGHTS_INVALID: [422, 'These nights cannot be'],
  NIGHTS_TOO_FAR: [422, 'At most a year ahead'],
  NIGHTS_TOO_MANY: [422, 'At most 366 nights in one place'],
  NIGHTS_NOT_MORE: [422, 'A later morning than now is meant'],
  // host, home and safety
  OWN_HOME: [409, 'It is this person’s own home: somebody else decides'],
  HOST_NOT_VETTED: [409, 'The host is not vetted'],
  HOST_PAUSED: [409, 'The host has paused'],
  HOST_BLOCKED: [409, 'The host is blocked'],
  HOME_TO_VISIT: [409, 'Nobody has seen this home yet'],
  BLOCKED: [409, 'These people must not be placed together'],
  REFUSED_BEFORE: [409, 'This pair was refused before'],
  SAME_REFEREE: [409, 'This person has spoken for the host already'],
  APPROVALS_STOPPED: [409, 'Approvals are stopped until the data is looked at; leaving, arriving and reading go on'],
  // answers
  ALREADY_DECIDED: [409, 'The answer was given before'],
  ALREADY_ASKED: [409, 'It was asked before and is not answered yet'],
  NOT_OPEN: [409, 'It is in another state: see about'],
  EXTEND_NOT_OPEN: [409, 'The stay cannot be made longer now'],
  EXTEND_OVER: [409, 'The morning that was asked for has come'],
  EXTEND_ROOM_TAKEN: [409, 'The room is promised to others for these nights'],
  EXTEND_ARRIVAL_TAKEN: [409, 'The guests have another place for these nights'],
  LAPSED: [409, 'The time to answer ran out'],
  NO_ADDRESS: [409, 'The home has no address yet: the host writes it on their page'],
  NOT_A_LEAD: [409, 'The second yes is a lead’s, and not of whoever proposed'],
  HOST_NOT_ASKED: [409, 'More nights need the host’s yes'],
  TOO_EARLY: [409, 'Too early for that'],
  STALE_VERSION: [409, 'It changed since it was read'],
  NOT_YOURS: [409, 'It does not open to this bearer'],
  NOT_SHOWN: [409, 'It is not shown to this bearer'],
  HOUSEHOLD_CHANGED: [409, 'The household is not the one that was promised: the address is closed'],
  // a host’s own changes
  NIGHTS_HELD: [409, 'Some of these nights are promised: see about'],
  BEDS_HELD: [409, 'More beds than that are promised: see about'],
  ROOM_HELD: [409, 'The room is promised: see about'],
  OPENING_TOO_LONG: [409, 'An opening has at most 732 nights'],
  TOO_MANY_HOMES: [409, 'A host has at most 10 homes'],
  OFFER_CLOSED: [409, 'This offer cannot be taken'],
  // of changes a host makes on the screens; one list names the refusals of them all
  TOO_MANY_ROOMS: [409, 'A home has at most 50 rooms'],
  DISTRICT_ELSEWHERE: [422, 'The district is in another town'],
  WOMEN_SEEN_AT_VISIT: [409, 'A household of women only is noted at the visit'],
  GUESTS_NEED_WOMEN: [409, 'Guests count on what would change'],
  HOME_OCCUPIED: [409, 'Guests are promised the home at its present address'],
} as const satisfies Record<string, Meaning>

/** A code of the list. */
export type Code = keyof typeof CODES

/** The status a code is answered with. */
export function statusOf(code: Code): number {
  return CODES[code][0]
}
