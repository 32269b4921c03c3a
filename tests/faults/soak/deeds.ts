import type { Deed } from './attempt'
import { ask, changeBeds, close, joinUp, offer, pause, reopen, withdraw, withdrawAtDesk } from './deeds-people'
import { proposeGroup, proposeMost, proposeOne, proposeRelay, proposeSeveral, remind, runOut } from './deeds-plans'
import {
  answerLonger, arrive, askLonger, cancel, depart, guestNo, guestYes, hostNo, hostYes, leadYes, lengthen, move, noShow, openAddress, quarrel,
} from './deeds-stays'

/** Everything people do, and how often among each hundred or so. */
const DEEDS: readonly [name: string, weight: number, deed: Deed][] = [
  ['ask', 7, ask],
  ['propose', 16, proposeOne],
  ['propose several rooms', 4, proposeSeveral],
  ['join up', 3, joinUp],
  ['propose group', 4, proposeGroup],
  ['propose relay', 4, proposeRelay],
  ['propose many', 1, proposeMost],
  ['host yes', 12, hostYes],
  ['guest yes', 12, guestYes],
  ['second yes', 10, leadYes],
  ['host no', 2, hostNo],
  ['guest no', 2, guestNo],
  ['cancel', 3, cancel],
  ['quarrel', 1, quarrel],
  ['arrive', 8, arrive],
  ['not come', 1, noShow],
  ['depart', 6, depart],
  ['extend', 4, lengthen],
  ['move', 3, move],
  ['ask longer', 3, askLonger],
  ['answer longer', 3, answerLonger],
  ['reveal', 2, openAddress],
  ['run out', 2, runOut],
  ['remind', 1, remind],
  ['withdraw', 2, withdraw],
  ['withdraw at the desk', 1, withdrawAtDesk],
  ['reopen', 1, reopen],
  ['pause', 2, pause],
  ['beds', 2, changeBeds],
  ['close nights', 2, close],
  ['offer nights', 2, offer],
]

const IN_A_RUSH = 6

/** A hat with each deed in it as often as it is done. In a rush nearly everybody proposes. */
export function hatOf(rush: boolean): { name: string; deed: Deed }[] {
  return DEEDS.flatMap(([name, weight, deed]) => {
    const times = rush && name.startsWith('propose') ? weight * IN_A_RUSH : weight
    return Array.from({ length: times }, () => ({ name, deed }))
  })
}
