import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { BASE64, fakePem, fakeToken, HEX } from "../../../support/fake-token.ts"

const scanner = createScanner()
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))

describe("private keys", () => {
  test.each([
    "PRIVATE KEY",
    "RSA PRIVATE KEY",
    "EC PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
  ])("a whole %s block is one finding", (label) => {
    const pem = fakePem(label)
    expect(found(`before\n${pem}\nafter`)).toEqual([pem])
  })

  test("a block written with escaped line ends in JSON is one finding", () => {
    const pem = fakePem("PRIVATE KEY").replaceAll("\n", "\\n")
    expect(found(`{"private_key": "${pem}\\n", "type": "x"}`).join()).toContain(pem)
  })

  test("a block with armour headers is one finding", () => {
    const [first, ...rest] = fakePem("RSA PRIVATE KEY").split("\n")
    const pem = [first, "Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,0123456789", "", ...rest].join("\n")
    expect(found(pem)).toEqual([pem])
  })

  test("a block that was cut off before its end loses every line", () => {
    const cut = fakePem("RSA PRIVATE KEY").slice(0, 500)
    expect(found(`key:\n${cut}`)).toEqual([cut])
  })

  test("a block whose beginning was cut off loses every line", () => {
    const tail = fakePem("RSA PRIVATE KEY").split("\n").slice(4).join("\n")
    expect(found(`${tail}\nmore`)).toEqual([tail])
  })

  test("a listing loses its lines one by one, so that no line number is taken into the secret", () => {
    const lines = fakePem("RSA PRIVATE KEY").split("\n")
    const numbered = lines.map((line, index) => `${String(index + 1).padStart(5, "0")}| ${line}`).join("\n")
    expect(found(numbered)).toEqual(lines)
  })

  test("a PuTTY key is one finding", () => {
    const key = [
      "PuTTY-User-Key-File-2: ssh-rsa",
      "Encryption: none",
      "Comment: imported",
      "Private-Lines: 2",
      fakeToken(BASE64, 64, 3),
      fakeToken(BASE64, 64, 4),
      `Private-MAC: ${fakeToken(HEX, 40)}`,
    ].join("\n")
    expect(found(`${key}\n\nnotes`)).toEqual([key])
  })

  test.each([
    ["public keys", fakePem("PUBLIC KEY")],
    ["certificates", fakePem("CERTIFICATE")],
    ["a header that code compares with", 'if (pem.startsWith("-----BEGIN RSA PRIVATE KEY-----")) {'],
  ])("%s are left alone", (_, text) => {
    expect(found(text)).toEqual([])
  })
})

/** How tools show a line of a file. */
const SHOWN: readonly (readonly [string, (line: string, index: number) => string])[] = [
  ["opencode's read tool", (line, i) => `${String(i + 1).padStart(5, "0")}| ${line}`],
  ["numbers and colons", (line, i) => `${i + 1}: ${line}`],
  ["arrows", (line, i) => `${String(i + 1).padStart(6)}→${line}`],
  ["cat -n", (line, i) => `${String(i + 1).padStart(6)}\t${line}`],
  ["opencode's grep tool", (line, i) => `  Line ${i + 1}: ${line}`],
  ["opencode's grep tool with empty lines between", (line, i) => `  Line ${i + 1}: ${line}\n`],
  ["grep -rn", (line, i) => `./conf/k.pem:${i + 1}:${line}`],
  ["grep -n of a long path", (line, i) => `/home/someone/projects/acme/keys/k.pem:${i + 1}:${line}`],
  ["grep -r", (line) => `./conf/k.pem:${line}`],
  ["grep context", (line, i) => `conf/k.pem-${i + 1}-${line}`],
  ["rg --column", (line, i) => `${i + 1}:1:${line}`],
  ["a deleting diff", (line) => `-${line}`],
  ["an adding diff", (line) => `+${line}`],
  ["a combined diff", (line) => `++${line}`],
  ["a diff's context", (line) => ` ${line}`],
  ["git blame", (line, i) => `^a1b2c3d4 (Ann Lee 2024-01-01 10:00:00 +0000 ${i + 1}) ${line}`],
  ["git blame with a path", (line, i) => `a1b2c3d4 conf/k.pem (Ann Lee 2024-01-01 ${i + 1}) ${line}`],
  ["line comments", (line) => `// ${line}`],
  ["hash comments", (line) => `# ${line}`],
  ["block comments", (line) => ` * ${line}`],
  ["quoted mail", (line) => `> ${line}`],
  ["a grepped comment", (line, i) => `src/k.ts:${i + 1}:// ${line}`],
  ["a deleted comment", (line) => `-# ${line}`],
  ["a log's time", (line) => `2024-01-01T10:00:00.123Z ${line}`],
  ["docker compose", (line) => `web-1  | ${line}`],
  ["a coloured diff that deletes", (line) => `\u001b[31m-${line}\u001b[m`],
  ["a coloured diff that adds", (line) => `\u001b[32m+\u001b[m\u001b[32m${line}\u001b[m`],
  ["rg in colours", (line, i) => `\u001b[35mk.pem\u001b[0m:\u001b[32m${i + 1}\u001b[0m:${line}`],
  ["grep -rn under a path with a blank", (line, i) => `my keys/k.pem:${i + 1}:${line}`],
  ["tabs", (line) => `\t${line}`],
]

