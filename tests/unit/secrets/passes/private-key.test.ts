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

  test("lines with the numbers of a read tool are one finding", () => {
    const lines = fakePem("RSA PRIVATE KEY").split("\n")
    const numbered = lines.map((line, index) => `${String(index + 1).padStart(5, "0")}| ${line}`).join("\n")
    expect(found(numbered)).toEqual([numbered.slice(7)])
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
