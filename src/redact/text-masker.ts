import { AirlockError } from "../base/errors.ts"
import { isPlaceholder } from "../base/placeholder.ts"
import type { Finding, Scanner } from "../secrets/rule.ts"
import { cutAroundPlaceholders, inOriginal, joinOverlaps, type Span, splitListedLines } from "./spans.ts"
import type { Vault } from "./vault.ts"

/** A finding in the original text and what stands for it. */
interface MaskedPiece extends Finding {
  readonly placeholder: string
}

export interface TextMaskerParts {
  readonly scanner: Scanner
  readonly vault: Vault
  /** Finds what is looked for by value: the person's own values and the secrets issued so far. */
  readonly findLiterals: (text: string) => readonly Finding[]
}

/** What a text masker may be told about a text. */
export interface TextScope {
  /** Property the text is the value of. */
  readonly name?: string | undefined
  /** Spans to mask beside those that are found. */
  readonly also?: readonly Finding[] | undefined
  /** Mask only what begins in this stretch; the rest is there to be seen. @default the whole text */
  readonly range?: Span | undefined
}

export interface TextMasker {
  /** Masks one text; `pieces` are sorted and do not overlap. */
  mask(text: string, scope?: TextScope): { text: string; pieces: readonly MaskedPiece[] }
  /** What masking the text would replace at first sight: sorted, apart, and apart from placeholders. */
  find(text: string): readonly Finding[]
  /** What the scanner alone finds: not what is looked for by value. */
  detect(text: string): readonly Finding[]
}

/**
 * A masked text is looked at again until nothing more is found, because a mask moves what follows it closer to a
 * keyword. Real texts settle in the second pass; the bound keeps a made-up one from costing more than this.
 */
const MAX_PASSES = 8

/** @throws AirlockError MASK_FAILED, from the masker, when the scanner fails: no unmasked text is ever answered. */
export function createTextMasker({ scanner, vault, findLiterals }: TextMaskerParts): TextMasker {
  const find = (text: string, { name, also = [] }: TextScope = {}): Finding[] => {
    // Of short texts that were masked, most are this; whatever would be found is cut around it.
    if (isPlaceholder(text)) return []
    const literal = findLiterals(text)
    const scanned = scan(scanner, text, name)
    if (literal.length + scanned.length + also.length === 0) return []
    const cut = cutAroundPlaceholders(text, joinOverlaps([...literal, ...scanned, ...also]))
    return splitListedLines(text, cut).filter(({ start, end }) => text.slice(start, end).trim() !== "")
  }

  return {
    find: (text) => find(text),
    detect: (text) => scan(scanner, text, undefined),
    mask(text, scope = {}) {
      const range = scope.range ?? { start: 0, end: text.length }
      let masked = text
      let pieces: readonly MaskedPiece[] = []
      for (let pass = 0; pass < MAX_PASSES; pass += 1) {
        // The offsets of `also` are those of the text as it was given.
        const found = find(masked, pass === 0 ? scope : { name: scope.name })
        const inside = within(range, inOriginal(found, pieces))
        if (inside.length === 0) break
        const added = inside.map(({ ruleId, start, end }) => ({
          ruleId,
          start,
          end,
          placeholder: vault.issue(text.slice(start, end), ruleId),
        }))
        pieces = [...pieces, ...added].sort((a, b) => a.start - b.start)
        masked = render(text, pieces)
      }
      return { text: masked, pieces }
    },
  }
}

/** Findings that begin in a range, or what one that began before it has in it. */
function within(range: Span, findings: readonly Finding[]): readonly Finding[] {
  return findings
    .filter(({ start, end }) => start < range.end && end > range.start)
    .map(({ ruleId, start, end }) => ({ ruleId, start: Math.max(start, range.start), end }))
}

function scan(scanner: Scanner, text: string, name: string | undefined): readonly Finding[] {
  const findings = attempt(() => scanner.scan(text, name === undefined ? undefined : { name }), text.length)
  const sound = findings.every(({ start, end }) => start >= 0 && start < end && end <= text.length)
  if (!sound) throw scanFailed("a finding outside the text", text.length)
  return findings
}

// The cause is not kept: what a scanner throws may quote the text it was looking at.
function attempt<T>(what: () => T, length: number): T {
  try {
    return what()
  } catch (error) {
    // Its words are ours.
    if (error instanceof AirlockError) throw error
    throw scanFailed(error instanceof Error ? error.name : "unknown error", length)
  }
}

function scanFailed(what: string, length: number): AirlockError {
  return new AirlockError(
    "MASK_FAILED",
    `Looking for secrets failed (${what}) in a text of ${length} characters, so it is not sent. Shorten or remove that text, or report the failure to opencode-airlock.`,
  )
}

/** `text` from `from` on, with placeholders for `pieces`. */
export function render(text: string, pieces: readonly MaskedPiece[], from = 0): string {
  const parts: string[] = []
  let copied = from
  for (const { start, end, placeholder } of pieces) {
    parts.push(text.slice(copied, start), placeholder)
    copied = end
  }
  parts.push(text.slice(copied))
  return parts.join("")
}
