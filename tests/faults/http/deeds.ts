import type { Deed } from './ask'
import { ask, changeBeds, close, erase, offer, pause, reopen, withdraw, withdrawAtDesk } from './deeds-people'
import { proposeOne, proposeSeveral, readCandidates, readHost, readQueue, readStay } from './deeds-plans'
import {
  answerLonger, arrive, askLonger, cancel, depart, guestCancel, guestNo, guestYes, hostNo, hostYes, leadYes, leave, lengthen, noShow,
} from './deeds-stays'

/** Everything people do over the API, and how often among each hundred or so. */
export const DEEDS: readonly [name: string, weight: number, deed: Deed][] = [
  ['ask', 10, ask],
  ['propose', 16, proposeOne],
  ['propose several rooms', 3, proposeSeveral],
  ['host yes', 12, hostYes],
  ['guest yes', 12, guestYes],
  ['second yes', 8, leadYes],
  ['host no', 2, hostNo],
  ['guest no', 2, guestNo],
  ['cancel', 3, cancel],
  ['guest cancels', 2, guestCancel],
  ['arrive', 8, arrive],
  ['not come', 1, noShow],
  ['depart', 4, depart],
  ['leave', 3, leave],
  ['extend', 4, lengthen],
  ['ask longer', 3, askLonger],
  ['answer longer', 3, answerLonger],
  ['withdraw', 2, withdraw],
  ['erase', 2, erase],
  ['withdraw at the desk', 1, withdrawAtDesk],
  ['reopen', 1, reopen],
  ['pause', 2, pause],
  ['beds', 2, changeBeds],
  ['close nights', 2, close],
  ['offer nights', 2, offer],
  ['read stay', 3, readStay],
  ['read host', 2, readHost],
  ['read queue', 1, readQueue],
  ['read candidates', 1, readCandidates],
]
