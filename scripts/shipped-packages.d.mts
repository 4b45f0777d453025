export interface ShippedPackage {
  readonly name: string
  readonly version: string
  readonly license: string | null
}

interface Lock {
  readonly packages: Readonly<Record<string, { version?: string; license?: string; dev?: boolean }>>
}

export function listShipped(lock: Lock, readLicense: (path: string) => string | null): ShippedPackage[]
export function judgeLicense(license: string | null): boolean
export function licenseOfManifest(manifest: string): string | null
