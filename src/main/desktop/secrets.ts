import { safeStorage } from 'electron'

/** Where secrets may be kept, encrypted by the system. */
export interface Secrets {
  /** As text for a settings file; null: there is nothing to protect it with, so that it must not be kept. */
  readonly seal: (secret: string) => Promise<string | null>
  /** Null when it can't be read any more: another user, another machine, another keyring. */
  readonly unseal: (sealed: string) => Promise<string | null>
  readonly canSeal: () => Promise<boolean>
}

/** The system's secrets. Used when the application is ready, as `safeStorage` asks. */
export function systemSecrets(platform: NodeJS.Platform): Secrets {
  const canSeal = async (): Promise<boolean> => {
    // `basic_text` is a password that stands in Chromium's source.
    const hasKeyring =
      platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
    return hasKeyring && (await safeStorage.isAsyncEncryptionAvailable())
  }
  return {
    canSeal,
    seal: async (secret) =>
      (await canSeal()) ? (await safeStorage.encryptStringAsync(secret)).toString('base64') : null,
    async unseal(sealed) {
      if (!(await canSeal())) return null
      try {
        return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result
      } catch {
        // Whatever the reason, the person is asked again.
        return null
      }
    },
  }
}
