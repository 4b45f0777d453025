import path from 'node:path'
import { expect, it } from 'vitest'
import { measureFirstLoad } from '../../../bench/measure-first-load.ts'

const kilobyte = 1_000
const budgetBytes = 350 * kilobyte

it('a window reads at most 350 kB of scripts, gzipped, before its first page; pages and the palette come later', async () => {
  const { scriptBytes, files } = await measureFirstLoad(path.resolve('out/renderer'))
  expect(files.length).toBeGreaterThan(0)
  expect(scriptBytes).toBeGreaterThan(50 * kilobyte)
  expect(scriptBytes).toBeLessThanOrEqual(budgetBytes)
  expect(files.filter((file) => /\/(projects|sweeps|policy|palette|help)-/.test(file))).toEqual([])
})
