import type { Endpoint } from '@/lib/api/define-endpoint'
import { countRoomsEndpoint, enterEndpoint, readArrivalEndpoint, readCandidatesEndpoint, reopenEndpoint, withdrawForEndpoint } from './arrivals'
import { formGroupEndpoint } from './groups'
import {
  confirmOfferEndpoint, hostExtensionEndpoint, hostNoEndpoint, hostYesEndpoint, pauseEndpoint, readHostEndpoint, readHostStaysEndpoint,
} from './host'
import { readHostRecordEndpoint, readHostsEndpoint, recordReferenceEndpoint, recordVisitEndpoint } from './hosts'
import {
  askLongerEndpoint, eraseEndpoint, guestArrivedEndpoint, guestCancelEndpoint, guestNoEndpoint, guestYesEndpoint, leaveEndpoint,
  readStayEndpoint, requestEndpoint, revealEndpoint, withdrawEndpoint,
} from './newcomer'
import { offerHomeEndpoint } from './offers'
import {
  cancelEndpoint, departEndpoint, extendEndpoint, moveEndpoint, noShowEndpoint, notLongerEndpoint, readPlacementEndpoint,
  recordArrivedEndpoint, recordNoEndpoint, recordYesEndpoint, secondYesEndpoint,
} from './placements'
import { proposeEndpoint, proposeLegsEndpoint, proposeManyEndpoint } from './plans'
import { readQueueEndpoint, readStaysEndpoint } from './queue'
import { changeRoomEndpoint, closeNightsEndpoint, offerNightsEndpoint, readHomeEndpoint, readRoomEndpoint } from './rooms'

/** Every endpoint there is: what is not listed here is neither served nor described. */
export const ENDPOINTS: readonly Endpoint[] = [
  // a newcomer, by the secret of their request
  requestEndpoint, readStayEndpoint, eraseEndpoint, withdrawEndpoint, guestYesEndpoint, guestNoEndpoint, revealEndpoint,
  guestArrivedEndpoint, askLongerEndpoint, leaveEndpoint, guestCancelEndpoint,
  // a host
  readHostEndpoint, offerHomeEndpoint, confirmOfferEndpoint, pauseEndpoint, readHomeEndpoint, readRoomEndpoint, changeRoomEndpoint,
  offerNightsEndpoint, closeNightsEndpoint, readHostStaysEndpoint, hostYesEndpoint, hostNoEndpoint, hostExtensionEndpoint,
  // the team
  readQueueEndpoint, readStaysEndpoint, readArrivalEndpoint, readCandidatesEndpoint, countRoomsEndpoint, enterEndpoint, withdrawForEndpoint, reopenEndpoint,
  formGroupEndpoint, proposeEndpoint, proposeLegsEndpoint, proposeManyEndpoint,
  readPlacementEndpoint, recordYesEndpoint, recordNoEndpoint, secondYesEndpoint, recordArrivedEndpoint, noShowEndpoint,
  departEndpoint, cancelEndpoint, extendEndpoint, moveEndpoint, notLongerEndpoint,
  readHostsEndpoint, readHostRecordEndpoint, recordVisitEndpoint, recordReferenceEndpoint,
]
