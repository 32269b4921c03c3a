// Loaded into the web server that `npm start` runs, in front of Next.
//
// Next believes an `x-forwarded-for` that is there and writes the socket's address only where there is none: without a
// proxy of our own in front, whoever calls would choose the address their tries are counted under. So what a caller claims
// to be forwarded is dropped before Next reads the request.
//
// And what Next itself answers with 500 is refused here: a path that is no UTF-8, a method no route can have.
import { Server } from 'node:http'

const CLAIMS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip']
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const trustsProxy = process.env['TRUST_PROXY'] === '1'

function isReadable(url) {
  try {
    decodeURIComponent(url.split('?', 1)[0])
    return true
  } catch {
    return false
  }
}

function refusal({ method, url }) {
  if (!METHODS.includes(method)) return 405
  return isReadable(url) ? null : 400
}

function refuse(response, status) {
  response.writeHead(status, { 'Cache-Control': 'no-store', 'Content-Length': 0, ...(status === 405 ? { Allow: METHODS.join(', ') } : {}) })
  response.end()
}

const emit = Server.prototype.emit
Server.prototype.emit = function receive(event, ...parts) {
  if (event !== 'request') return emit.call(this, event, ...parts)
  const [request, response] = parts
  if (!trustsProxy) for (const name of CLAIMS) delete request.headers[name]
  const status = refusal(request)
  if (status === null) return emit.call(this, event, ...parts)
  refuse(response, status)
  return true
}
