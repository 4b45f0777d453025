import { expect, it } from 'vitest'
import { VigieError } from '../../core/errors.ts'
import { failureOf } from './try-connection.ts'

const encrypted = { tlsMode: 'verify-full' } as const

it.each([
  ['ENOTFOUND', 'unknown-hostname'],
  ['EAI_AGAIN', 'unknown-hostname'],
  ['ECONNREFUSED', 'refused'],
  ['CONNECT_TIMEOUT', 'silent'],
  ['EHOSTUNREACH', 'silent'],
  ['CONNECTION_CLOSED', 'no-tls'],
  ['ECONNRESET', 'no-tls'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'no-tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-name'],
  ['CERT_HAS_EXPIRED', 'certificate-date'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-issuer'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-issuer'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-issuer'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-issuer'],
  ['28P01', 'password'],
  ['28000', 'login'],
  ['3D000', 'no-database'],
  ['42501', 'no-right'],
  ['XX000', 'other'],
])('%s is told as %s', (code, failure) => {
  expect(failureOf(Object.assign(new Error('of the driver'), { code }), encrypted)).toBe(failure)
})

it.each([
  ['NOT_A_PLATFORM', 'not-a-platform'],
  ['SERVER_TOO_OLD', 'too-old'],
  ['SCHEMA_DAMAGED', 'other'],
] as const)('what the check calls %s is told as %s', (code, failure) => {
  expect(failureOf(new VigieError(code, 'A sentence.'), encrypted)).toBe(failure)
})

it('a connection cut off without TLS has nothing to do with TLS', () => {
  const cut = Object.assign(new Error('closed'), { code: 'CONNECTION_CLOSED' })
  expect(failureOf(cut, { tlsMode: 'disable' })).toBe('other')
})
