import { TextCheck } from "./encoded-head.ts"

/** Bytes that are no text, of a hundred, that a decoded text may hold. */
const MAX_BAD_PERCENT = 2

/** What kind of text bytes are; undefined where too many of them are none. */
export function textKind(bytes: Uint8Array): "ascii" | "utf-8" | "utf-16" | undefined {
  if (bytes.length < 8) return undefined
  const isWide = bytes[1] === 0 && bytes[3] === 0
  let check = new TextCheck()
  let bad = 0
  let isAscii = true
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte >= 0x80) isAscii = false
    if (isWide && i > 3 ? (i & 1) === 0 || byte === 0 : check.accepts(byte)) continue
    bad++
    check = new TextCheck()
    if (bad * 100 > MAX_BAD_PERCENT * Math.max(i, 50)) return undefined
  }
  if (isWide) return "utf-16"
  return isAscii ? "ascii" : "utf-8"
}
