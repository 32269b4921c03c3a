// Loaded into every process that `npm start` or `npm test` starts: its standard input is a pipe to the starter.
// The pipe closes when the starter is gone, however it went, and then this process goes too.
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'))
process.stdin.resume()
process.stdin.unref?.()
