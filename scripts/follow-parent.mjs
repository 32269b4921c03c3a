// Loaded into every process that `npm start` or `npm test` starts: its standard input is a pipe to the starter.
// The pipe closes when the starter is gone, however it went, and then this process goes too.
function leave() {
  process.kill(process.pid, 'SIGTERM')
}

// Node hands its flags on to what these processes fork; those have other parents and other pipes
if (process.ppid === Number(process.env['QONAQ_STARTER'])) {
  process.stdin.on('end', leave).on('error', leave).resume()
  process.stdin.unref?.()
}
