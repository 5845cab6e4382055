import type { ValidatorName } from "./rule.ts"
import { looksRandom } from "./token-shape.ts"

/** Decodes base64 or base64url to a binary string; undefined where it is neither. */
function decodeBase64(text: string): string | undefined {
  const plain = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={1,2}$/, "")
  if (plain.length % 4 === 1 || !/^[A-Za-z0-9+/]*$/.test(plain)) return undefined
  try {
    return atob(plain)
  } catch {
    return undefined
  }
}

function decodesToObject(segment: string): boolean {
  const decoded = decodeBase64(segment)
  if (decoded === undefined || !decoded.startsWith("{")) return false
  try {
    const value: unknown = JSON.parse(decoded)
    return typeof value === "object" && value !== null
  } catch {
    return false
  }
}

/**
 * A JWS whose header and payload decode to JSON objects (RFC 7515 section 3), or a JWE, whose second segment is
 * an encrypted key (RFC 7516 section 3).
 */
function isJwt(secret: string): boolean {
  const segments = secret.split(".")
  const [header = "", payload = ""] = segments
  if (!decodesToObject(header)) return false
  return segments.length === 5 || decodesToObject(payload)
}

const CRC_TABLE_SIZE = 256
let crcTable: Uint32Array | undefined

function crc32(text: string): number {
  crcTable ??= Uint32Array.from({ length: CRC_TABLE_SIZE }, (_, n) => {
    let c = n
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) crc = (crcTable[(crc ^ text.charCodeAt(i)) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** Six base62 digits of the CRC32 of `body`, the tail of classic GitHub and npm tokens. */
export function crc32Base62(body: string): string {
  let rest = crc32(body)
  let digits = ""
  for (let i = 0; i < 6; i++) {
    digits = BASE62.charAt(rest % 62) + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}

/** Source: github.blog, "Behind GitHub's new authentication token formats", 2021-04-05. */
function hasCrc32Tail(secret: string): boolean {
  const body = secret.slice(secret.lastIndexOf("_") + 1)
  return body.length === 36 && crc32Base62(body.slice(0, 30)) === body.slice(30)
}

/** `user:password` in printable characters, as RFC 7617 encodes it. */
function decodesToCredentials(secret: string): boolean {
  const decoded = decodeBase64(secret)
  return decoded !== undefined && /^[\x20-\x39\x3b-\x7e]*:[\x20-\x7e\x80-\xff]+$/.test(decoded)
}

/** The whole, or its longest part without separators: `sk-` and hex digits are random, words with hyphens not. */
function isRandom(secret: string): boolean {
  if (looksRandom(secret, 0, secret.length)) return true
  const parts = secret.split(/[^A-Za-z0-9]/)
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), "")
  return longest.length >= 16 && looksRandom(longest, 0, longest.length)
}

const CHECKS: Readonly<Record<ValidatorName, (secret: string) => boolean>> = {
  "base64-of-64-bytes": (secret) => decodeBase64(secret)?.length === 64,
  "crc32-base62": hasCrc32Tail,
  "decodes-to-credentials": decodesToCredentials,
  digit: (secret) => /[0-9]/.test(secret),
  "digit-and-letter": (secret) => /[0-9]/.test(secret) && /[A-Za-z]/.test(secret),
  jwt: isJwt,
  "mixed-case": (secret) => /[0-9]/.test(secret) && /[a-z]/.test(secret) && /[A-Z]/.test(secret),
  "not-a-template": (secret) => !/^[$%#@]?[{<([]|^\$|^%\w*%?$/.test(secret),
  random: isRandom,
}

/** Whether `secret` passes the named check. Never throws. */
export function passes(name: ValidatorName, secret: string): boolean {
  return CHECKS[name](secret)
}
