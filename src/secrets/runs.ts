/** Where a run that begins with the end of a terminal colour (`ESC [ 33 m`, or its escape) really begins. */
export function afterColour(text: string, start: number): number {
  const before = text.charCodeAt(start - 1)
  // A square bracket or a semicolon.
  if (before !== 91 && before !== 59) return start
  const escape = /(?:\u001b|\\(?:u001b|x1b|033|e))\[[0-9;]{0,10}$/i
  if (!escape.test(text.slice(Math.max(0, start - 18), start))) return start
  return start + (/^\d{0,3}m/.exec(text.slice(start, start + 4))?.[0].length ?? 0)
}
