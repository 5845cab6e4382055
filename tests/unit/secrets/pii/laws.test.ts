import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { placeholderOf } from "../../../../src/base/placeholder.ts"
import { createScanner, PII_KINDS } from "../../../../src/secrets/index.ts"

const scanner = createScanner({ pii: PII_KINDS })

function mask(text: string): string {
  let masked = ""
  let from = 0
  scanner.scan(text).forEach(({ start, end }, index) => {
    masked += text.slice(from, start) + placeholderOf((0xabc000 + index).toString(16).padStart(14, "d"))
    from = end
  })
  return masked + text.slice(from)
}

/** Pieces of numbers, of addresses, of what stands between them and of what names them. */
const PIECES = [
  ..."0 1 4 7 00 12 45 06 030 171 415 555 756 1234 4111 2671 123456 12345678".split(" "),
  ..." |  |-|.|/|:|::|(|)|+|@|,|;|\n|\\n|\"|'|=|&|?|#|{|}".split("|"),
  ..."phone tel. card iban ssn cpf nhs BSN ip client v host ABNA DE NL XA ann keller nordwind.de Author To".split(
    " ",
  ),
  "postgres://app:hunter2hunter2@db.acme.com/x",
  "Server=a;Password=hunter2;",
  "jdbc:mysql://db.acme.com/x?user=a&password=hunter2hunter2",
  "app:hunter2hunter2@tcp(db.acme.com:3306)/x",
  placeholderOf("0123456789abcd"),
  "\u{1F600}",
]
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(""))

describe("with every kind of personal data", () => {
  test("findings are in order, disjoint, and whole characters", () => {
    fc.assert(
      fc.property(texts, (text) => {
        let last = 0
        for (const { start, end } of scanner.scan(text)) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(end).toBeGreaterThan(start)
          last = end
        }
        expect(last).toBeLessThanOrEqual(text.length)
      }),
      { numRuns: 3000, seed: 20_262 },
    )
  })

  test("a masked text holds nothing more to mask", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const masked = mask(text)
        expect(mask(masked)).toBe(masked)
      }),
      { numRuns: 3000, seed: 20_263 },
    )
  })
})

/** Generous: a loaded machine is slow, and quadratic work takes seconds. */
const LIMIT_MS = 400

describe("100 KB of one unit cost no more than reading it", () => {
  test.each([
    "1 ",
    "1/",
    "1.2.3.4 ",
    "4111 1111 1111 1111 ",
    "+49 171 1234567 ",
    "(415) 555-2671 ",
    "00-",
    "+",
    "(1",
    "phone ",
    "tel: 1 ",
    "DE89 3704 0044 0532 0130 00 ",
    "DE00",
    "219-38-4821 ",
    "ssn ",
    "12345678Z ",
    "AB123456C ",
    "2001:4f8::1 ",
    ":AA",
    "3c:22:fb:4a:9d:e1 ",
    "ann@nordwind.de ",
    "ann@nordwind.de\n",
    "Ann <ann@nordwind.de>\n",
    "Author: ann@nordwind.de ",
    "redis://x.y/?",
    "postgres://a:bcd@h.i,",
    "pwd={a;",
    "password=a;",
    "auth=(",
    "a:b@tcp(",
  ])("%j", (unit) => {
    const text = unit.repeat(Math.ceil(100_000 / unit.length)).slice(0, 100_000)
    const onlyPersonal = createScanner({ rules: [], pii: PII_KINDS })
    let best = Number.POSITIVE_INFINITY
    for (let run = 0; run < 3; run++) {
      const start = performance.now()
      onlyPersonal.scan(text)
      best = Math.min(best, performance.now() - start)
    }
    expect(best).toBeLessThan(LIMIT_MS)
  })
})
