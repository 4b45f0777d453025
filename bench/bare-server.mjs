/* The reference of forward auth: a bare node:http server that answers 204. Prints its port. */
import { createServer } from 'node:http'

const server = createServer((_request, response) => {
  response.writeHead(204)
  response.end()
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
})
