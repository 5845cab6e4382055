import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeBase64, fakeToken, HEX } from "../../../support/fake-token.ts"
import { wrapped } from "./transforms.ts"

const scanner = createScanner()

const PROSE =
  "The quick brown fox jumps over the lazy dog. Every token of a sentence is a word, and a password has two. "
const base64 = (text: string): string => Buffer.from(text).toString("base64")
const png = base64(`\u0089PNG\r\n\u001a\n${fakeToken(ALNUM, 40)}`)

describe("what is written otherwise and holds no secret is left alone", () => {
  test.each([
    ["prose in base64", base64(PROSE.repeat(10))],
    ["prose in wrapped base64", wrapped(base64(PROSE.repeat(10)), 76, "\n")],
    ["prose in hex", Buffer.from(PROSE).toString("hex")],
    ["prose in percent escapes", encodeURIComponent(PROSE.repeat(4))],
    ["a query", "https://example.test/search?q=a%20b%2Fc%3Fd&next=%2Fhome%3Ftab%3Dkeys&lang=de"],
    ["markup", "<p>Tom &amp; Jerry &lt;tom@corp.example&gt; &#169; 2024 &#x2014; token &amp; key</p>"],
    ["JSON in base64", base64(JSON.stringify({ version: 3, names: ["token", "key"], sources: ["a.ts"] }))],
    [
      "a source map",
      `//# sourceMappingURL=data:application/json;base64,${base64('{"version":3,"mappings":"AAAA"}')}`,
    ],
    ["an image", `data:image/png;base64,${png}${fakeBase64(300)}`],
    ["a drawing", `data:image/svg+xml;base64,${base64('<svg xmlns="http://www.w3.org/2000/svg"></svg>')}`],
    ["a font", `src: url(data:font/woff2;base64,d09GMgABAAAAA${fakeBase64(300)})`],
    ["an integrity hash", `"integrity": "sha512-${fakeBase64(64)}"`],
    ["hashes", `${fakeToken(HEX, 40)} ${fakeToken(HEX, 64, 2)} ${fakeToken(HEX, 32, 3)}`],
    ["a commit", `commit ${fakeToken(HEX, 40, 4)}\nAuthor: Ann\n\n    Fix\n`],
    ["bytes in a program", "const bytes = [0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a]"],
    ["a regular expression", String.raw`/^[\w\-\/]+(?:\x41|\u0042)\/\d{2}\-\d+$/`],
    ["emoji with selectors", "Done \u2714\ufe0f and \u{1F469}\u200d\u{1F4BB} keys: \u{1F511}\ufe0f token"],
    ["right-to-left text", "\u202bשלום token\u202c and key \u200f"],
    ["coloured output", "\u001b[32mPASS\u001b[0m src/token.test.ts \u001b[2m(12 tests)\u001b[22m"],
    ["a public key", `ssh-rsa AAAAB3NzaC1yc2E${fakeToken(BASE64, 300)} ann@host`],
    [
      "a certificate",
      `-----BEGIN CERTIFICATE-----\nMII${wrapped(fakeToken(BASE64, 637), 64, "\n")}\n-----END CERTIFICATE-----`,
    ],
    ["an address in base64", base64("Please write to ann@corp.example about the form of the letter.")],
  ])("%s", (_, text) => {
    expect(
      scanner
        .scan(text)
        .map(({ ruleId }) => ruleId)
        .filter((id) => id !== "email"),
    ).toEqual([])
  })
})

describe("a long encoded text loses the secret only", () => {
  const secret = `ghp_${fakeToken(ALNUM, 36)}`
  const plain = `${PROSE.repeat(20)} ${secret} ${PROSE.repeat(20)}`

  test("in base64, at every alignment", () => {
    for (let shift = 0; shift < 3; shift++) {
      const text = base64(`${"x".repeat(shift)}${plain}`)
      const [finding, ...others] = scanner.scan(text)
      expect(others).toEqual([])
      const start = finding?.start ?? 0
      const end = finding?.end ?? 0
      expect([start % 4, end % 4]).toEqual([0, 0])
      const shown =
        Buffer.from(text.slice(0, start), "base64").toString() +
        Buffer.from(text.slice(end), "base64").toString()
      expect(shown.length).toBeGreaterThan(plain.length - secret.length - 6)
      expect(Buffer.from(text.slice(start, end), "base64").toString()).toContain(secret)
    }
  })

  test("in hex and in wrapped base64", () => {
    const hex = Buffer.from(plain).toString("hex")
    expect(
      scanner.scan(hex).map(({ start, end }) => Buffer.from(hex.slice(start, end), "hex").toString()),
    ).toEqual([secret])
    const rows = wrapped(base64(plain), 76, "\n")
    const spans = scanner.scan(rows)
    expect(
      Buffer.from(spans.map(({ start, end }) => rows.slice(start, end)).join(""), "base64").toString(),
    ).toContain(secret)
    expect(spans.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThan(64)
  })

  test("beside characters of two code units and of several bytes", () => {
    const text = base64(`\u{1F511}é漢\u{1F600} ${plain} \u{1F511}`)
    const spans = scanner
      .scan(`\u{1F511}${text}`)
      .map(({ start, end }) => `\u{1F511}${text}`.slice(start, end))
    expect(spans).toHaveLength(1)
    expect(Buffer.from(spans[0] ?? "", "base64").toString()).toContain(secret)
  })
})
