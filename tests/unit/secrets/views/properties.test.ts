import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { placeholderOf, placeholderPattern } from "../../../../src/base/placeholder.ts"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeJwt, fakePem, fakeToken } from "../../../support/fake-token.ts"
import { masked } from "./masking.ts"
import { breaks, encodings, inlines, settings } from "./transforms.ts"

const scanner = createScanner()

/** Secrets, keys, syntax and placeholders, some of them in another writing, as texts that disguise secrets hold them. */
const plain = fc.constantFrom(
  "password=",
  '"api_key": "',
  "token ",
  '"',
  "\n",
  " ",
  "\\\n",
  "=\n",
  '" + "',
  "...",
  "+",
  "> ",
  "12| ",
  "hunter2hunter2",
  "postgres://app:hunter2@db.example.test/app",
  `ghp_${fakeToken(ALNUM, 36)}`,
  `ghp_${fakeToken(ALNUM, 12)}`,
  `sk-ant-api03-${fakeToken(ALNUM, 93)}AA`,
  fakeToken(ALNUM, 20),
  fakeToken(BASE64, 64),
  fakeJwt(),
  fakePem("PRIVATE KEY", 3),
  "-----BEGIN PRIVATE KEY-----",
  placeholderOf("0123456789abcd"),
  "<REDACTED:",
  "\u{1F511}",
  "é",
  "\u200b",
  "\u001b[31m",
  "%3D",
  "\\u003d",
  "&quot;",
)
const transforms = fc.constantFrom(...encodings, ...settings, ...inlines, ...breaks)
const written = fc.oneof(
  plain,
  fc.tuple(plain, transforms).map(([text, { write }]) => write(text)),
  fc
    .tuple(fc.array(plain, { maxLength: 4 }), transforms, transforms)
    .map(([texts, inner, outer]) => outer.write(inner.write(texts.join("")))),
)
const texts = fc.array(written, { maxLength: 8 }).map((pieces) => pieces.join(""))
const RUNS = { numRuns: 1500, seed: 20_262 }

describe("texts with secrets in another writing", () => {
  test("are restored exactly, and hold nothing more once they are masked", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(texts, (text) => {
        masked(text)
      }),
      RUNS,
    )
  })

  test("keep every placeholder", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(texts, (text) => {
        const findings = scanner.scan(text)
        for (const match of text.matchAll(placeholderPattern())) {
          const end = match.index + match[0].length
          expect(findings.filter((finding) => finding.start < end && finding.end > match.index)).toEqual([])
        }
      }),
      { ...RUNS, numRuns: 500 },
    )
  })
})
