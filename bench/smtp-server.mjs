/* A mail server in a thread of its own, as others are on machines of their own. Takes everything, remembers nothing. */
import { parentPort } from 'node:worker_threads'
import { SMTPServer } from 'smtp-server'

const server = new SMTPServer({
  authOptional: true,
  logger: false,
  disabledCommands: ['STARTTLS'],
  onData(stream, _session, done) {
    stream.on('end', done).resume()
  },
})
server.on('error', () => undefined)
server.listen(0, '127.0.0.1', () => parentPort?.postMessage(server.server.address().port))
