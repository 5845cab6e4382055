import { classTable, hasClass, TOKEN } from "./charset.ts"

const MIN_RUN = 20

/**
 * The next maximal run of token characters that is long enough. Looks at every twentieth character first: a run
 * of twenty must cover one of them, so most of the text is never read.
 */
export function nextRun(text: string, from: number): [number, number] | undefined {
  const classes = classTable()
  const length = text.length
  let floor = from
  let probe = from + MIN_RUN - 1
  while (probe < length) {
    const code = text.charCodeAt(probe)
    if (code >= 128 || ((classes[code] ?? 0) & TOKEN) === 0) {
      floor = probe + 1
      probe += MIN_RUN
      continue
    }
    let start = probe
    while (start > floor && hasClass(text, start - 1, TOKEN)) start--
    let end = probe + 1
    while (end < length && hasClass(text, end, TOKEN)) end++
    if (end - start >= MIN_RUN) return [start, end]
    floor = end + 1
    probe = end + MIN_RUN
  }
  return undefined
}
