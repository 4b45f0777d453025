/**
 * Options for Node under which a process takes its machine's clock to be ahead (or behind, below zero): what asks for the
 * date is answered so. Timers go on as they do: they follow the monotonic clock on real machines, too.
 */
export function clockOptions(aheadMs: number): string {
  if (aheadMs === 0) return ''
  const script = `
    globalThis.Date = new Proxy(Date, {
      construct: (target, args, newTarget) =>
        Reflect.construct(target, args.length === 0 ? [target.now() + ${aheadMs}] : args, newTarget),
      get: (target, key) => (key === 'now' ? () => target.now() + ${aheadMs} : Reflect.get(target, key)),
    })`
  return `--import=data:text/javascript,${encodeURIComponent(script)}`
}
