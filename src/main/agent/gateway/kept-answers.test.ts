import { describe, expect, it } from 'vitest'
import { createKeptAnswers, type KeptAnswersOptions } from './kept-answers.ts'

function setUp(options: Partial<KeptAnswersOptions<string>> = {}) {
  const clock = { ms: 0 }
  const database = { answer: 'one', isAway: false, asked: 0 }
  const answers = createKeptAnswers<string>({
    read: async (key) => {
      database.asked += 1
      if (database.isAway) throw new Error('away')
      return `${key} ${database.answer}`
    },
    nowMs: () => clock.ms,
    ...options,
  })
  return { clock, database, answers }
}

describe('kept answers', () => {
  it('are asked for once while they are fresh, and again when something changed', async () => {
    const { clock, database, answers } = setUp()
    expect(await Promise.all([answers.get('a'), answers.get('a')])).toEqual(['a one', 'a one'])
    database.answer = 'two'
    expect(await answers.get('a')).toBe('a one')
    answers.expire()
    expect(await answers.get('a')).toBe('a two')
    clock.ms += 5_001
    database.answer = 'three'
    expect(await answers.get('a')).toBe('a three')
    expect(database.asked).toBe(3)
  })

  it('are better old than none: while the database is away it is asked rarely, and never waited for', async () => {
    const { clock, database, answers } = setUp()
    await answers.get('a')
    database.isAway = true
    answers.expire()
    expect(await answers.get('a')).toBe('a one')
    expect(await answers.get('b')).toBeNull()
    expect(database.asked).toBe(2)
    clock.ms += 2_001
    database.isAway = false
    expect(await answers.get('b')).toBe('b one')
  })

  it('do not keep a visitor waiting', async () => {
    const { answers } = setUp({ read: () => new Promise(() => {}), waitMs: 1 })
    expect(await answers.get('a')).toBeNull()
  })

  it('are bounded, in number and in questions at once', async () => {
    let asked = 0
    const { answers } = setUp({
      read: () => {
        asked += 1
        return new Promise(() => {})
      },
      waitMs: 1,
      maxReads: 5,
    })
    await Promise.all(Array.from({ length: 50 }, (_, n) => answers.get(String(n))))
    expect(asked).toBe(5)

    const small = setUp({ maxKept: 2 })
    for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await small.answers.get(key)
    expect(small.database.asked).toBe(4)
  })
})
