/**
 * Generators of fake secrets. Committed files never hold a whole realistic token: tests join a prefix and
 * generated characters, the same ones in every run.
 */

export const DIGITS = "0123456789"
export const LOWER = "abcdefghijklmnopqrstuvwxyz"
export const UPPER: string = LOWER.toUpperCase()
export const HEX: string = `${DIGITS}abcdef`
export const LOWER_ALNUM: string = DIGITS + LOWER
export const UPPER_ALNUM: string = DIGITS + UPPER
export const UPPER_HEX: string = `${DIGITS}ABCDEF`
export const LETTERS: string = UPPER + LOWER
export const ALNUM: string = DIGITS + UPPER + LOWER
export const BASE64: string = `${ALNUM}+/`
export const BASE64URL: string = `${ALNUM}-_`

/** Deterministic numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** `length` characters of `alphabet`; equal arguments give equal text. */
export function fakeToken(alphabet: string, length: number, seed = 1): string {
  const random = seededRandom(seed * 7919 + length * 31 + alphabet.length)
  let token = ""
  while (token.length < length) token += alphabet.charAt(Math.floor(random() * alphabet.length))
  return token
}

/** Base64 of `bytes` seeded bytes. */
export function fakeBase64(bytes: number, seed = 1): string {
  const random = seededRandom(seed)
  return btoa(Array.from({ length: bytes }, () => String.fromCharCode(Math.floor(random() * 256))).join(""))
}

/** Base64url without padding of a JSON value. */
export function base64urlJson(value: unknown): string {
  return btoa(JSON.stringify(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** A well-formed JSON Web Token with a made-up signature. */
export function fakeJwt(payload: Readonly<Record<string, unknown>> = { sub: "1234" }, seed = 1): string {
  return [
    base64urlJson({ alg: "HS256", typ: "JWT" }),
    base64urlJson(payload),
    fakeToken(BASE64URL, 43, seed),
  ].join(".")
}

/** A PEM block of `lines` full base64 lines; `label` such as `RSA PRIVATE KEY`. */
export function fakePem(label: string, lines = 12, seed = 1): string {
  const body = Array.from({ length: lines }, (_, line) => fakeToken(BASE64, 64, seed * 100 + line))
  return [
    `-----BEGIN ${label}-----`,
    ...body,
    `${fakeToken(BASE64, 30, seed)}==`,
    `-----END ${label}-----`,
  ].join("\n")
}

/** A UUID of fixed, made-up digits. */
export function fakeUuid(): string {
  return [8, 4, 4, 4, 12].map((length) => fakeToken(HEX, length)).join("-")
}
