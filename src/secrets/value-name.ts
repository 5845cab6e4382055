import { NAME, skipLeft } from "./charset.ts"

/** What may stand between a name and a value that belongs to it: quotes, brackets, separators, blanks. */
const BETWEEN = "\"'`\\ \t\r\n=:(,[>-<{|"
const MAX_BETWEEN = 16
const MAX_NAME = 48

/** Words of names whose values are digests, ids, places, states or public, however random they look. */
const HARMLESS: ReadonlySet<string> = new Set(
  `address adler32 after algorithm alt ami anchor arn artifact asset attachment author base64 baseline
  batch before blake blake2 blake3 blob block blurhash bookmark boot bottle boundary branch build bundle
  cache cdhash cert certificate challenge channel chart checksum checksums chunk cid cipher ciphertext
  class cmac color colour column commit conn connection container continuation corr correlation crc crc32
  css cuid cursor deployment derived descriptor device diff digest digests dist document edge enc
  encrypted epoch etag event exponent extent features file filename fingerprint firmware flow font frame
  frames gcs generation geohash git glyph gpg group guid h1 h12 hash hashed hashes hex history hmacsha256
  href html icon id ident identifier ids image img import index inode instance integrity invocation iv job
  jwk kernel keyid kid ksuid label layer ledger lineage lock log logs look lqip mac machine manifest
  mapping mappings marker match md5 merge merkle meta metadata mime module modulus mount names nanoid
  narhash nonce notary obj object offset oid operation order org origin pack package packet page parent
  partition patch path payload peer pid pin pins pk placeholder pod point polygon polyline pow proof pub
  pubkey public purl queue range rank raw ray rec receipt record ref reference region registry release
  repo repository req request res resolved resource response rev revision revisions ri rid root route rsa
  s256 salt sample sbom scan schema scope sealed seed segment seq sequence serial series sha sha1 sha224
  sha256 sha384 sha512 shard shasum sig signature signatures signed signer size slot slug snapshot source
  sourcemap span spec spki src sri ssh stamp storage store stream submodule subresource sum sums svg
  symbol tag tags target thread thumb thumbhash thumbprint tid tile time timestamp title topic tpm trace
  track transaction tree tx txid uid ulid unit update upload uri url urn uuid variant vectors vendor ver
  verifier version versions volume wallet wasm witness wkb workflow x5c x5t xid zh`
    .trim()
    .split(/\s+/),
)
/** Words that make a name the name of a secret whatever stands before or behind them. */
const SECRET =
  /^(?:secrets?|token|password|passwd|pwd|passphrase|credentials?|apikey|private|bearer|pat|dsn|jwt|authkey|license|licence|webhook)$/

/** Names of digests that run into the next word: `sha256base64`. */
const NUMBERED = /^(?:sha|md|crc|blake)\d/

/** The name that `text[start…)` is the value of, as far as it stands directly before; empty where none does. */
export function nameBefore(text: string, start: number): string {
  let end = start
  const floor = Math.max(0, start - MAX_BETWEEN)
  while (end > floor && BETWEEN.includes(text.charAt(end - 1))) end--
  return text.slice(skipLeft(text, end, NAME, end - MAX_NAME), end)
}

/** Lower-case words of a name: `fooBarBAZ_qux` has four. */
export function wordsOfName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
}

/** Public members of keys and curves, in JSON and in code: RFC 7517 names its private ones `d`, `p`, `q` and `k`. */
const MEMBER = /[{,\s]["']?[abceghnrstxyz]["']?:\s?["'`]?$/

/** Whether `text[start…)` is the value of a name that says digest, id or public, or of a public member of a key. */
export function hasHarmlessName(text: string, start: number): boolean {
  return isHarmlessName(nameBefore(text, start)) || MEMBER.test(text.slice(Math.max(0, start - 8), start))
}

/** Whether a name says that its value is a digest, an id or public. */
function isHarmlessName(name: string): boolean {
  const words = wordsOfName(name)
  if (words.some((word) => SECRET.test(word))) return false
  return words.some(
    (word) => HARMLESS.has(word) || NUMBERED.test(word) || HARMLESS.has(word.replace(/\d+$/, "")),
  )
}
