/** A mail in one language, before it becomes text and HTML. All of it is plain text: the layout escapes. */
export interface Message {
  readonly language: 'en' | 'fr'
  readonly subject: string
  readonly heading: string
  readonly opening: string
  readonly projects: readonly MessageProject[]
  readonly sections: readonly { readonly title: string; readonly text: string }[]
  readonly action: { readonly label: string; readonly url: string } | null
  readonly closing: string
}

export interface MessageProject {
  readonly name: string
  readonly detail: string
  readonly url: string | null
  readonly action: Message['action']
}

/** What the words of a language are given: cleaned names, written times. */
export interface MessageFacts {
  readonly projects: readonly {
    readonly name: string
    readonly teamName: string
    readonly url: string | null
    readonly wakeUrl: string | null
    readonly actedAt: string
    /** Null: there is no next stage, or its time has passed. */
    readonly nextStageAt: string | null
    readonly isOverdue: boolean
  }[]
  readonly inactiveAfterDays: number
}
