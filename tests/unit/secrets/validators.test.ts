import { describe, expect, test } from "vitest"
import { createScanner } from "../../../src/secrets/index.ts"
import { crc32Base62, passes } from "../../../src/secrets/validators.ts"
import { ALNUM, fakeBase64, fakeJwt, fakeToken } from "../../support/fake-token.ts"

describe("checks", () => {
  test("a CRC32 tail is computed as GitHub and npm do: IEEE polynomial, base62, six digits", () => {
    // CRC32 of "123456789" is 0xCBF43926, the polynomial's published check value.
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    const number = crc32Base62("123456789")
      .split("")
      .reduce((sum, digit) => sum * 62 + alphabet.indexOf(digit), 0)
    expect(number).toBe(0xcbf43926)
  })

  test("a valid checksum lifts the entropy floor of a token, a wrong one never rejects", () => {
    const dull = "a".repeat(30)
    const scan = (token: string): number => createScanner({ disable: ["keyword"] }).scan(token).length
    expect(scan(`ghp_${dull}${crc32Base62(dull)}`)).toBe(1)
    expect(scan(`ghp_${"a".repeat(36)}`)).toBe(0)
    expect(scan(`ghp_${fakeToken(ALNUM, 36)}`)).toBe(1)
  })

  test("a JSON Web Token must decode to JSON", () => {
    expect(passes("jwt", fakeJwt())).toBe(true)
    expect(passes("jwt", `${fakeToken(ALNUM, 20)}.${fakeToken(ALNUM, 20)}.x`)).toBe(false)
  })

  test("an Azure account key is base64 of 64 bytes", () => {
    expect(passes("base64-of-64-bytes", fakeBase64(64))).toBe(true)
    expect(passes("base64-of-64-bytes", fakeBase64(63))).toBe(false)
  })

  test("Basic credentials decode to a user, a colon and a password", () => {
    expect(passes("decodes-to-credentials", btoa("bob:hunter2"))).toBe(true)
    expect(passes("decodes-to-credentials", btoa("no colon here"))).toBe(false)
  })
})
