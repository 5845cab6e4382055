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

/** Where a run that begins with the end of a terminal colour (`ESC [ 33 m`, or its escape) really begins. */
export function afterColour(text: string, start: number): number {
  const before = text.charAt(start - 1)
  if (before !== "[" && before !== ";") return start
  const escape = /(?:\u001b|\\(?:u001b|x1b|033|e))\[[0-9;]{0,10}$/i
  if (!escape.test(text.slice(Math.max(0, start - 18), start))) return start
  return start + (/^\d{0,3}m/.exec(text.slice(start, start + 4))?.[0].length ?? 0)
}
