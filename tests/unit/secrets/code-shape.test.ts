import { describe, expect, test } from "vitest"
import { isBetweenStrings, isCodeShape, isWrittenByTools } from "../../../src/secrets/code-shape.ts"
import { createScanner } from "../../../src/secrets/index.ts"

const scanner = createScanner({ pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

describe("what is written as code", () => {
  test.each([
    "--recovery-key",
    "scmVersion=",
    ":type=",
    "s:netrw_hup[host].passwd",
    "*create_pass(Module",
    "*netrw-chgup*",
    "[String!]!",
    "auth::token::verify::h7a1961d5ceb00fc2",
    "1*(tchar)",
  ])("%s is code even where it has a line for itself", (value) => {
    expect(isCodeShape(value, true)).toBe(true)
  })

  test.each(["!l&&x", "k,this", "!0", "e?t.name:n", "Input!"])("%s is code only in code", (value) => {
    expect([isCodeShape(value, false), isCodeShape(value, true)]).toEqual([true, false])
  })

  test.each(["hunter22", "S3cr3t!x", "pa55,w0rd9", "Tr0ub4dor&3", "x;y;9912z", "--x9!k2", "*k3yw0rd9"])(
    "%s is none",
    (value) => {
      expect(isCodeShape(value, false)).toBe(false)
    },
  )
})

describe("what tools write", () => {
  test.each(["/var/run/docker/netns/0a1b2c3d4e5f", "v0.0.0-20250101000000-0a1b2c3d4e5f", "_token_7k0ur_1"])(
    "%s is a path, a version or a class",
    (value) => {
      expect(isWrittenByTools(value)).toBe(true)
    },
  )

  test.each(["/Xk29/vbQ0+r", "v8Kd93kXq", "_p4ss_word", "a_token_b"])("%s is none", (value) => {
    expect(isWrittenByTools(value)).toBe(false)
  })

  test("a text in quotes between two strings is told from a password that begins with a bracket", () => {
    expect(isBetweenStrings("),$?p.createElement(")).toBe(true)
    expect(isBetweenStrings(")x9!Kd2(q")).toBe(false)
  })
})

describe("passwords beside what was told from them are still found, to the character", () => {
  test.each([
    ["  password: Summer9!\n", "Summer9!"],
    ['#define WIFI_PASSWORD "hunt3r22"\n', "hunt3r22"],
    ["docker login --password hunt3r22 host\n", "hunt3r22"],
    ["the password is Pass!word9\n", "Pass!word9"],
    ['{"smtpPass":"overEvery9"}', "overEvery9"],
    ["DB_PASSWORD=hunt3r22>x9\n", "hunt3r22>x9"],
    ["password: cafe2024\n", "cafe2024"],
  ])("%j", (text, value) => {
    expect(found(text)).toEqual([value])
  })
})
