import type { Finding, Scanner } from "./rule.ts"
import { isRestOfToken } from "./views/wrapped-view.ts"

/** How far on both sides of a seam a secret is looked for that crosses it. */
const REACH = 4096

/**
 * Finds secrets that begin in one of several adjacent pieces of text and go on in the next, as in the parts of one
 * message. Answers for every piece what of it belongs to such a secret: sorted, disjoint, in the piece's offsets.
 * What stands in one piece alone is left to a scan of that piece.
 */
export function scanAcross(scanner: Scanner, pieces: readonly string[]): readonly (readonly Finding[])[] {
  const whole = pieces.join("")
  const starts = startsOf(pieces)
  const found: Finding[][] = pieces.map(() => [])
  let doneTo = 0
  for (let i = 1; i < pieces.length; i++) {
    const seam = starts[i] ?? 0
    if (seam < doneTo || seam === 0 || seam === whole.length) continue
    const from = Math.max(0, seam - REACH)
    const text = whole.slice(from, seam + REACH)
    for (const { ruleId, start, end } of scanner.scan(text)) {
      const finding = { ruleId, start: from + start, end: from + end }
      if (finding.start >= seam || finding.end <= seam) continue
      if (!crosses(scanner, whole, from, seam, finding)) continue
      doneTo = finding.end
      spread(finding, starts, pieces, found)
    }
  }
  return found
}

function startsOf(pieces: readonly string[]): number[] {
  let at = 0
  return pieces.map(({ length }) => {
    at += length
    return at - length
  })
}

/** A secret that is whole before the seam goes on behind it only in what is no word. */
function crosses(scanner: Scanner, whole: string, from: number, seam: number, finding: Finding): boolean {
  const isWhole = scanner.scan(`${whole.slice(from, seam)} `).some(({ end }) => from + end === seam)
  return isRestOfToken(whole, { start: seam, end: finding.end }, isWhole)
}

function spread(
  { ruleId, start, end }: Finding,
  starts: readonly number[],
  pieces: readonly string[],
  found: readonly Finding[][],
): void {
  pieces.forEach(({ length }, i) => {
    const at = starts[i] ?? 0
    const first = Math.max(start, at)
    const last = Math.min(end, at + length)
    if (last > first) found[i]?.push({ ruleId, start: first - at, end: last - at })
  })
}
