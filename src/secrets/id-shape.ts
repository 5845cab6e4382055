import { isSequence, isUuid } from "./token-shape.ts"

/** Seconds since 2014-05-13, the epoch of KSUIDs, to 2016 and to 2032: what a KSUID's first four bytes say. */
const KSUID_EPOCH = 1_400_000_000
const KSUID_FROM: number = 1_451_606_400 - KSUID_EPOCH
const KSUID_TO: number = 1_956_528_000 - KSUID_EPOCH
const KSUID_LENGTH = 27
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/** Crockford base32 of a time between 2005 and 2109 and of 80 random bits (github.com/ulid/spec). */
const ULID = /^0[12][0-9A-HJKMNP-TV-Z]{24}$/i
/** International bank account number: a country, two check digits, the account (ISO 13616). */
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/
/** Node ids of GitHub's GraphQL interface: letters of the type, `_kgDO` or `_kwDO`, base64url. */
const GITHUB_NODE = /^[A-Z]{1,6}_k[wg]DO/
/** Address of an account or a contract of Ethereum and its like: 20 bytes. */
const ADDRESS = /^0x[0-9A-Fa-f]{40}$/

/** 20 bytes in base62 that begin with a time (github.com/segmentio/ksuid): 1 of 14 random strings of that length, too. */
function isKsuid(token: string): boolean {
  if (token.length !== KSUID_LENGTH || !/^[0-9A-Za-z]+$/.test(token)) return false
  let value = 0n
  for (const char of token) value = value * 62n + BigInt(BASE62.indexOf(char))
  const seconds = Number(value >> 128n)
  return seconds >= KSUID_FROM && seconds < KSUID_TO
}

const PRINTABLE = /^[\t\n\r\x20-\x7e\x80-\xff]+$/
/** So many characters are decoded first: random bytes are unprintable by then in all but 1 of 60 cases. */
const HEAD = 16

/** What a value holds in it is found where the base64 is looked through. */
const JSON_OBJECT = /^\{"[\w .:-]{1,80}":[^]*\}\s?$/

/** Whether `decoded` is text that people or programs read: JSON, or printable with blanks or in alphabetical order. */
function isPlainText(decoded: string): boolean {
  if (!PRINTABLE.test(decoded)) return false
  if (JSON_OBJECT.test(decoded)) return true
  const blanks = decoded.split(/\s/).length - 1
  return blanks * 16 >= decoded.length || isSequence(decoded, 0, decoded.length)
}

function fromBase64(token: string): string {
  try {
    return atob(token.replaceAll("-", "+").replaceAll("_", "/"))
  } catch {
    return ""
  }
}

function fromHex(token: string): string {
  let decoded = ""
  for (let i = 0; i + 1 < token.length; i += 2)
    decoded += String.fromCharCode(Number.parseInt(token.slice(i, i + 2), 16))
  return decoded
}

/** Whether the token is base64 or hex of readable text. */
export function encodesText(token: string): boolean {
  const isHex = token.length % 2 === 0 && (/^[0-9a-f]+$/.test(token) || /^[0-9A-F]+$/.test(token))
  const decode = isHex ? fromHex : fromBase64
  return PRINTABLE.test(decode(token.slice(0, HEAD))) && isPlainText(decode(token))
}

/**
 * Whether the token has the form of an identifier that is no secret: UUID, ULID, KSUID, IBAN, GitHub node id, address
 * of a chain, or is an alphabet.
 */
export function isIdentifierShape(token: string): boolean {
  if (isUuid(token) || ULID.test(token) || isKsuid(token) || GITHUB_NODE.test(token)) return true
  if (isAddress(token)) return true
  return (IBAN.test(token) && hasIbanChecksum(token)) || isSequence(token, 0, token.length)
}

export function isAddress(token: string): boolean {
  return token.length === 42 && ADDRESS.test(token)
}

/** ISO 7064 MOD 97-10 over the rearranged account number. */
function hasIbanChecksum(iban: string): boolean {
  let rest = 0
  for (const char of iban.slice(4) + iban.slice(0, 4)) {
    const digits = Number.parseInt(char, 36)
    rest = (rest * (digits > 9 ? 100 : 10) + digits) % 97
  }
  return rest === 1
}
