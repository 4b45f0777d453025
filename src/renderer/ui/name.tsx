/** Marks that turn the writing direction of what follows: a name could show other words than it has. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Somebody else's words (a project's, a team's, a person's name): kept apart from ours, whatever way they run. */
export function Name({ text }: { text: string }) {
  const plain = withoutDirectionMarks(text)
  return <bdi title={plain}>{plain}</bdi>
}

/** Somebody else's words for where they are quoted at length; what stands beside them keeps its direction. */
export function withoutDirectionMarks(text: string): string {
  return text.replace(directionMarks, '')
}
