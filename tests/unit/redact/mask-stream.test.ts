import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AirlockError } from "../../../src/base/errors.ts"
import { createMaskStream } from "../../../src/redact/mask-stream.ts"
import { createMasker, type Masker } from "../../../src/redact/masker.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"
import { createScanner, loadCustomRules } from "../../../src/secrets/index.ts"
import { ALNUM, BASE64, fakeJwt, fakePem, fakeToken, LOWER } from "../../support/fake-token.ts"
import { chunksOf, secretTexts, tokens } from "../../support/secret-texts.ts"

const scanner = createScanner()
const key = new Uint8Array(32).fill(9)

function localMasker(): Masker {
  return createMasker({ scanner, vault: createMemoryVault({ key }) })
}

function streamed(chunks: readonly string[], masker = localMasker(), maxHoldChars?: number): string {
  const stream = createMaskStream({ masker, ...(maxHoldChars === undefined ? {} : { maxHoldChars }) })
  return chunks.map((chunk) => stream.push(chunk)).join("") + stream.end()
}

const whole = (text: string): string => localMasker().mask(text).text

/** Harmless lines, of different lengths and with some of everything that a text may be cut behind. */
function prose(chars: number, seed = 1): string {
  const lines: string[] = []
  for (let length = 0, line = 0; length < chars; line += 1) {
    const words = Array.from(
      { length: 3 + ((line * 7 + seed) % 14) },
      (_, word) =>
        ["the", "quick", "brown", "fox,", "jumps", "(over)", "a", "lazy", "dog;", "\u{1F98A}"][
          (line + word * 3) % 10
        ],
    )
    lines.push(words.join(" "))
    length += words.join(" ").length + 1
  }
  return `${lines.join("\n")}\n`
}

/** Cuts that leave chunks of a few kilobytes; each cut may stand anywhere. */
const cuts = fc.array(fc.nat(400_000), { maxLength: 60 })

