/**
 * The candidate that `name` was most likely meant to be: nearest by edit distance (insert, delete, replace, swap of
 * neighbours), at most a third of the longer name away. Letter case does not count.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    const allowed = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3))
    if (distance > allowed || distance >= bestDistance) continue
    best = candidate
    bestDistance = distance
  }
  return best
}

const MAX_COMPARED_CHARS = 64

function editDistance(left: string, right: string): number {
  const a = left.slice(0, MAX_COMPARED_CHARS)
  const b = right.slice(0, MAX_COMPARED_CHARS)
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1]
      const replaced = at(last, column - 1) + (same ? 0 : 1)
      const swapped =
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
          ? at(beforeLast, column - 2) + 1
          : Infinity
      current.push(Math.min(replaced, at(last, column) + 1, at(current, column - 1) + 1, swapped))
    }
    beforeLast = last
    last = current
  }
  return at(last, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY
}
