import { describe, expect, test } from "vitest"
import { isSessionName, sessionName, UNKNOWN_SESSION } from "../../../src/intercept/session-name.ts"

describe("sessionName", () => {
  test("keeps what OpenCode makes, trimmed", () => {
    expect(sessionName(" ses_5f2aBC-9 ")).toBe("ses_5f2aBC-9")
    expect(sessionName("a".repeat(128))).toBe("a".repeat(128))
  })

  test("names a blank or missing id unknown-session", () => {
    for (const id of [undefined, "", "  \n"]) expect(sessionName(id)).toBe(UNKNOWN_SESSION)
  })

  test("turns a hostile id into one safe path segment, the same one each time", () => {
    const hostile = [
      "ses_x/../../y",
      "..",
      ".",
      "a/b",
      "a\\b",
      "/etc",
      "C:\\x",
      "nul\0byte",
      "a".repeat(129),
      "Ünïcode",
      "CON",
      "lpt1",
      ".hidden",
      "-\n-",
    ]
    for (const id of hostile) {
      const name = sessionName(id)
      expect(name).toMatch(/^unsafe-[0-9a-f]{32}$/)
      expect(isSessionName(name)).toBe(true)
      expect(sessionName(id)).toBe(name)
    }
    expect(new Set(hostile.map(sessionName)).size).toBe(hostile.length)
  })
})
