import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Duplex } from 'node:stream'
import { waitUntil } from '../../testing/agent-fixture.ts'
import { fetchRaw } from './fetch-raw.ts'

/** A port on loopback that nobody has at the moment. */
export async function findFreePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = readAddress(server.address())
  server.close()
  await once(server, 'close')
  return port
}

/** The site behind a proxy: it greets, and takes connections that last. */
export async function startSite() {
  const server = createServer((request, response) => {
    request.resume()
    response.end(`site: ${request.method} ${request.url}`)
  })
  const lasting = new Set<Duplex>()
  server.on('upgrade', (_request, socket) => {
    lasting.add(socket)
    socket.on('error', () => undefined)
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: readAddress(server.address()).port,
    async stop() {
      for (const socket of lasting) socket.destroy()
      server.closeAllConnections()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

export interface ProxyPorts {
  readonly site: number
  readonly gateway: number
}

/** Starts a proxy with the sample configuration of resources/forward-auth/, on loopback ports of the test's own. */
export async function startProxy(name: 'caddy' | 'nginx', program: string, { site, gateway }: ProxyPorts) {
  const port = await findFreePort()
  const folder = await mkdtemp(path.join(tmpdir(), `vigie-${name}-`))
  const read = async (file: string) =>
    (await readFile(path.resolve('resources/forward-auth', file), 'utf8'))
      .replaceAll('127.0.0.1:8080', `127.0.0.1:${site}`)
      .replaceAll('127.0.0.1:9465', `127.0.0.1:${gateway}`)
  const config = path.join(folder, 'config')
  let args: string[]
  if (name === 'caddy') {
    const sample = (await read('Caddyfile')).replace(':80 {', `:${port} {\n\tbind 127.0.0.1`)
    await writeFile(config, `{\n\tadmin off\n\tauto_https off\n}\n${sample}`)
    args = ['run', '--adapter', 'caddyfile', '--config', config]
  } else {
    const sample = (await read('nginx.conf')).replace('listen 80;', `listen 127.0.0.1:${port};`)
    const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    await mkdir(path.join(folder, 'tmp'))
    const temporary = kinds.map((kind) => `${kind}_temp_path ${folder}/tmp/${kind};`).join(' ')
    const main = `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;`
    const user = process.getuid?.() === 0 ? 'user root;' : ''
    await writeFile(config, `${user} ${main} events {} http { access_log off; ${temporary}\n${sample}\n}`)
    args = ['-c', config, '-p', folder, '-e', `${folder}/error.log`]
  }
  const child: ChildProcess = spawn(program, args, {
    env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: 'ignore',
  })
  await waitUntil(
    () =>
      fetchRaw(port).then(
        () => true,
        () => false,
      ),
    { timeoutMs: 60_000, intervalMs: 50 },
  )
  return {
    name,
    port,
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function readAddress(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')
  return address
}
