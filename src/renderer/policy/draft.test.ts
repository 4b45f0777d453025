import { expect, it } from 'vitest'
import { policyRules } from '../../core/check-policy.ts'
import { defaultPolicy } from '../../core/policy.ts'
import { en } from '../i18n/en.ts'
import { createFormats } from '../i18n/formats.ts'
import { describeSchedule, describeValue } from './describe-value.ts'
import { readDraft } from './draft.ts'
import { groupNames, policyGroups } from './groups.ts'

const words = en.policy

it('the page shows every value of the policy once', () => {
  const shown = groupNames.flatMap((group) => policyGroups[group])
  expect(shown.toSorted()).toEqual(Object.keys(policyRules).toSorted())
})

it('a draft changes what is different now, and nothing else', () => {
  const draft = { inactiveAfterDays: ' 6 ', disabledAfterDays: '7', isUpgradedWoken: false, mailZone: 'UTC ' }
  expect(readDraft(draft, defaultPolicy)).toEqual({
    changes: { inactiveAfterDays: 6, isUpgradedWoken: false },
    wrong: [],
  })
})

it.each([
  ['inactiveAfterDays', '0'],
  ['inactiveAfterDays', ''],
  ['inactiveAfterDays', '5.5'],
  ['manyPercent', '101'],
  ['sweepSchedule', '0 2 31 2 *'],
  ['mailZone', 'Paris'],
  ['canaryTeamIds', ['nowhere!']],
] as const)('%s can’t be %j', (name, given) => {
  expect(readDraft({ [name]: given }, defaultPolicy)).toEqual({ changes: {}, wrong: [name] })
})

it('a canary needs a team', () => {
  expect(readDraft({ sweepMode: 'canary' }, defaultPolicy)).toEqual({
    changes: { sweepMode: 'canary' },
    wrong: ['canaryTeamIds'],
  })
  expect(readDraft({ sweepMode: 'canary', canaryTeamIds: ['ab'] }, defaultPolicy).wrong).toEqual([])
})

it('values are told with their unit, and plain schedules in words', () => {
  const describing = { words, formats: createFormats('en-GB'), teamName: (id: string) => `Team ${id}` }
  expect(describeValue('inactiveAfterDays', 1, describing)).toBe('1 day')
  expect(describeValue('mailsPerMinute', 3_000, describing)).toBe('3,000 mails a minute')
  expect(describeValue('sweepMode', 'on', describing)).toBe('On')
  expect(describeValue('canaryTeamIds', ['a', 'b'], describing)).toBe('Team a and Team b')
  expect(describeValue('canaryTeamIds', [], describing)).toBe('none')
  expect(describeSchedule('5 0 * * *', words)).toBe('Every day at 00:05 UTC')
  expect(describeSchedule('5 * * * *', words)).toBe('Every hour, at minute 5')
  expect(describeSchedule('5 0 * * 1', words)).toBeNull()
  expect(describeSchedule('*/5 0 * * *', words)).toBeNull()
})
