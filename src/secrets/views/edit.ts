/** Characters of a text and what they stand for. */
export interface Edit {
  readonly start: number
  readonly end: number
  /** Empty where they stand for nothing that can be seen. */
  readonly text: string
  /** Each character of `text` stands for the one at the same place. */
  readonly isAligned: boolean
}

type Read = (match: string, text: string, at: number) => string | undefined

/** One edit for every match of `pattern`, which is global and never matches the empty string. */
export function editsOf(text: string, pattern: RegExp, read: Read, isAligned = false): Edit[] {
  const edits: Edit[] = []
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const meaning = read(match[0], text, match.index)
    if (meaning !== undefined)
      edits.push({ start: match.index, end: pattern.lastIndex, text: meaning, isAligned })
  }
  return edits
}

/**
 * The same for matches that all begin with `first`, which is looked for natively: most texts hold few of them.
 *
 * @param pattern sticky
 */
export function editsAt(text: string, first: string, pattern: RegExp, read: Read): Edit[] {
  const edits: Edit[] = []
  for (let at = text.indexOf(first); at !== -1; at = text.indexOf(first, at))
    at = addMatch(edits, text, at, pattern, read)
  return edits
}

const BACKSLASH = 92
/** How many backslashes may stand before what they escape: three levels of strings in strings. */
const MAX_BACKSLASHES = 8

/**
 * The same for matches of one to eight backslashes and what they escape.
 *
 * @param pattern sticky
 * @param escaped characters that may stand behind the backslashes
 */
export function backslashEdits(text: string, pattern: RegExp, escaped: string, read: Read): Edit[] {
  const edits: Edit[] = []
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at)) {
    let end = at + 1
    while (text.charCodeAt(end) === BACKSLASH) end++
    const isEscape = end < text.length && escaped.includes(text.charAt(end))
    const next = isEscape ? addMatch(edits, text, Math.max(at, end - MAX_BACKSLASHES), pattern, read) : end
    at = Math.max(next, end)
  }
  return edits
}

/** Adds the match at `at`, if any; returns where to go on. */
function addMatch(edits: Edit[], text: string, at: number, pattern: RegExp, read: Read): number {
  pattern.lastIndex = at
  const match = pattern.exec(text)
  if (match === null) return at + 1
  const end = at + match[0].length
  const meaning = read(match[0], text, at)
  if (meaning !== undefined) edits.push({ start: at, end, text: meaning, isAligned: false })
  return end
}

/** All edits by their start, without those that begin inside another. */
export function inOrder(lists: readonly (readonly Edit[])[]): readonly Edit[] {
  const used = lists.filter((list) => list.length > 0)
  if (used.length <= 1) return used[0] ?? []
  const sorted = used.flat().sort((a, b) => a.start - b.start)
  let end = 0
  return sorted.filter((edit) => {
    if (edit.start < end) return false
    end = edit.end
    return true
  })
}
