import { describe, expect, it } from 'vitest'
import { checkPolicy, policyRules } from './check-policy.ts'
import { defaultPolicy } from './policy.ts'

describe('a policy', () => {
  it('that Vigie begins with makes sense', () => {
    expect(checkPolicy({ ...defaultPolicy })).toEqual(defaultPolicy)
    expect(Object.keys(policyRules).sort()).toEqual(Object.keys(defaultPolicy).sort())
  })

  it.each([
    ['inactiveAfterDays', -1],
    ['inactiveAfterDays', 0],
    ['inactiveAfterDays', 5.5],
    ['inactiveAfterDays', '5'],
    ['inactiveAfterDays', Number.NaN],
    ['disabledAfterDays', 4_000],
    ['manyPercent', 101],
    ['isWarningMailed', 'yes'],
    ['sweepMode', 'sometimes'],
    ['mailLanguage', 'de'],
    ['mailZone', 'Mars/Olympus'],
    ['mailZone', '+02:00'],
    ['mailZone', ''],
    ['sweepSchedule', '0 0 31 2 *'],
    ['cleanupSchedule', 'daily'],
    ['countsSchedule', 7],
    ['pruningSchedule', '0 0 0 * * *'],
    ['canaryTeamIds', 'abc'],
    ['canaryTeamIds', ['xyz']],
    ['canaryTeamIds', ['a', 'a']],
    ['isOnlyRow', true],
    ['constructor', 1],
    ['__proto__x', 1],
  ])('with %s = %j is refused with that name', (field, value) => {
    expect(() => checkPolicy({ [field]: value })).toThrow(
      expect.objectContaining({ code: 'POLICY_INVALID', details: { field }, message: expect.stringContaining(field) }),
    )
  })
})
