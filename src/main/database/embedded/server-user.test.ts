import { describe, expect, it } from 'vitest'
import { findServerUser, requireEnterable, type TryCommand, withAncestors } from './server-user.ts'

/** A machine with some users, on which `useradd` works or not. */
function machine(users: Record<string, number>, canAdd: boolean): { tryCommand: TryCommand; added: string[] } {
  const known = new Map(Object.entries(users))
  const added: string[] = []
  const tryCommand: TryCommand = async (command, args) => {
    const name = args.at(-1) ?? ''
    if (command === 'id') return known.has(name) ? `${known.get(name)}\n` : undefined
    if (command !== 'useradd' || !canAdd) return undefined
    expect(args).toContain('--system')
    known.set(name, 990)
    added.push(name)
    return ''
  }
  return { tryCommand, added }
}

describe('the user for a database of root’s', () => {
  it('is vigie where it exists', async () => {
    const { tryCommand, added } = machine({ vigie: 980, nobody: 65_534 }, true)
    expect(await findServerUser(true, tryCommand)).toEqual({ name: 'vigie', uid: 980, gid: 980 })
    expect(added).toEqual([])
  })

  it('is added where it can be', async () => {
    const { tryCommand, added } = machine({ nobody: 65_534 }, true)
    expect(await findServerUser(true, tryCommand)).toEqual({ name: 'vigie', uid: 990, gid: 990 })
    expect(added).toEqual(['vigie'])
  })

  it('is not added where it must not be', async () => {
    const { tryCommand, added } = machine({ nobody: 65_534 }, true)
    expect(await findServerUser(false, tryCommand)).toMatchObject({ name: 'nobody' })
    expect(added).toEqual([])
  })

  it('is another where vigie cannot be added, nobody last', async () => {
    expect(await findServerUser(true, machine({ nobody: 65_534, postgres: 70 }, false).tryCommand)).toMatchObject({
      name: 'postgres',
    })
    expect(await findServerUser(true, machine({ nobody: 65_534 }, false).tryCommand)).toMatchObject({ name: 'nobody' })
  })

  it('is never root, nor one whose number Node cannot run as', async () => {
    const finding = findServerUser(true, machine({ vigie: 0, postgres: 0, nobody: 4_294_967_294 }, false).tryCommand)
    await expect(finding).rejects.toMatchObject({ code: 'EMBEDDED_DATABASE_FAILED' })
  })
})

describe('the way to the data folder', () => {
  const user = { name: 'vigie', uid: 990, gid: 990 }
  const closedAt =
    (closed: string): TryCommand =>
    async (_command, args) =>
      `${args.at(-1)}/`.startsWith(`${closed}/`) ? undefined : ''

  it('is open', async () => {
    await expect(requireEnterable('/srv/vigie', user, closedAt('/root'))).resolves.toBeUndefined()
  })

  it('is closed at the outermost folder that the user cannot enter', async () => {
    await expect(requireEnterable('/root/data/vigie', user, closedAt('/root'))).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNUSABLE',
      message: expect.stringMatching(/vigie, who cannot enter \/root: .*chmod o\+x \/root.*VIGIE_DATA_DIR/),
    })
  })

  it('leads through every folder above', () => {
    expect(withAncestors('/srv/vigie/data')).toEqual(['/', '/srv', '/srv/vigie', '/srv/vigie/data'])
  })
})
