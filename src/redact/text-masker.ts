import { AirlockError } from "../base/errors.ts"
import { PLACEHOLDER_CHARS } from "../base/placeholder.ts"
import type { Finding, Scanner } from "../secrets/rule.ts"
import { cutAroundPlaceholders, joinOverlaps, splitListedLines } from "./spans.ts"
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

/** Masks one text; `pieces` are sorted and do not overlap. */
export type TextMasker = (text: string, name?: string) => { text: string; pieces: readonly MaskedPiece[] }

/**
 * A masked text is looked at again until nothing more is found, because a mask moves what follows it closer to a
 * keyword. Real texts settle in the second pass; the bound keeps a made-up one from costing more than this.
 */
const MAX_PASSES = 8

/** @throws AirlockError MASK_FAILED, from the masker, when the scanner fails: no unmasked text is ever answered. */
export function createTextMasker({ scanner, vault, findLiterals }: TextMaskerParts): TextMasker {
  const find = (text: string, name: string | undefined): Finding[] => {
    const literal = findLiterals(text)
    const scanned = scan(scanner, text, name)
    if (literal.length + scanned.length === 0) return []
    const cut = cutAroundPlaceholders(text, joinOverlaps([...literal, ...scanned]))
    return splitListedLines(text, cut).filter(({ start, end }) => text.slice(start, end).trim() !== "")
  }

  return (text, name) => {
    let masked = text
    let pieces: readonly MaskedPiece[] = []
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      const found = find(masked, name)
      if (found.length === 0) break
      const added = inOriginal(found, pieces).map(({ ruleId, start, end }) => ({
        ruleId,
        start,
        end,
        placeholder: vault.issue(text.slice(start, end), ruleId),
      }))
      pieces = [...pieces, ...added].sort((a, b) => a.start - b.start)
      masked = render(text, pieces)
    }
    return { text: masked, pieces }
  }
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

/** Maps findings in the text masked with `pieces` back to the original; no finding touches a placeholder. */
function inOriginal(findings: readonly Finding[], pieces: readonly MaskedPiece[]): Finding[] {
  let next = 0
  let shift = 0
  return findings.map(({ ruleId, start, end }) => {
    for (let piece = pieces[next]; piece && piece.start + shift < start; piece = pieces[next]) {
      shift += PLACEHOLDER_CHARS - (piece.end - piece.start)
      next += 1
    }
    return { ruleId, start: start - shift, end: end - shift }
  })
}

function render(text: string, pieces: readonly MaskedPiece[]): string {
  const parts: string[] = []
  let copied = 0
  for (const { start, end, placeholder } of pieces) {
    parts.push(text.slice(copied, start), placeholder)
    copied = end
  }
  parts.push(text.slice(copied))
  return parts.join("")
}
