import type { LiveMask, LiveSpan } from "./live-text.ts"
import { secretValues } from "./scrub-cut-json.ts"
import { closersOf } from "./scrub-cut-text.ts"
import { textViews } from "./unescaped.ts"

export interface LiveQuestion {
  readonly text: string
  /** The text is a JSON document, or the end of one. */
  readonly isJson: boolean
  /** What might follow; a finding that would go on ends with the text. */
  readonly probes: readonly string[]
  /** Nothing will follow. */
  readonly isOver: boolean
}

/**
 * What of a growing text must not be stored beside what the mask finds in it as it stands: arguments of tools are JSON with
 * texts inside, whose quotes are escaped, and a stream may break off inside of a value.
 */
export function liveFindings(mask: LiveMask, { text, isJson, probes, isOver }: LiveQuestion): LiveSpan[] {
  const spans: LiveSpan[] = []
  for (const [level, view] of textViews(text).entries()) {
    const add = (ruleId: string, start: number, end: number): void => {
      if (start < view.text.length)
        spans.push({ ruleId, start: view.at(start), end: view.at(Math.min(end, view.text.length)) })
    }
    // Of the text as it is, the mask itself knows what is whole.
    const suffixes = [...probes, ...(level > 0 ? [""] : []), ...(isOver ? closersOf(view.text) : [])]
    for (const suffix of suffixes) {
      for (const { ruleId, start, end } of mask.find(view.text + suffix)) add(ruleId, start, end)
    }
    if (isJson) for (const { start, end } of secretValues(view.text)) add("keyword", start, end)
  }
  return spans.sort((a, b) => a.start - b.start)
}
