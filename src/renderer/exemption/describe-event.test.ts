import { expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { createFormats } from '../i18n/formats.ts'
import { fr } from '../i18n/fr.ts'
import { describeExemption } from './describe-event.ts'

const formats = createFormats('en-GB', 'UTC')
const exempt = { isExempt: true, scope: 'project', until: '2026-12-12T23:59:59.999999Z' } as const

it('an exemption on the timeline tells until when, whose it is and what it replaced', () => {
  const tell = (event: Parameters<typeof describeExemption>[0]) => describeExemption(event, en.exemption, formats)
  expect(tell({ kind: 'exempted', before: { isExempt: false }, after: exempt })).toEqual(['until 12 Dec 2026, 23:59'])
  expect(tell({ kind: 'exempted', before: exempt, after: { ...exempt, scope: 'team', until: null } })).toEqual([
    'the whole team',
    'for good',
    'replaces one until 12 Dec 2026, 23:59',
  ])
  expect(tell({ kind: 'exemption_expired', before: exempt, after: { isExempt: false } })).toEqual([
    'until 12 Dec 2026, 23:59',
  ])
  expect(tell({ kind: 'reactivated', before: null, after: null })).toEqual([])
})

it('in French as well', () => {
  expect(
    describeExemption(
      { kind: 'exempted', before: exempt, after: { ...exempt, until: null } },
      fr.exemption,
      createFormats('fr', 'UTC'),
    ),
  ).toEqual(['sans limite', 'remplace une exemption jusqu’au 12 déc. 2026, 23:59'])
})
