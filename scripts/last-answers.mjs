// Loaded into the web server that `npm start` runs. Told to end, Next waits until every connection is closed; programs that
// keep theirs and go on asking would keep it waiting until it is killed in the middle of something. So from then on each
// answer says that it is the last on its connection.
import { Server } from 'node:http'

let ending = false
process.once('SIGTERM', () => { ending = true })

const emit = Server.prototype.emit
Server.prototype.emit = function sayLast(event, ...rest) {
  if (ending && event === 'request') rest[1].shouldKeepAlive = false
  return emit.call(this, event, ...rest)
}
