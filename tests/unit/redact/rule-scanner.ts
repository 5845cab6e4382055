import type { Finding, Scanner } from "../../../src/secrets/rule.ts"

export interface RuleScanner extends Scanner {
  /** Texts that were scanned, in order. */
  readonly scanned: string[]
}

/**
 * A scanner small enough to reason about: a value after `password =` (or under the name `password`), a token that
 * starts with `tok_`, and a key block. It keeps the contract: nothing that holds a placeholder is found.
 */
export function ruleScanner(): RuleScanner {
  const scanned: string[] = []
  return {
    ruleIds: ["password", "token", "key-block"],
    scanned,
    scan(text, context) {
      scanned.push(text)
      const findings = [
        ...matches("key-block", text, /-----BEGIN KEY-----[\s\S]{1,4000}?-----END KEY-----/g),
        ...matches("token", text, /tok_[a-z0-9]{8,40}/g),
        ...matches("password", text, /(?<=password ?= ?"?)[^\s"<>]{4,64}/g),
      ]
      if (context?.name === "password" && /^[^<>]+$/.test(text)) {
        findings.push({ ruleId: "password", start: 0, end: text.length })
      }
      return withoutOverlaps(findings)
    },
  }
}

function matches(ruleId: string, text: string, pattern: RegExp): Finding[] {
  return [...text.matchAll(pattern)].map((match) => ({
    ruleId,
    start: match.index,
    end: match.index + match[0].length,
  }))
}

function withoutOverlaps(findings: Finding[]): Finding[] {
  const sorted = findings.sort((a, b) => a.start - b.start || b.end - a.end)
  const kept: Finding[] = []
  for (const finding of sorted) if (finding.start >= (kept.at(-1)?.end ?? 0)) kept.push(finding)
  return kept
}
