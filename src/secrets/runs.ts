import { CLASSES, TOKEN } from "./charset.ts"

/** Shortest run that is looked at: what the seed's entropy detectors ask for. */
const MIN_RUN = 20

function isToken(code: number): boolean {
  return code < 128 && ((CLASSES[code] ?? 0) & TOKEN) !== 0
}

/**
 * The next maximal run of 20 or more token characters that ends after `from`. Looks at every twentieth character
 * first: a run must cover one of them, so most of the text is never read.
 */
export function nextRun(text: string, from: number): [number, number] | undefined {
  const length = text.length
  let floor = from
  let probe = from + MIN_RUN - 1
  while (probe < length) {
    if (!isToken(text.charCodeAt(probe))) {
      floor = probe + 1
      probe += MIN_RUN
      continue
    }
    let start = probe
    while (start > floor && isToken(text.charCodeAt(start - 1))) start--
    let end = probe + 1
    while (end < length && isToken(text.charCodeAt(end))) end++
    if (end - start >= MIN_RUN) return [start, end]
    floor = end + 1
    probe = end + MIN_RUN
  }
  return undefined
}
