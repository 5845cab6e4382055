import { NAME, skipLeft } from "./charset.ts"
import { isPlaceInList } from "./key-name.ts"

/** What may stand between a name and a value that belongs to it: quotes, brackets, separators, blanks. */
const BETWEEN = "\"'`\\ \t\r\n=:(,[>-<{|"
const MAX_BETWEEN = 16
/** The same where names and values are aligned in columns, as Terraform does. */
const MAX_ALIGNED = 64
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
  verifier verifying version versions volume wallet wasm witness wkb workflow x5c x5t xid zh`
    .trim()
    .split(/\s+/),
)
/** Words that make a name the name of a secret whatever stands before or behind them. */
const SECRET =
  /^(?:secrets?|token|password|passwd|pwd|passphrase|credentials?|apikey|private|bearer|pat|dsn|jwt|authkey|license|licence|webhook)$/

/** What a name says about its value. */
export type NameKind = "credential" | "harmless" | "other"

/** Words whose values are credentials when they look random, beside those that the assignment pass knows. */
const CREDENTIAL: ReadonlySet<string> = new Set(
  "account app auth bearer bot client consumer dsn hmac integration jwt licence license login oauth pat session webhook".split(
    " ",
  ),
)
const CAPITALS = /^[A-Z][A-Z0-9_]{3,}$/
/** Two words in one. */
const COMPOUND =
  /(?:hash|sha|digest|checksum|uuid|guid|etag|commit|fingerprint|revision|integrity|(?:user|app|client|req|request|trace|span|account|session|device|object|file|page|doc|node|build|job|run|group|project|org|team|tenant|message|event)id)$/
/** Names of digests that run into the next word: `sha256base64`. */
const NUMBERED = /^(?:sha|md|crc|blake)\d/

/** The name that `text[start…)` is the value of, as far as it stands directly before; empty where none does. */
function nameBefore(text: string, start: number): string {
  let end = start
  const floor = Math.max(0, start - MAX_BETWEEN)
  while (end > floor && BETWEEN.includes(text.charAt(end - 1))) end--
  const widest = start - MAX_ALIGNED
  while (end <= floor && end > widest && text.charAt(end - 1) === " ") end--
  return text.slice(skipLeft(text, end, NAME, end - MAX_NAME), end)
}

/** Lower-case words of a name: `fooBarBAZ_qux` has four. */
function wordsOfName(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "")
}

function isHarmlessWord(word: string): boolean {
  if (HARMLESS.has(word) || NUMBERED.test(word) || COMPOUND.test(word)) return true
  return HARMLESS.has(word.replace(/\d+$/, ""))
}

function judge(name: string): NameKind {
  const words = wordsOfName(name)
  if (isPlaceInList(words)) return "harmless"
  if (!words.some((word) => SECRET.test(word)) && words.some(isHarmlessWord)) return "harmless"
  if (CAPITALS.test(name) || words.some((word) => CREDENTIAL.has(word))) return "credential"
  return "other"
}

/** Names seen before; the same few fill a text. Long names are not kept: they may hold more than a name. */
const known = new Map<string, NameKind>()
const MAX_KNOWN = 1000
const MAX_KNOWN_LENGTH = 40

function kindOf(name: string): NameKind {
  const cached = known.get(name)
  if (cached !== undefined) return cached
  const kind = judge(name)
  if (name.length > MAX_KNOWN_LENGTH) return kind
  if (known.size >= MAX_KNOWN) known.clear()
  known.set(name, kind)
  return kind
}

/** Public members of keys and curves, in JSON and in code: RFC 7517 names its private ones `d`, `p`, `q` and `k`. */
const MEMBER = /[{,\s]["']?[abceghnrstxyz]["']?:\s?["'`]?$/
/** A value of a page's head, and the mark of a weak entity tag. */
const MARK = /(?:\bcontent=|\bW\/)["']$/

/**
 * What else announces a digest or a public key: annotations, lines of BSD's checksum tools, lock files of Mix and Gradle,
 * keys of caches, records of DNSSEC.
 */
const DIGEST_OF =
  /\b(?:checksum|digest|hash|sha256)[/.][\w.-]{1,40}["']?[:=] ?["']?$|\b(?:MD5|SHA[-\d]{0,7}|BLAKE\w{1,8}) ?\([^()\n]{0,60}\) ?= ?$|:hex, :\w{1,40}, "[\w.+-]{1,30}", "$|"hexpm", "$|<(?:sha\d{1,3}|md5|pgp) value="$|\bcach(?:e|ing)[ _-]key[ :=("']{1,4}$|\b(?:DNSKEY|DS|TLSA|SSHFP)[ \t]{1,4}(?:\d{1,6}[ \t]{1,4}){2,3}$/i

/**
 * What the name says that `text[start…)` is the value of: a digest, an id or something public; something secret, or
 * a variable of the environment; or neither.
 */
export function nameKind(text: string, start: number): NameKind {
  const kind = kindOf(nameBefore(text, start))
  if (kind === "harmless") return kind
  const before = text.slice(Math.max(0, start - 12), start)
  if (MEMBER.test(before) || MARK.test(before)) return "harmless"
  return DIGEST_OF.test(text.slice(Math.max(0, start - 80), start)) ? "harmless" : kind
}
