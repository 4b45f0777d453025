import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readDockerHost } from './docker-host.ts'

const read = (text: string) => readDockerHost({ DOCKER_HOST: text })

it.each([
  ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
  ['unix:///a folder/docker.sock', { socketPath: '/a folder/docker.sock' }],
  ['tcp://127.0.0.1:2376', { protocol: 'http', host: '127.0.0.1', port: 2376 }],
  ['tcp://docker-proxy', { protocol: 'http', host: 'docker-proxy', port: 2375 }],
  ['http://docker-proxy:2375/', { protocol: 'http', host: 'docker-proxy', port: 2375 }],
  ['http://docker-proxy:80', { protocol: 'http', host: 'docker-proxy', port: 80 }],
  ['tcp://[::1]:2375', { protocol: 'http', host: '::1', port: 2375 }],
])('%s is read', (text, host) => expect(read(text)).toEqual(host))

it('what is not set is no way to containers', () => {
  expect([readDockerHost({}), read(' ')]).toEqual([null, null])
})

it.each([
  '/var/run/docker.sock',
  'unix://',
  'unix://docker.sock',
  'ssh://docker@host',
  'https://docker:2376',
  'tcp://',
  'tcp://user:secret@docker:2375',
  'tcp://docker:99999',
  'tcp://docker:2375/path',
  'http://docker:2375?x=secret',
])('%s is refused by the variable’s name', (text) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }))
  expect(() => read(text)).toThrow(/^DOCKER_HOST /)
  expect(() => read(text)).not.toThrow(/secret/)
})

it('any text is read or refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl(),
        fc.string().map((rest) => `tcp://${rest}`),
      ),
      (text) => {
        try {
          read(text)
        } catch (error) {
          expect(error).toMatchObject({ code: 'CONFIG_INVALID' })
        }
      },
    ),
  )
})
