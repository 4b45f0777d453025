import type { Session } from 'electron'
import { isOwnUrl } from './origin.ts'

/** The page copies ids and hostnames; it asks for nothing else, and nobody else gets anything. */
export function isPermitted(permission: string, isMainFrame: boolean, url: string): boolean {
  return permission === 'clipboard-sanitized-write' && isMainFrame && isOwnUrl(url)
}

/** Denies a session every permission, device, capture and download but the one above. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) =>
    decide(isPermitted(permission, details.isMainFrame, details.requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermitted(permission, details.isMainFrame, requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide(null))
  session.on('will-download', (event) => event.preventDefault())
}
