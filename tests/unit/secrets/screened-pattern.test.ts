import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { ScreenedPattern } from "../../../src/secrets/screened-pattern.ts"
import { charsOf } from "../../../src/secrets/value-chars.ts"
import { countWork } from "../../support/count-work.ts"
import { regexLiterals } from "../../support/regex-literals.ts"

const SOURCES: string = fileURLToPath(new URL("../../../src/secrets/", import.meta.url))

/** All patterns of the detectors but the rules', which are tried at places and not on values. */
const patterns: readonly RegExp[] = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith("rules"))
  .flatMap((file) => regexLiterals(readFileSync(join(SOURCES, file), "utf8")))
  .map(({ source, flags }) => new RegExp(source, flags.replace(/[gyd]/g, "")))

/** Words, numbers and signs that the patterns ask for, put together at random. */
const piece = fc.oneof(
  fc.constantFrom(
    ..."your my- _here example x xxxx *** … changeme redacted ${A} $(b) {{c}} <% %(n)s process.env secrets.K vault: op:// arn:aws ENC( !ref @a env. file: var.x AWS::".split(
      " ",
    ),
    ..."0x1f md5 sha256 10ms 1.2.3 v1.2.3 a-1.2 text/html [a-z]+ \\w+ ]{2 a::b s/a/b/g String! [ID!]! static/a.css /etc/x _a_b1c2d_1 --opt a= b:c *(".split(
      " ",
    ),
    " ",
    "\n",
    "\u017f",
    "\u212a",
    "\u{1F511}",
  ),
  fc.string({ unit: fc.constantFrom(..."aZ09_-.:/\\$%@*{}[]()<>!=&#+\"',;|~^".split("")), maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(..."abcXYZ019".split("")), maxLength: 24 }),
)
const value = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(""))

describe("ScreenedPattern", () => {
  test("finds what the pattern finds, whatever the pattern and the value", { timeout: 60_000 }, () => {
    const screened = patterns.map((pattern) => ({ pattern, screened: new ScreenedPattern(pattern) }))
    expect(screened.length).toBeGreaterThan(400)
    fc.assert(
      fc.property(value, (text) => {
        const chars = charsOf(text)
        for (const one of screened)
          expect(one.screened.test(text, chars), `${one.pattern} on ${JSON.stringify(text)}`).toBe(
            one.pattern.test(text),
          )
      }),
      { numRuns: 1500, seed: 7 },
    )
  })

  test.each([
    [/^(?:a|b)*$/, "abab"],
    [/^(?:a|b)c?$/, "bc"],
    [/[!-/]x/, "#x"],
    [/(a)\1|b/, "b"],
    [/^\p{Lu}k$/iu, "A\u212a"],
    [/a{2}|-/, "-"],
    [/[^$]/, "a"],
    [/a|/, ""],
  ])("tells nothing of what it does not understand: %s", (pattern, text) => {
    expect(new ScreenedPattern(pattern).test(text, charsOf(text))).toBe(pattern.test(text))
    expect(pattern.test(text)).toBe(true)
  })

  test("runs only the branches whose signs a value holds", () => {
    const pattern = new ScreenedPattern(/\$\{|^[a-z]{3}$|\/\w{4}/)
    const plain = charsOf("abcdefgh")
    pattern.test("", 0)
    expect(countWork(() => pattern.test("abcdefgh", plain))).toBe(0)
    expect(countWork(() => pattern.test("a/bcde", charsOf("/a")))).toBeGreaterThan(0)
  })
})