function show(lines: readonly string[], shown: (line: string, index: number) => string, eol = "\n"): string {
  return lines.map(shown).join(eol)
}

function leaked(text: string, lines: readonly string[]): string[] {
  const rest = found(text).reduce((left, secret) => left.replace(secret, ""), text)
  return lines.filter((line) => line.length >= 16 && rest.includes(line))
}

describe("a key cut off inside of a string", () => {
  const pem = fakePem("PRIVATE KEY", 4)
  const body = pem.slice(0, 120)

  test.each([
    ['"', "escaped", body.replaceAll("\n", "\\n")],
    ['"', "plain", body],
    ["'", "plain", body],
    ["`", "plain", body],
  ])("ends where the string in %s with %s line breaks ends", (quote, _, key) => {
    for (const rest of [" ends", ""]) {
      const text = `{${quote}key${quote}:${quote}${key}${rest}${quote},${quote}password${quote}:${quote}x${quote}}`
      expect(found(text)).toEqual([key])
    }
  })

  test("goes on in the next string of a list", () => {
    const rows = pem.split("\n").map((row) => `"${row}"`)
    expect(found(`[${rows.slice(0, 4).join(",")}]`)).toEqual([rows.slice(0, 4).join(",").slice(1, -1)])
  })
})

describe("a private key as a tool shows it", () => {
  const pem = fakePem("RSA PRIVATE KEY", 12, 5).split("\n")

  test.each(SHOWN)("loses every line with %s", (_, shown) => {
    for (const eol of ["\n", "\r\n"]) {
      expect(leaked(show(pem, shown, eol), pem)).toEqual([])
      expect(leaked(show(pem.slice(0, 8), shown, eol), pem)).toEqual([])
    }
  })

  test.each(SHOWN)("loses every line of its middle with %s", (_, shown) => {
    const middle = pem.slice(3, 9)
    expect(leaked(show(middle, shown), middle)).toEqual([])
    expect(leaked(show(middle, shown, "\r\n"), middle)).toEqual([])
  })

  test.each(SHOWN)("loses every line of its end with %s", (_, shown) => {
    const end = pem.slice(-3)
    expect(leaked(show(end, shown), end)).toEqual([])
  })

  test("keeps the prefixes of a listing out of what is masked", () => {
    for (const [, shown] of SHOWN.filter(([name]) => !/tabs|context/.test(name)))
      for (const secret of found(show(pem.slice(3, 9), shown))) expect(pem).toContain(secret)
  })
})

