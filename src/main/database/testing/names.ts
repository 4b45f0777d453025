import type { Log, Origin } from '../../../core/context.ts'

export const templateDatabase = 'vigie_template'

export const testOrigin: Origin = { entry: 'cli', machine: 'test', version: '0.0.0' }

export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} }
