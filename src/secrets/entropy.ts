const counts: Uint16Array = new Uint16Array(128)

/** Shannon entropy of `text[start, end)` in bits per character; characters above ASCII count as one. Linear. */
export function shannonBits(text: string, start = 0, end: number = text.length): number {
  const length = Math.min(end - start, 4096)
  if (length <= 0) return 0
  counts.fill(0)
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(start + i)
    const slot = code < 128 ? code : 127
    counts[slot] = (counts[slot] ?? 0) + 1
  }
  let bits = 0
  for (const count of counts) {
    if (count === 0) continue
    const share = count / length
    bits -= share * Math.log2(share)
  }
  return bits
}
