import { describe, expect, test } from "vitest"
import { withoutCredentials } from "../../../src/host/live-credentials.ts"
import { LiveText } from "../../../src/intercept/live-text.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import { ALNUM, fakeToken, HEX } from "../../support/fake-token.ts"

const held = fakeToken(HEX, 40, 6001)
const known = `ghp_${fakeToken(ALNUM, 36, 6002)}`
const credentials = {
  find: (text: string) =>
    [...text.matchAll(new RegExp(held, "g"))].map(({ index }) => ({ start: index, end: index + 40 })),
}

/** What is stored of a text that comes in pieces of `size` characters. */
function stream(text: string, size: number): string {
  const live = new LiveText(withoutCredentials(createMasker(), credentials), (given) => given)
  let out = ""
  for (let at = 0; at < text.length; at += size) {
    live.push(text.slice(at, at + size))
    out += live.take()
  }
  return out + live.end()
}

describe("credentials that OpenCode holds, in a text that comes in pieces", () => {
  test.each([
    ["alone", held, "[REDACTED]"],
    ["in words", `a ${held} b ${held}, c`, "a [REDACTED] b [REDACTED], c"],
    ["beside what a rule knows", `${held} ${known} ${held} x`, "[REDACTED] <REDACTED:…> [REDACTED] x"],
    [
      "inside of what a rule knows",
      `see postgres://app:${held}@db.corp.net/x there`,
      "see <REDACTED:…> there",
    ],
  ])("go whole, %s", (_, text, expected) => {
    for (const size of [1, 3, 7, 19, 41, 1000]) {
      const stored = stream(text, size)
      expect(stored).not.toContain(held.slice(0, 8))
      expect(stored.replace(/<REDACTED:[0-9a-f]{14}>(?:\/x)?/g, "<REDACTED:…>")).toBe(expected)
    }
  })

  test("leave no rest of what a rule finds from inside of one on", () => {
    const mask = {
      find: () => [{ ruleId: "r", start: 10, end: 60 }],
      maskRange: (text: string, { from, until }: { from: number; until: number }) => ({
        text: text.slice(from, until),
        end: until,
      }),
    }
    const text = `ab ${held}${"z".repeat(20)} end`
    const live = withoutCredentials(mask, credentials)
    expect(live.maskRange(text, { from: 0, until: text.length }).text).toBe(
      `ab [REDACTED]${"z".repeat(3)} end`,
    )
  })
})
