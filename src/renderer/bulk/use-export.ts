import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkOutcome } from '../../core/bulk/bulk-result.ts'
import type { ExportFormat } from '../../core/export/encode-table.ts'
import type { ProjectView } from '../../core/queries/projects.ts'
import { useTRPC } from '../data/trpc.ts'

type ExportSource =
  | { readonly kind: 'projects'; readonly view: ProjectView }
  | { readonly kind: 'bulk'; readonly bulkId: string; readonly outcomes: readonly BulkOutcome[] }

/** How often a running export is asked how far it is. */
const askEveryMs = 400

/** Exports, and follows how far it is: the browser keeps the file, or the desktop asks where. */
export function useExport() {
  const trpc = useTRPC()
  const [exportId, setExportId] = useState<string | null>(null)
  const save = useMutation(trpc.exports.save.mutationOptions())
  const cancel = useMutation(trpc.exports.cancel.mutationOptions())
  const { data, error } = useQuery({
    ...trpc.exports.get.queryOptions({ exportId: exportId ?? '' }),
    enabled: exportId !== null,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data === null || state.data === undefined || state.data.state === 'running' ? askEveryMs : false,
  })
  const isDesktop = window.vigie !== undefined
  // Until the person has said where, nothing has begun.
  const isChoosing = isDesktop && (save.data === null || save.isPending) && !data
  return {
    progress: exportId === null || isChoosing ? null : (data ?? null),
    isStarting: exportId !== null && !isChoosing && !data && error === null && save.error === null,
    error: save.error ?? error,
    start(source: ExportSource, format: ExportFormat) {
      const request = { exportId: crypto.randomUUID(), source, format }
      setExportId(request.exportId)
      if (isDesktop) save.mutate(request)
      else download(`/export?request=${encodeURIComponent(JSON.stringify(request))}`)
    },
    cancel: () => exportId !== null && cancel.mutate({ exportId }),
    forget: () => setExportId(null),
  }
}

function download(href: string): void {
  const link = document.createElement('a')
  link.href = href
  // Should it be refused, the browser stays on this page.
  link.download = ''
  link.click()
}
