import type { LiveMask } from "./live-text.ts"

/** A mask for growing texts made of one for whole texts: a text is held back until it has ended, and then masked as a whole. */
export function wholeMask(scrub: (text: string) => string): LiveMask {
  return {
    // Where a secret stands cannot be told from the outside: all may be one.
    find: (text) => [{ ruleId: "unknown", start: 0, end: text.length }],
    maskRange: (text, { from, until, also = [] }) => {
      let masked = ""
      let at = from
      for (const { start, end } of also) {
        if (end <= at || start >= until) continue
        masked += `${scrub(text.slice(at, Math.max(at, start)))}[REDACTED]`
        at = end
      }
      return { text: masked + scrub(text.slice(at, Math.max(at, until))), end: Math.max(at, until) }
    },
  }
}
