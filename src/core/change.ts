/**
 * What `vigie` notifies: one message per batch or act, with ids and counts; whoever listens reads what is new itself.
 * `connected` is Vigie's own: the feed was (re)opened, anything may have changed meanwhile.
 */
export type Change =
  | { readonly kind: 'connected' }
  | { readonly kind: 'disconnected' }
  | { readonly kind: 'run'; readonly runId: number }
  | { readonly kind: 'sweep'; readonly runId: number; readonly stage: 'deactivate' | 'disable'; readonly moved: number }
  | { readonly kind: 'revert'; readonly runId: number; readonly moved: number }
  /** What happened outside Vigie was noticed. */
  | { readonly kind: 'outside'; readonly changed: number }
  | { readonly kind: 'project'; readonly projectId: string }
  /** Somebody noted something on a project, or took a note back. */
  | { readonly kind: 'note'; readonly projectId: string }
  | { readonly kind: 'hold'; readonly holdId: number }
  | { readonly kind: 'traffic'; readonly moved: number }
  /** Mails were settled, cancelled or, if `queued` is not 0, queued anew. */
  | { readonly kind: 'mail'; readonly queued: number }
  | { readonly kind: 'policy' }
  | { readonly kind: 'pause'; readonly part: string }
  | { readonly kind: 'agent' }
  /** Somebody is about to decide: intakes count what they have seen, at once. */
  | { readonly kind: 'flush' }
  /** Files or containers of projects were brought into step. */
  | { readonly kind: 'edge' }
  | { readonly kind: 'exclusion' }
  /** A project or a team is exempt, or no longer. */
  | { readonly kind: 'exemption' }
