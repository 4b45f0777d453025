import { EventEmitter } from 'node:events'

type RequestHandler = (
  contents: object,
  permission: string,
  decide: (isGranted: boolean) => void,
  details: { isMainFrame: boolean; requestingUrl: string },
) => void
type CheckHandler = (
  contents: object | null,
  permission: string,
  requestingOrigin: string,
  details: { isMainFrame: boolean },
) => boolean

/** Without a handler a session allows everything, as Electron's does. */
export class SessionDouble extends EventEmitter {
  #requestHandler: RequestHandler = (_contents, _permission, decide) => decide(true)
  #checkHandler: CheckHandler = () => true
  #deviceHandler: (details: { deviceType: string }) => boolean = () => true
  #captureHandler: (request: object, decide: (streams: object | null) => void) => void = (_request, decide) =>
    decide({})

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#requestHandler = handler
  }

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#checkHandler = handler
  }

  setDevicePermissionHandler(handler: (details: { deviceType: string }) => boolean): void {
    this.#deviceHandler = handler
  }

  setDisplayMediaRequestHandler(handler: (request: object, decide: (streams: object | null) => void) => void): void {
    this.#captureHandler = handler
  }

  requestPermission(permission: string, requestingUrl: string, isMainFrame: boolean): boolean {
    let isGranted = false
    const decide = (granted: boolean) => {
      isGranted = granted
    }
    this.#requestHandler({}, permission, decide, { isMainFrame, requestingUrl })
    return isGranted
  }

  checkPermission(permission: string, origin: string, isMainFrame: boolean): boolean {
    return this.#checkHandler(null, permission, origin, { isMainFrame })
  }

  allowsDevice(deviceType: string): boolean {
    return this.#deviceHandler({ deviceType })
  }

  allowsCapture(): boolean {
    let hasStreams = false
    this.#captureHandler({}, (streams) => {
      hasStreams = streams !== null
    })
    return hasStreams
  }

  allowsDownload(): boolean {
    let isPrevented = false
    const preventDefault = () => {
      isPrevented = true
    }
    this.emit('will-download', { preventDefault }, {}, {})
    return !isPrevented
  }
}
