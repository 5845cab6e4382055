import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { placeholderOf, placeholderPattern } from "../../../src/base/placeholder.ts"
import { createScanner, type Finding } from "../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeJwt, fakePem, fakeToken, HEX } from "../../support/fake-token.ts"

const scanner = createScanner()

/** Stands in for a vault: any fourteen hex digits, different for every finding. */
function mask(text: string, findings: readonly Finding[] = scanner.scan(text)): string {
  let masked = ""
  let from = 0
  findings.forEach(({ start, end }, index) => {
    masked += text.slice(from, start) + placeholderOf((0xabc000 + index).toString(16).padStart(14, "d"))
    from = end
  })
  return masked + text.slice(from)
}

/** Pieces that texts with secrets are made of: syntax, keys, values, tokens, placeholders, wide characters. */
const PIECES: readonly string[] = [
  "password",
  "API_TOKEN",
  "db_password",
  "client_secret",
  "key",
  "secretKey",
  "Authorization",
  "token_type",
  "=",
  ": ",
  " = ",
  ":=",
  " is ",
  ", ",
  ";",
  "\n",
  " ",
  '"',
  "'",
  "`",
  '\\"',
  "{",
  "}",
  "(",
  ")",
  "<",
  ">",
  "&",
  "?",
  "hunter2",
  "hunter2hunter2",
  "correct horse",
  "true",
  "process.env.TOKEN",
  "Bearer ",
  "Basic ",
  "curl -u me:",
  "postgres://app:",
  "@db.example.test:5432/app",
  "https://",
  "git@github.com:o/r.git",
  "ann@nordwind-werke.de",
  `ghp_${fakeToken(ALNUM, 36)}`,
  `AKIA${fakeToken("ABCDEFGHIJKLMNOP234567", 16)}`,
  `xoxb-${fakeToken("0123456789", 12)}-${fakeToken(ALNUM, 24)}`,
  fakeToken(HEX, 40),
  fakeToken(BASE64, 44),
  fakeToken(ALNUM, 9),
  fakeJwt(),
  fakePem("RSA PRIVATE KEY", 3),
  "-----BEGIN PRIVATE KEY-----",
  "-----END PRIVATE KEY-----",
  "<SECRET>",
  "<REDACTED:",
  placeholderOf("0123456789abcd"),
  "\u{1F511}",
  "é",
  "\u200b",
  "\u001b[31m",
  "\\n",
  "%3D",
  "aws_secret_access_key",
  "npm_config",
  "x".repeat(12),
]
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 24 }).map((pieces) => pieces.join(""))
const anyText = fc.oneof(texts, fc.string({ unit: "binary", maxLength: 200 }))
const RUNS = { numRuns: 3000, seed: 20_261 }

describe("scan", () => {
  test("returns findings in order, disjoint, non-empty and inside the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0
        for (const { start, end } of scanner.scan(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
      RUNS,
    )
  })

  test("never covers a character of a placeholder", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const findings = scanner.scan(text)
        for (const match of text.matchAll(placeholderPattern())) {
          const end = match.index + match[0].length
          expect(findings.filter((finding) => finding.start < end && finding.end > match.index)).toEqual([])
        }
      }),
      RUNS,
    )
  })

  test("finds nothing more once its findings are masked", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const masked = mask(text)
        expect(mask(masked)).toBe(masked)
      }),
      RUNS,
    )
  })

  test("does not depend on the digits of placeholders", () => {
    fc.assert(
      fc.property(texts, fc.stringMatching(/^[0-9a-f]{14}$/), (text, hex) => {
        const other = text.replaceAll(placeholderPattern(), placeholderOf(hex))
        expect(scanner.scan(other)).toEqual(scanner.scan(text))
      }),
      RUNS,
    )
  })

  test("moves its findings with the text when characters of two code units stand before it", () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 40 }), (text, count) => {
        const shift = `${"\u{1F600}".repeat(count)}\n`
        const moved = scanner.scan(`\n${text}`).map(({ ruleId, start, end }) => ({
          ruleId,
          start: start + shift.length - 1,
          end: end + shift.length - 1,
        }))
        expect(scanner.scan(shift + text)).toEqual(moved)
      }),
      { ...RUNS, numRuns: 1000 },
    )
  })
})
