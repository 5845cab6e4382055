import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { BASE64, fakePem, fakeToken, HEX } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })

/** The text with every finding cut out. */
function rest(text: string): string {
  let out = ""
  let at = 0
  for (const { start, end } of scanner.scan(text)) {
    out += text.slice(at, start)
    at = end
  }
  return out + text.slice(at)
}

const rows = (pem: string): string[] => pem.split("\n").slice(1, -1)
const survivors = (text: string, pem: string): string[] =>
  rows(pem).filter((row) => rest(text).includes(row.slice(0, 16)))

const PREFIXES: readonly (readonly [string, (line: string, index: number) => string])[] = [
  ["containerd", (line) => `2024-05-01T10:00:00.123456789Z stdout F ${line}`],
  ["journald", (line, i) => `May 01 10:00:${10 + i} host app[${95 + i}]: ${line}`],
  ["Heroku", (line) => `2024-05-01T10:00:00.000000+00:00 app[web.1]: ${line}`],
  ["a logger", (line) => `[2024-05-01 10:00:00] INFO: ${line}`],
  ["a box", (line) => `│ ${line.padEnd(66)} │`],
]

describe("private keys whose lines stand behind a prefix", () => {
  test.each(PREFIXES)("of %s", (_, prefixed) => {
    for (const label of ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY"]) {
      const pem = fakePem(label)
      const text = `before\n${pem.split("\n").map(prefixed).join("\n")}\nafter`
      expect(survivors(text, pem)).toEqual([])
      expect(rest(text)).toContain(prefixed("", 0).trimEnd().slice(0, 6))
      const cut = text.split("\n").slice(0, 8).join("\n")
      expect(survivors(cut, pem)).toEqual([])
    }
  })

  test.each(["<br>", "<br/>\n", "<br />"])("with %s for line breaks", (tag) => {
    const pem = fakePem("EC PRIVATE KEY")
    expect(survivors(pem.replaceAll("\n", tag), pem)).toEqual([])
  })

  // A logger's `INFO: ` looks like the name of a variable before each row.
  const others = PREFIXES.filter(([name]) => name !== "a logger")
  test.each(others)("a certificate of %s is left alone", (_, prefixed) => {
    const text = fakePem("CERTIFICATE").split("\n").map(prefixed).join("\n")
    expect(scanner.scan(text)).toEqual([])
  })

  test("lines that only begin like the header's are left alone", () => {
    const text = ["[i] -----BEGIN PRIVATE KEY-----", "[i] the key follows", "[i] 12 keys"].join("\n")
    expect(rest(text)).toContain("[i] the key follows\n[i] 12 keys")
  })
})

describe("OpenPGP and OpenVPN keys", () => {
  const pgp = (header: string, last: number): string =>
    [
      "-----BEGIN PGP PRIVATE KEY BLOCK-----",
      ...(header === "" ? [] : [header]),
      "",
      ...Array.from({ length: 9 }, (_, i) => fakeToken(BASE64, 64, i + 1)),
      fakeToken(BASE64, last, 77),
      `=${fakeToken(BASE64, 4, 78)}`,
      "-----END PGP PRIVATE KEY BLOCK-----",
    ].join("\n")

  test.each(["", "Version: GnuPG v2"])("on one line, with the header %j", (header) => {
    for (const last of [4, 12, 40]) {
      const text = `KEY=${pgp(header, last).replaceAll("\n", " ")}\nNEXT=1`
      expect(rest(text)).toBe("KEY=\nNEXT=1")
    }
  })

  test("whose beginning is cut off, with a short last row before the checksum", () => {
    for (const last of [4, 12, 40])
      expect(rest(pgp("", last).split("\n").slice(7).join("\n")).trim()).toBe("")
  })

  test("a static key of OpenVPN", () => {
    const body = Array.from({ length: 16 }, (_, i) => fakeToken(HEX, 32, i + 1)).join("\n")
    const name = ["OpenVPN Static", "key V1"].join(" ")
    const text = `<tls-crypt>\n-----BEGIN ${name}-----\n${body}\n-----END ${name}-----\n</tls-crypt>`
    expect(rest(text)).toBe("<tls-crypt>\n\n</tls-crypt>")
  })
})
