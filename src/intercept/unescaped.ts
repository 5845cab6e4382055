/** A text as it reads in another one, and where each of its characters stands there. */
export interface TextView {
  readonly text: string
  /** The place of a character, or of the end, in the text that the view was made of. */
  at(index: number): number
}

const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g
const CONTROLS: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
])
const MAX_LEVELS = 2

/** The text itself and, where it holds JSON's escapes, what it reads without them, and once more. */
export function textViews(text: string): readonly TextView[] {
  const views: TextView[] = [{ text, at: (index) => index }]
  for (
    let view = views[0];
    view && views.length <= MAX_LEVELS && view.text.includes("\\");
    view = views.at(-1)
  ) {
    const outer = view
    const inner = unescaped(outer.text)
    views.push({ text: inner.text, at: (index) => outer.at(inner.at(index)) })
  }
  return views
}

function unescaped(text: string): TextView {
  // Behind each escape: its end in the text, and in the view.
  const ends: (readonly [inText: number, inView: number])[] = []
  let view = ""
  let from = 0
  for (const { 0: escape, 1: code, 2: char = "", index } of text.matchAll(ESCAPE)) {
    view += text.slice(from, index)
    view += code === undefined ? (CONTROLS.get(char) ?? char) : String.fromCharCode(Number.parseInt(code, 16))
    from = index + escape.length
    ends.push([from, view.length])
  }
  view += text.slice(from)
  return { text: view, at: (index) => placeOf(ends, index) }
}

/** An escaped character stands where its escape begins. */
function placeOf(ends: readonly (readonly [inText: number, inView: number])[], index: number): number {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle]?.[1] ?? 0) <= index) low = middle + 1
    else high = middle
  }
  const [inText, inView] = ends[low - 1] ?? [0, 0]
  return inText + index - inView
}
