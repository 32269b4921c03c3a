// What a thread of long reckoning does first: pages and letters come before it. On Linux a priority is a thread's own;
// elsewhere it would be the whole worker's, and letters wait for nobody.
import { constants, setPriority } from 'node:os'

if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
