/** Characters of a text and what they stand for. */
export interface Edit {
  readonly start: number
  readonly end: number
  /** Empty where they stand for nothing that can be seen. */
  readonly text: string
  /** Each character of `text` stands for the one at the same place. */
  readonly isAligned: boolean
}

/** One edit for every match of `pattern`, which is global and never matches the empty string. */
export function editsOf(
  text: string,
  pattern: RegExp,
  read: (match: string, text: string, at: number) => string | undefined,
  isAligned = false,
): Edit[] {
  const edits: Edit[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const meaning = read(match[0], text, match.index)
    if (meaning !== undefined)
      edits.push({ start: match.index, end: pattern.lastIndex, text: meaning, isAligned })
  }
  return edits
}
