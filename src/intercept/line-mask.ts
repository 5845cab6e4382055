import type { LiveMask } from "./live-text.ts"

/** A mask for growing texts made of one for whole texts: every stretch is masked with what stands before it in sight. */
export function lineMask(scrub: (text: string) => string): LiveMask {
  return {
    // Where a secret stands cannot be told from the outside; that a text holds one can.
    find: (text) => (scrub(text) === text ? [] : [{ ruleId: "scrubbed", start: 0, end: text.length }]),
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
