/** One character and how often it stands: an escape, a class, any other character; then a count. */
const atomPattern = (): RegExp =>
  /(\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\x[0-9A-Fa-f]{2}|\\[^QEC]|\[\^?\]?(?:\[:\^?\w{1,12}:\]|\\.|\[(?!:)|[^\][\\])*\]|[^\\()[\]|*+?{}])(?:([*+])|\{(\d+)(,?)(\d*)\})?\??/suy
const NO_CHARACTER = /^(?:\\[bBAz]|[\^$])$/

/**
 * An upper bound of the characters that a pattern matches; Infinity where it is not plain enough to tell, as with repeated
 * groups or choices inside groups.
 */
export function maxChars(pattern: string): number {
  const hasGroups = pattern.includes("(")
  if (hasGroups && /\)[*+?{]|\|/.test(pattern)) return Number.POSITIVE_INFINITY
  const plain = pattern.replace(/\(\?(?:P?<\w+>|[a-zA-Z]*:)|(?<!\\)[()]/g, "")
  // A bar may also stand for itself, as in "[|]"; then its halves are not plain.
  return Math.max(...plain.split("|").map(charsOf))
}

function charsOf(pattern: string): number {
  let chars = 0
  const atoms = atomPattern()
  while (atoms.lastIndex < pattern.length) {
    const match = atoms.exec(pattern)
    if (match === null) return Number.POSITIVE_INFINITY
    const [, atom = "", open, least = "1", comma = "", most = ""] = match
    if (NO_CHARACTER.test(atom)) continue
    if (open !== undefined || (comma !== "" && most === "")) return Number.POSITIVE_INFINITY
    chars += Number(most === "" ? least : most)
  }
  return chars
}
