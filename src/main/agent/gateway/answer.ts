/** What the gateway says, before it is written to a response. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Text that is HTML already: every customer's word in it is escaped. */
export type Html = string