describe("lines of a key without its first and last", () => {
  const rows = (count: number, width = 64, seed = 9): string[] =>
    Array.from({ length: count }, (_, row) => fakeToken(BASE64, width, seed * 50 + row))

  test.each([64, 70, 76])("three lines of %i characters are one finding", (width) => {
    const lines = rows(3, width).join("\n")
    expect(found(`$ sed -n 3,5p k.pem\n${lines}\n$ exit`)).toEqual([lines])
  })

  test("take the short last line and a first line that was cut", () => {
    const lines = [fakeToken(BASE64, 20), ...rows(4), `${fakeToken(BASE64, 30)}==`].join("\n")
    expect(found(lines)).toEqual([lines])
  })

  test("are found with escaped line ends, and as a string joined over lines", () => {
    const lines = rows(5)
    expect(leaked(JSON.stringify({ out: lines.join("\n") }), lines)).toEqual([])
    expect(leaked(lines.map((line) => `  "${line}\\n" +`).join("\n"), lines)).toEqual([])
  })

  test("may hold a line that looks like nothing between others", () => {
    const lines = [...rows(3), "A".repeat(64), ...rows(3, 64, 12)]
    expect(leaked(lines.join("\n"), lines)).toEqual([])
  })

  test("of an OpenSSH or PKCS#8 key are found from its first line on", () => {
    const pkcs8 = btoa("\u0030\u0082\u0004\u00bd\u0002\u0001\u0000\u0030\u000d\u0006\u0009")
    const lines = [pkcs8.slice(0, 14) + fakeToken(BASE64, 50), ...rows(3)]
    expect(leaked(lines.join("\n"), lines)).toEqual([])
  })

  const der = (bytes: string): string => btoa(bytes).slice(0, 8)
  test.each([
    ["two lines", rows(2).join("\n")],
    ["lines of different widths", [...rows(2), ...rows(2, 63), ...rows(2, 62)].join("\n")],
    ["hex digests", [1, 2, 3, 4].map((seed) => fakeToken(HEX, 64, seed)).join("\n")],
    [
      "a list of checksums",
      [1, 2, 3, 4].map((seed) => `${fakeToken(HEX, 64, seed)}  f${seed}.js`).join("\n"),
    ],
    ["SHA-384 integrity", [1, 2, 3, 4].map((seed) => `sha384-${fakeToken(BASE64, 64, seed)}`).join("\n")],
    [
      "integrity of a lock file",
      [1, 2, 3, 4].map((seed) => `  integrity sha512-${fakeToken(BASE64, 86, seed)}==`).join("\n"),
    ],
    [
      "paths of equal length",
      Array(5)
        .fill(`${"src/components/".repeat(4)}Abc1`)
        .join("\n"),
    ],
    [
      "words of equal length",
      Array(5).fill("getUserTokenFromRequestAndValidateItAgainstTheSessionStoreOf2024x").join("\n"),
    ],
    [
      "SSH public keys",
      [1, 2, 3].map((seed) => `ssh-rsa AAAAB3NzaC1yc2E${fakeToken(BASE64, 355, seed)}`).join("\n"),
    ],
    ["an image", ["iVBORw0KGgo".padEnd(64, fakeToken(BASE64, 64)), ...rows(5)].join("\n")],
    ["an image in a data URL", [`url(data:image/png;base64,${fakeToken(BASE64, 40)}`, ...rows(5)].join("\n")],
    [
      "a certificate without BEGIN",
      [der("\u0030\u0082\u0003\u0010\u0030\u0082") + fakeToken(BASE64, 56), ...rows(5)].join("\n"),
    ],
    ["the end of a certificate", `${rows(5).join("\n")}\n-----END CERTIFICATE-----`],
    ["the start of a certificate", `-----BEGIN CERTIFICATE-----\n${rows(5).join("\n")}`],
    [
      "a PGP signature",
      `-----BEGIN PGP SIGNATURE-----\n\n${rows(6).join("\n")}\n=aB3d\n-----END PGP SIGNATURE-----`,
    ],
  ])("leaves alone: %s", (_, text) => {
    expect(found(text)).toEqual([])
  })

  test.each(SHOWN)("leaves a certificate alone with %s", (_, shown) => {
    expect(found(show(fakePem("CERTIFICATE", 8).split("\n"), shown))).toEqual([])
  })

  test("finds a key behind a certificate", () => {
    const key = rows(4)
    expect(leaked(`${fakePem("CERTIFICATE", 6)}\n${key.join("\n")}`, key)).toEqual([])
  })
})

/** Characters of a key that nothing but the key would hold in a row. */
const TELLING = /[A-Za-z0-9+/]{12}/

describe("a key that was cut off anywhere loses what is left of it", () => {
  const pem = fakePem("RSA PRIVATE KEY", 5)
  const lines = pem.split("\n")
  const writings: readonly (readonly [string, string])[] = [
    ["as it is", pem],
    ["with CRLF", lines.join("\r\n")],
    ["indented", lines.join("\n    ")],
    ["in JSON", JSON.stringify({ key: pem })],
    ["on one line", `KEY=${lines.join("\\n")}`],
    ["behind line numbers", lines.map((line, index) => `${index + 1}: ${line}`).join("\n")],
  ]
  const cuts: readonly (readonly [string, (text: string, at: number) => string])[] = [
    ["at its end", (text, at) => text.slice(0, at)],
    ["at its beginning", (text, at) => text.slice(at)],
    ["before dots", (text, at) => `${text.slice(0, at)}...`],
    ["before a note", (text, at) => `see ${text.slice(0, at)} [truncated]`],
    ["before a line that says so", (text, at) => `${text.slice(0, at)}\n... (more)`],
  ]

  test.each(writings.flatMap(([how, text]) => cuts.map(([where, cut]) => [how, where, text, cut] as const)))(
    "%s, %s",
    (_, __, text, cut) => {
      const shown: string[] = []
      for (let at = 0; at <= text.length; at++) {
        const rest = cut(text, at)
        let left = ""
        let from = 0
        for (const { start, end } of scanner.scan(rest)) {
          left += `${rest.slice(from, start)} `
          from = end
        }
        const telling = TELLING.exec(left + rest.slice(from))?.[0]
        if (telling !== undefined && text.includes(telling)) shown.push(`at ${at}: ${telling}`)
      }
      expect(shown).toEqual([])
    },
  )
})

test("a key in the body of a form is masked, with plus signs for its blanks", () => {
  const pem = fakePem("PRIVATE KEY", 4)
  const form = new URLSearchParams({ name: "deploy", key: pem, kind: "rsa" }).toString()
  const [secret, ...others] = found(form)
  expect(others).toEqual([])
  expect(form.replace(secret ?? "", "")).toMatch(/^name=deploy&key=&kind=rsa$/)
})
