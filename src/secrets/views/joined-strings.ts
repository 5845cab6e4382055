import type { Candidate } from "../candidates.ts"
import { SeamReader } from "./seam.ts"

const MAX_STRINGS = 16
const MAX_STRING = 512
/** What begins something else than the rest of a value: a host, a path, a query, another entry. */
const BEGINS_OTHER = /^[@/?&:;,.#\s]|\s/

/**
 * The rest of values that code puts together from several strings: `password = "abc" + "def"`. Findings of a known
 * format are left out: their format tells where they end.
 */
export function joinedStrings(
  text: string,
  candidates: readonly Candidate[],
  isFormat: (ruleId: string) => boolean,
): Candidate[] {
  const added: Candidate[] = []
  let doneTo = 0
  for (const candidate of candidates) {
    if (candidate.start < doneTo || !isClosed(text, candidate.end) || isFormat(candidate.ruleId)) continue
    const reader = new SeamReader(text, candidate.start)
    let end = candidate.end
    for (let count = 0; count < MAX_STRINGS; count++) {
      const seam = reader.at(end)
      if (seam?.kind !== "concat") break
      const close = stringEnd(text, seam.next)
      if (close === -1 || BEGINS_OTHER.test(text.slice(seam.next, close))) break
      added.push({ ...candidate, start: seam.next, end: close })
      end = close
    }
    doneTo = end
  }
  return added
}

function isClosed(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (
    code === 34 || code === 39 || code === 96 || (code === 92 && /^\\{1,3}["'`]/.test(text.slice(at, at + 4)))
  )
}

/** End of the string whose content begins at `start`; -1 where it is empty or does not end soon. */
function stringEnd(text: string, start: number): number {
  const stop = Math.min(text.length, start + MAX_STRING)
  for (let i = start; i < stop; i++) {
    const code = text.charCodeAt(i)
    if (code === 10) return -1
    if (isClosed(text, i)) return i > start ? i : -1
  }
  return -1
}
