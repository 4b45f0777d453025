const address =
  /^[^\s\p{C}<>()[\]\\,;:"@]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]*[\p{L}\p{N}\p{M}])?)*$/u

/** Whether a mail server could take it at all: one mailbox, without a name, quotes or comments (RFC 5321, 4.1.2). */
export function isMailAddress(text: string): boolean {
  return text.length <= 320 && address.test(text)
}
