import { describe, expect, test } from "vitest"
import { AirlockError } from "../../../src/base/errors.ts"
import { createScanner, loadCustomRules } from "../../../src/secrets/index.ts"

/** What is thrown at construction, and otherwise at first use; options as JavaScript may hand them in. */
function failure(options: unknown): { readonly atOnce: boolean; readonly message: string } {
  let atOnce = true
  try {
    // @ts-expect-error unchecked on purpose
    const scanner = createScanner(options)
    atOnce = false
    scanner.scan("text")
  } catch (error) {
    expect(error).toBeInstanceOf(AirlockError)
    return { atOnce, message: error instanceof Error ? error.message : "" }
  }
  return { atOnce, message: "" }
}

describe("the options of a scanner", () => {
  test("with a kind of personal data that there is not are refused at once, naming it", () => {
    const { atOnce, message } = failure({ pii: ["email", "emial"] })
    expect(atOnce).toBe(true)
    expect(message).toMatch(/"pii" holds "emial", which is none of email, phone, /)
  })

  test("with the id of no rule are refused at first use, when the ids are known", () => {
    const { atOnce, message } = failure({ disable: ["jwt", "nope"] })
    expect(atOnce).toBe(false)
    expect(message).toMatch(/"disable" holds "nope", which is not the id of a rule/)
  })

  test.each([
    [{ disable: "jwt" }, '"disable" must be a list'],
    [{ pii: "email" }, '"pii" must be a list'],
    [{ disable: [undefined] }, '"disable" holds a value of type undefined'],
    [{ pii: [null] }, '"pii" holds null'],
    [{ disable: ["A Long Text/With=Signs"] }, '"disable" holds a text, which'],
  ])("as JavaScript may get them wrong: %j", (options, message) => {
    expect(failure(options).message).toContain(message)
  })

  test("may disable rules of the person and rules that were handed in", async () => {
    const custom = await loadCustomRules([{ id: "zorg-token", pattern: "zorg_[a-z]{9}" }])
    const source = "https://example.com"
    const rules = [
      { id: "only-here", title: "Only here", source, keywords: ["qq_"], pattern: /qq_\w+/ },
    ] as const
    const scanner = createScanner({ custom, rules, disable: ["zorg-token", "only-here", "keyword"] })
    expect(scanner.ruleIds).not.toContain("zorg-token")
    expect(scanner.ruleIds).not.toContain("only-here")
  })
})
