const counts: Uint16Array = new Uint16Array(128)
/** What characters that occur so often weigh. */
const WEIGHTS: Float64Array = Float64Array.from({ length: 64 }, (_, count) => weightOf(Math.max(count, 1)))

function weightOf(count: number): number {
  return count * Math.log2(count)
}

/** Shannon entropy of `text[start, end)` in bits per character; characters above ASCII count as one. Linear. */
export function shannonBits(text: string, start = 0, end: number = text.length): number {
  const length = Math.min(end - start, 4096)
  if (length <= 0) return 0
  for (let i = 0; i < length; i++) {
    const slot = slotOf(text.charCodeAt(start + i))
    counts[slot] = (counts[slot] ?? 0) + 1
  }
  // Only the slots that were counted are visited and cleared: tokens use a few of them.
  let weight = 0
  for (let i = 0; i < length; i++) {
    const slot = slotOf(text.charCodeAt(start + i))
    const count = counts[slot] ?? 0
    if (count > 1) weight += WEIGHTS[count] ?? weightOf(count)
    counts[slot] = 0
  }
  return Math.log2(length) - weight / length
}

function slotOf(code: number): number {
  return code < 127 ? code : 127
}
