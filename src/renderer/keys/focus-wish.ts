/** Whether what opens next shall take the focus: whoever chose it has left the place where the focus was. */
let isWished = false

export function wishFocus(): void {
  isWished = true
}

/** Whether it was wished; it counts once. */
export function takeFocusWish(): boolean {
  const was = isWished
  isWished = false
  return was
}
