import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { wholeMask } from "../../../src/intercept/whole-mask.ts"
import { LiveText } from "../../../src/intercept/live-text.ts"
import { createScrubber } from "../../../src/intercept/scrub.ts"
import { isSecretProperty } from "../../../src/intercept/secret-key.ts"
import { createMasker } from "../../../src/redact/index.ts"
import { ALNUM, BASE64, fakePem, fakeToken } from "../../support/fake-token.ts"
import { tokens } from "../../support/secret-texts.ts"

const masker = createMasker()
const scrubber = createScrubber((text) => masker.mask(text).text)
const live = (): LiveText => new LiveText(masker, (text) => scrubber.text(text))

/** What comes out of a text that comes in pieces, and what was given out before its end. */
function stream(pieces: readonly string[], text = live()): { whole: string; early: string } {
  let early = ""
  for (const piece of pieces) {
    text.push(piece)
    early += text.take()
  }
  return { whole: early + text.end(), early }
}

const cutEvery = (text: string, size: number): string[] =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )

/** Texts around a value, as replies and arguments of tools have them. */
const AROUND: readonly ((value: string) => string)[] = [
  (value) => `Use ${value} for that, it works.`,
  (value) => `export API_TOKEN=${value}\nand go on`,
  (value) => `The password is ${value} as far as I know.`,
  (value) => JSON.stringify({ command: "deploy", password: value, next: "word" }),
  (value) => JSON.stringify({ content: `DB_PASSWORD="${value}"\nPORT=80\n` }),
  (value) => `Authorization: Bearer ${value}\nAccept: x`,
  (value) => `postgres://app:${value}@db.example.test/app and more`,
]

describe("a text that comes in pieces", () => {
  test("holds no secret, wherever it is cut", { timeout: 60_000 }, () => {
    const values = [
      ...tokens(3),
      fakeToken(ALNUM, 24, 9),
      `${fakeToken(ALNUM, 9, 4)}!${fakeToken(ALNUM, 7, 5)}`,
    ]
    fc.assert(
      fc.property(
        fc.constantFrom(...values),
        fc.constantFrom(...AROUND),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 12 }),
        (value, around, sizes) => {
          const text = around(value)
          // A value that the whole text does not give away is none that a stream could know.
          fc.pre(!masker.mask(text).text.includes(value) || isSecretProperty("password", value, {}))
          fc.pre(!masker.mask(text).text.includes(value.slice(0, 12)))
          const pieces: string[] = []
          for (let at = 0, i = 0; at < text.length; i++) {
            const size = sizes[i % sizes.length] ?? 1
            pieces.push(text.slice(at, at + size))
            at += size
          }
          const { whole } = stream(pieces)
          for (let at = 0; at + 12 <= value.length; at++)
            expect(whole).not.toContain(value.slice(at, at + 12))
        },
      ),
      { numRuns: 600, seed: 4 },
    )
  })

  test("comes out word by word where nothing holds it back", () => {
    const prose =
      "The build fails because the module is missing, so install it first and run the tests again."
    const { whole, early } = stream(cutEvery(prose, 3))
    expect(whole).toBe(prose)
    expect(early.length).toBeGreaterThan(prose.length - 12)
  })

  test("is held back while a key or a passphrase in quotes goes on, and comes out masked", () => {
    const pem = fakePem("RSA PRIVATE KEY", 8, 2)
    const keyed = stream(cutEvery(`Here it is:\n${pem}\nThat was it.`, 7))
    expect(keyed.whole).toMatch(/^Here it is:\n(?:<REDACTED:[0-9a-f]{14}>\n)+That was it\.$/)
    const quoted = stream(cutEvery('passphrase: "correct horse battery staple 9" end of it', 4))
    expect(quoted.whole).not.toContain("horse")
    expect(quoted.whole).toContain("end of it")
  })

  test("loses a value under a secret name in JSON, whatever it looks like", () => {
    const { whole } = stream(cutEvery(JSON.stringify({ user: "bob", password: "my dog is blue", n: 1 }), 5))
    expect(whole).not.toContain("dog")
    expect(whole).toContain('"user":"bob"')
  })

  test.each([
    [
      "in an object",
      (value: string) => JSON.stringify({ credentials: { a: ["b", value, "c d"] }, e: "f g" }, null, 1),
    ],
    ["behind blanks", (value: string) => `\n  [ {"passwords": ["a b", "${value}", "c"], "d": "e f"}]`],
    [
      "in an escaped text",
      (value: string) => JSON.stringify({ a: `<p name="secretKey">${value}</p> b c d e` }),
    ],
    ["in an open object", (value: string) => `{"a": 1, "credentials": {"user": "u v", "b": ["${value}`],
    ["in an open string", (value: string) => `export API_TOKEN="${value}`],
    ["in an open connection string", (value: string) => `postgres://app:${value}`],
  ])("holds no value %s, in pieces of any size", (_, around) => {
    for (let size = 1; size < 40; size += 3) {
      const value = fakeToken(ALNUM, 24, size)
      const { whole } = stream(cutEvery(around(value), size))
      for (let at = 0; at + 12 <= value.length; at++) expect(whole).not.toContain(value.slice(at, at + 12))
    }
  })

  test("comes while it grows though it begins with a bracket, and at its end where it is a document", () => {
    const list = "[1] The build fails because of [this](x.md), so install it first and run it again."
    expect(stream(cutEvery(list, 3))).toEqual({
      whole: list,
      early: expect.stringMatching(/^\[1\] The build/),
    })
    const json = '{ "answer": "yes and no", "n": 1 }'
    expect(stream(cutEvery(json, 3))).toEqual({ whole: json, early: "" })
    for (const short of ["{", " [", "\n", "{}", ""]) expect(stream([short]).whole).toBe(short)
  })

  test("longer than what is held back at most is masked in pieces and bounded", () => {
    const text = live()
    const blob = fakeToken(BASE64, 70_000, 8)
    text.push(`TOKEN=${blob}`)
    const out = text.take() + text.end()
    expect(out).not.toContain(blob.slice(100, 140))
  })

  test("without a masker's spans comes at its end", () => {
    const mask = (given: string): string => given.replaceAll("canary-value", "<masked>")
    const text = new LiveText(wholeMask(mask), mask)
    const { whole, early } = stream(["a plain can", "ary-value here and more"], text)
    expect(whole).toBe("a plain <masked> here and more")
    expect(early).toBe("")
  })
})
