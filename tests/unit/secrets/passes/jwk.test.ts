import { describe, expect, test } from "vitest"
import { createScanner } from "../../../../src/secrets/index.ts"
import { BASE64URL, fakeToken } from "../../../support/fake-token.ts"

const scanner = createScanner({ rules: [], pii: [] })
const found = (text: string): string[] => scanner.scan(text).map(({ start, end }) => text.slice(start, end))
const part = (seed: number, length = 171): string => fakeToken(BASE64URL, length, seed)

const rsa = { kty: "RSA", kid: "a", n: part(1, 342), e: "AQAB", d: part(2, 342), p: part(3), q: part(4) }

describe("JSON Web Keys", () => {
  test("lose their private parts and keep their public ones", () => {
    expect(found(JSON.stringify(rsa))).toEqual([rsa.d, rsa.p, rsa.q])
    expect(
      found(JSON.stringify({ keys: [rsa, { ...rsa, d: part(5, 342), p: part(6), q: part(7) }] }, null, 2)),
    ).toEqual([rsa.d, rsa.p, rsa.q, part(5, 342), part(6), part(7)])
    expect(
      found(JSON.stringify({ d: part(8, 43), crv: "P-256", x: part(9, 43), y: part(10, 43), kty: "EC" })),
    ).toEqual([part(8, 43)])
    expect(found(JSON.stringify({ kty: "oct", k: part(11, 43) }))).toEqual([part(11, 43)])
  })

  test("are read inside a string of JSON too", () => {
    expect(found(JSON.stringify({ jwk: JSON.stringify(rsa) }))).toEqual([rsa.d, rsa.p, rsa.q])
  })

  test("are left alone where they are public", () => {
    expect(found(JSON.stringify({ kty: "RSA", n: part(1, 342), e: "AQAB", k: part(3) }))).toEqual([])
    expect(found(JSON.stringify({ type: "path", d: part(2, 342), k: part(3) }))).toEqual([])
  })
})