describe("a masked stream", () => {
  test("is over when it has ended", () => {
    const stream = createMaskStream({ masker: localMasker() })
    expect(stream.push("short") + stream.end()).toBe("short")
    expect(() => stream.push("more")).toThrow("The mask stream has ended")
    expect(() => stream.end()).toThrow("The mask stream has ended")
  })

  test("takes texts only: a chunk that is none ends it, since it may be half of a secret", () => {
    const stream = createMaskStream({ masker: localMasker() })
    const wrong = new TypeError("A chunk of a mask stream must be a string, not undefined.")
    // @ts-expect-error from JavaScript anything may come
    expect(() => stream.push(undefined)).toThrow(wrong)
    expect(() => stream.push("more")).toThrow(wrong)
  })

  test("gives what masking the whole text gives, wherever it is cut", () => {
    const parts = fc.array(fc.tuple(fc.integer({ min: 0, max: 24_000 }), secretTexts), {
      minLength: 2,
      maxLength: 7,
    })
    fc.assert(
      fc.property(parts, cuts, (given, offsets) => {
        const text = given
          .map(([padding, secrets], index) => `${prose(padding, index)}${secrets}\n\n`)
          .join("")
        // What comes up late is masked before, too, in a whole text: the stream is told all of it beforehand.
        const masker = createMasker({ scanner, vault: createMemoryVault({ key }), cacheBytes: 0 })
        masker.mask(text)
        expect(streamed(chunksOf(text, offsets), masker)).toBe(masker.mask(text).text)
      }),
      { numRuns: 40, seed: 20_264 },
    )
  }, 30_000)

  test("gives the same for every chunking, also one character each", () => {
    const text = prose(40_000) + tokens().join("\n") + prose(30_000, 5)
    const expected = streamed([text])
    expect(expected).toBe(whole(text))
    expect(streamed(text.split(""))).toBe(expected)
    expect(streamed(chunksOf(text, [1, 40_001, 40_020, 55_000]))).toBe(expected)
  })

  test("masks a secret wherever it stands to the places where the text is cut", () => {
    for (const secret of [
      tokens()[0] ?? "",
      fakeJwt({ scope: fakeToken(LOWER, 5000) }),
      fakePem("RSA PRIVATE KEY", 99),
    ]) {
      for (let before = 15_000; before < 17_500; before += 211) {
        const text = `${prose(before)}${secret}\n${prose(40_000)}`
        const out = streamed([text])
        expect(out).not.toContain(secret.slice(-60, -30))
        expect(out).not.toContain(secret.slice(30, 60))
      }
    }
  })

  test("sees a block whole before it cuts, also one that only its end or its lines give away", async () => {
    const custom = await loadCustomRules([{ id: "zorg-block", pattern: "=== ZORG ===[\\s\\S]+?=== END ===" }])
    const ruled = createScanner({ custom })
    const blocks = [
      fakePem("RSA PRIVATE KEY", 300),
      fakePem("RSA PRIVATE KEY", 80).split("\n").slice(1).join("\n"),
      `=== ZORG ===\n${prose(12_000, 4)}=== END ===`,
    ]
    for (const block of blocks) {
      for (const before of [2000, 9000, 15_500, 16_300, 24_000, 31_000]) {
        const text = `${prose(before)}${block}\n${prose(40_000)}`
        const masker = (): Masker => createMasker({ scanner: ruled, vault: createMemoryVault({ key }) })
        const expected = masker().mask(text).text
        expect(expected).not.toContain(block.slice(300, 400))
        expect(streamed([text], masker())).toBe(expected)
      }
    }
  })

  test("gives out early what is safe, and holds back no more than its bound", () => {
    const stream = createMaskStream({ masker: localMasker() })
    const text = prose(400_000)
    let given = 0
    let taken = 0
    let most = 0
    for (const chunk of chunksOf(
      text,
      Array.from({ length: 800 }, (_, index) => index * 500),
    )) {
      given += stream.push(chunk).length
      taken += chunk.length
      most = Math.max(most, taken - given)
    }
    expect(most).toBeLessThan(34_000)
    expect(given + stream.end().length).toBe(text.length)
  })

  test("cuts a text without line breaks or blanks behind its punctuation", () => {
    const record = (index: number): string =>
      `{"id":${index},"name":"n${index}","token":"${fakeToken(ALNUM, 24, index)}"},`
    const text = Array.from({ length: 3000 }, (_, index) => record(index)).join("")
    expect(streamed([text])).toBe(whole(text))
  })

  test("keeps a value masked that only a later context gives away, from there on", () => {
    const value = fakeToken(ALNUM, 20)
    const line = `see ${value} there\n`
    const text = `${line}${prose(80_000)}db_password=${value}\n${line}`
    const out = streamed([text])
    expect(out.startsWith(line)).toBe(true)
    expect(out.slice(line.length)).not.toContain(value)
    expect(whole(text)).not.toContain(value)
  })

  test("is restored exactly, and ends with nothing where nothing came", () => {
    const masker = localMasker()
    const text = prose(50_000) + tokens(3).join("\n")
    expect(masker.restore(streamed([text], masker)).text).toBe(text)
    expect(streamed([])).toBe("")
    expect(streamed(["", ""])).toBe("")
  })

  test("leaves placeholders that come in as they are, wherever they are cut", () => {
    const masker = localMasker()
    const { text } = masker.mask(`${prose(30_000)}${tokens(2).join("\n")}\n${prose(30_000)}`)
    expect(streamed(chunksOf(text, [30_010, 30_020, 30_030]), masker)).toBe(text)
  })
})

describe("a secret longer than what is held back", () => {
  const bound = 65_536

  test.each([
    ["a token", `password = "${fakeToken(ALNUM, 300_000)}"`],
    ["a key block", fakePem("RSA PRIVATE KEY", 4000)],
    ["a text without any blank", fakeToken(BASE64, 300_000)],
  ])("is masked in pieces: %s", (_, secret) => {
    const masker = localMasker()
    const text = `${prose(20_000)}\n${secret}\n${prose(20_000, 3)}`
    const out = streamed(chunksOf(text, [5000, 90_000, 200_000]), masker, bound)
    expect(masker.restore(out).text).toBe(text)
    for (let at = 0; at + 64 < secret.length; at += 997) {
      expect(out.includes(secret.slice(at, at + 64)), `at ${at}`).toBe(false)
    }
    // What stands behind it is no part of it.
    expect(out).toContain(prose(20_000, 3).slice(-15_000))
  })
})

test("a stream whose text cannot be looked at throws and gives nothing out", () => {
  const masker = createMasker({
    scanner: {
      ruleIds: [],
      scan: () => {
        throw new Error("broken")
      },
    },
  })
  const stream = createMaskStream({ masker })
  expect(stream.push("short")).toBe("")
  expect(() => stream.push(prose(40_000))).toThrow(AirlockError)
  expect(() => stream.end()).toThrow(AirlockError)
})
