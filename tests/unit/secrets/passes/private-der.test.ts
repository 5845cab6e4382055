import { generateKeyPairSync } from "node:crypto"
import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { fakeBase64 } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const idsOf = (text: string): string[] => scanner.scan(text).map(({ ruleId }) => ruleId)

const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 })
const ec = ["P-256", "P-384", "P-521"].map((namedCurve) => generateKeyPairSync("ec", { namedCurve }))
const edwards = [generateKeyPairSync("ed25519"), generateKeyPairSync("x25519")]

/** Keys made for the test, in DER and base64. */
const privateKeys: readonly (readonly [string, string])[] = [
  ["PKCS#1", rsa.privateKey.export({ type: "pkcs1", format: "der" }).toString("base64")],
  ["PKCS#8", rsa.privateKey.export({ type: "pkcs8", format: "der" }).toString("base64")],
  [
    "encrypted PKCS#8",
    rsa.privateKey
      .export({ type: "pkcs8", format: "der", cipher: "aes-256-cbc", passphrase: "test" })
      .toString("base64"),
  ],
  ...ec.flatMap(({ privateKey }, i): [string, string][] => [
    [`SEC 1 ${i}`, privateKey.export({ type: "sec1", format: "der" }).toString("base64")],
    [`PKCS#8 of EC ${i}`, privateKey.export({ type: "pkcs8", format: "der" }).toString("base64")],
  ]),
  ...edwards.map(({ privateKey }, i): [string, string] => [
    `PKCS#8 of Edwards ${i}`,
    privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
  ]),
  ["OpenSSH", `${btoa("openssh-key-v1\0\0\0\0\u0004none\0")}${fakeBase64(300)}`],
  ["PKCS#12", `${btoa("0\u0082\u000a!\u0002\u0001\u00030\u0082")}${fakeBase64(300)}`],
]

const publicKeys: readonly (readonly [string, string])[] = [
  ["RSA", rsa.publicKey.export({ type: "spki", format: "der" }).toString("base64")],
  ["RSA in PKCS#1", rsa.publicKey.export({ type: "pkcs1", format: "der" }).toString("base64")],
  ...[...ec, ...edwards].map(({ publicKey }, i): [string, string] => [
    `EC ${i}`,
    publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  ]),
]

describe("a private key without its armour", () => {
  test.each(privateKeys)("%s is masked on one line", (_, key) => {
    expect(found(`merchant: ${key}\nnext`)).toEqual([key])
    expect(found(`{"blob":"${key}"}`)).toEqual([key])
  })

  test.each(privateKeys)("%s is masked on several lines", (_, key) => {
    const rows = (key.match(/.{1,64}/g) ?? []).join("\n  ")
    const left = scanner
      .scan(rows)
      .reduce((text, { start, end }) => text.replace(rows.slice(start, end), ""), rows)
    expect(left.trim()).toBe("")
  })
})

test.each(publicKeys)("a public key is left alone: %s", (_, key) => {
  expect(idsOf(`value ${key} end`)).toEqual([])
})
