// Loaded into the web server that `npm start` runs. Next believes an `x-forwarded-for` that is there and writes the
// socket's address only where there is none: without a proxy of our own in front, whoever calls would choose the address
// their tries are counted under. So what a caller claims to be forwarded is dropped before Next reads the request.
import { Server } from 'node:http'

const CLAIMS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip']

if (process.env['TRUST_PROXY'] !== '1') {
  const emit = Server.prototype.emit
  Server.prototype.emit = function dropClaims(event, request, ...rest) {
    if (event === 'request') for (const name of CLAIMS) delete request.headers[name]
    return emit.call(this, event, request, ...rest)
  }
}
