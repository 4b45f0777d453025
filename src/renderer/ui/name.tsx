/** Somebody else's words (a project's, a team's, a person's name): kept apart from ours, whatever way they run. */
export function Name({ text }: { text: string }) {
  return <bdi title={text}>{text}</bdi>
}
