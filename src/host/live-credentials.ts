import type { LiveMask, LiveSpan } from "../intercept/live-text.ts"
import { REDACTED } from "../intercept/secret-key.ts"
import type { HeldCredentials } from "./held-credentials.ts"

/** A mask for growing texts that also takes out the credentials that OpenCode holds, as `[REDACTED]`. */
export function withoutCredentials(mask: LiveMask, credentials: Pick<HeldCredentials, "find">): LiveMask {
  return {
    find: (text) => [...mask.find(text), ...heldSpans(credentials, text)].sort((a, b) => a.start - b.start),
    maskRange: (text, { from, until, also = [] }) => {
      let masked = ""
      let at = from
      for (const { start, end } of wholeSpans(mask, credentials, text)) {
        if (end <= at || start >= until) continue
        const before = mask.maskRange(text, {
          from: at,
          until: Math.max(at, start),
          also: within(also, at, start),
        })
        masked += before.text
        at = before.end
        if (at >= end) continue
        masked += REDACTED
        at = end
      }
      if (at >= until) return { text: masked, end: at }
      const rest = mask.maskRange(text, { from: at, until, also: within(also, at, text.length) })
      return { text: masked + rest.text, end: rest.end }
    },
  }
}

function heldSpans(credentials: Pick<HeldCredentials, "find">, text: string): readonly LiveSpan[] {
  return credentials.find(text).map(({ start, end }) => ({ ruleId: "held-credential", start, end }))
}

/** The same, each to the end of what the mask finds that begins inside of it: else its rest would stay. */
function wholeSpans(
  mask: LiveMask,
  credentials: Pick<HeldCredentials, "find">,
  text: string,
): readonly LiveSpan[] {
  const held = heldSpans(credentials, text)
  if (held.length === 0) return held
  const found = mask.find(text)
  return held.map(({ ruleId, start, end }) => {
    const inside = found.filter((span) => start <= span.start && span.start < end)
    return { ruleId, start, end: Math.max(end, ...inside.map((span) => span.end)) }
  })
}

/** The parts of spans between two places. */
function within(spans: readonly LiveSpan[], from: number, until: number): readonly LiveSpan[] {
  return spans
    .map(({ ruleId, start, end }) => ({ ruleId, start: Math.max(start, from), end: Math.min(end, until) }))
    .filter(({ start, end }) => start < end)
}
