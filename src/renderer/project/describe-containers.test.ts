import { expect, it } from 'vitest'
import type { TimelineEvent } from '../../core/queries/timeline.ts'
import { en } from '../i18n/en.ts'
import { fr } from '../i18n/fr.ts'
import { describeContainers } from './describe-containers.ts'

function event(kind: TimelineEvent['kind'], after: TimelineEvent['after']): TimelineEvent {
  const from = { actor: 'vigie', entry: 'agent', machine: 'host', version: '0', onBehalfOf: null, reason: null }
  return {
    id: 1,
    at: '2026-03-01T12:00:00.000Z',
    kind,
    runId: null,
    ...from,
    before: null,
    after,
    bulkOthers: null,
    mailTo: [],
    mails: [],
  }
}

it('containers are counted, with the time that it took to wake them', () => {
  expect(describeContainers(event('containers_stopped', { containers: 2 }), en)).toEqual(['2 containers'])
  expect(describeContainers(event('containers_removed', { containers: 1 }), fr)).toEqual(['1 conteneur'])
  const started = event('containers_started', { containers: 1, afterSeconds: 3.2 })
  expect(describeContainers(started, en)).toEqual(['1 container', 'after 3.2 s'])
  expect(describeContainers(started, fr)).toEqual(['1 conteneur', 'après 3,2\u00a0s'])
  expect(describeContainers(event('containers_started', { containers: 1, afterSeconds: null }), en)).toEqual([
    '1 container',
  ])
})

it('what went wrong is told in words, with its code', () => {
  const failed = (action: string, code: string) => event('container_failed', { containers: 1, action, code })
  expect(describeContainers(failed('stop', 'ENGINE_TIMEOUT'), en)).toEqual([
    '1 container not stopped yet (ENGINE_TIMEOUT), tried again',
  ])
  expect(describeContainers(failed('start', 'CONTAINER_GONE'), en)).toEqual(['1 container gone from the engine'])
  expect(describeContainers(failed('stop', 'CONTAINER_FOREIGN'), fr)).toEqual([
    '1 conteneur sans les étiquettes de la plateforme : laissé tel quel',
  ])
  expect(describeContainers(failed('doze', 'NEW'), en)).toEqual(['1 container not dealt with yet (NEW), tried again'])
})

it('other events tell nothing of containers', () => {
  expect(describeContainers(event('blocked', { containers: 1 }), en)).toEqual([])
  expect(describeContainers(event('containers_stopped', null), en)).toEqual([])
})
