import type { Endpoint } from '@/lib/api/define-endpoint'
import { enterEndpoint, readArrivalEndpoint, readCandidatesEndpoint, reopenEndpoint, withdrawForEndpoint } from './arrivals'
import {
  askLongerEndpoint, eraseEndpoint, guestArrivedEndpoint, guestCancelEndpoint, guestNoEndpoint, guestYesEndpoint, leaveEndpoint,
  readStayEndpoint, requestEndpoint, revealEndpoint, withdrawEndpoint,
} from './newcomer'
import {
  cancelEndpoint, departEndpoint, extendEndpoint, noShowEndpoint, notLongerEndpoint, readPlacementEndpoint, recordArrivedEndpoint,
  recordNoEndpoint, recordYesEndpoint, secondYesEndpoint,
} from './placements'
import { proposeEndpoint } from './plans'
import { readQueueEndpoint, readStaysEndpoint } from './queue'

/** Every endpoint there is: what is not listed here is neither served nor described. */
export const ENDPOINTS: readonly Endpoint[] = [
  // a newcomer, by the secret of their request
  requestEndpoint, readStayEndpoint, eraseEndpoint, withdrawEndpoint, guestYesEndpoint, guestNoEndpoint, revealEndpoint,
  guestArrivedEndpoint, askLongerEndpoint, leaveEndpoint, guestCancelEndpoint,
  // the team
  readQueueEndpoint, readStaysEndpoint, readArrivalEndpoint, readCandidatesEndpoint, enterEndpoint, withdrawForEndpoint, reopenEndpoint,
  proposeEndpoint,
  readPlacementEndpoint, recordYesEndpoint, recordNoEndpoint, secondYesEndpoint, recordArrivedEndpoint, noShowEndpoint,
  departEndpoint, cancelEndpoint, extendEndpoint, notLongerEndpoint,
]
