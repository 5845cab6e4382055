import { hasClass, NAME } from "./charset.ts"
import { isAddress } from "./id-shape.ts"
import type { KeyStrength } from "./key-name.ts"
import type { Key } from "./separator.ts"
import { isUuid } from "./token-shape.ts"

/** How far before a name is read what it is part of. */
const REACH = 80

/** A name that stands in an ARN, behind the type of a resource, in an annotation with a digest, in a message of git. */
const PART_OF_ID =
  /\barn:[\w-]*:[\w-]+:[\w-]*:\d*:$|\bAWS::\w{1,40}::$|\b(?:checksum|digest|hash|sha256)[/.]$|\b(?:WIP on|index on) [\w/.-]{0,40}$|\busing $/i
const LISTED_CHECKSUM =
  /(?:\bSPEC CHECKSUMS:|\n {2}["\w][\w"+/.-]{0,60}: [0-9a-f]{40})\r?\n {2}"?[A-Z][A-Za-z0-9+-]*$/
/** Keys of rows and elements, whose ids are often ObjectIds; keys that are hashes of git. */
const ROW_KEY =
  /^(?:(?:account|child|comment|customer|doc|document|entity|file|group|item|list|node|object|order|org|parent|post|product|project|record|ref|row|team|user)_?)?key$/i
const COMMIT_KEY = /^(?:blob|branch|build|commit|revision|tree)_?key$/i
/** Keys of documents in ArangoDB and Sanity, and of rows in pages. */
const DOCUMENT_KEY = /^(?:_key|data-key)$/
/** The key that git signs with is named by its id or fingerprint: `git config user.signingkey …`. */
const SIGNING_KEY = /^(?:user\.)?signingkey$/i
const KEY_ID = /^(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})!?$/
/** A contract of a token is told by its address. */
const TOKEN_OF_CHAIN = /tokens?[A-Z0-9]?$/i
/** What stands beside the key of an object in S3 (ListObjectsV2, CopyObject) and of a tag. */
const OBJECT_BESIDE =
  /^["']\s{0,4},\s{0,40}["'](?:ETag|LastModified|Size|StorageClass|VersionId|IsLatest|Bucket|ChecksumAlgorithm)["']|^["']?[ \t](?:ttl|hit|miss|hits|misses|expires?|shard|slot|bytes|size)\b/
const OBJECT_BEFORE = /["']Bucket["']\s{0,4}:\s{0,4}["'][\w.-]{3,63}["']\s{0,4},\s{0,40}["']Key["']$/
const CACHE = /cach(?:e|ed|ing)\b/i

/**
 * Whether the text before a name says that no secret of that name follows: it is part of a resource's name, it names a
 * digest, or it is the key of a cache.
 */
export function saysOtherwise(text: string, key: Key, strength: KeyStrength): boolean {
  const before = text.slice(Math.max(0, key.start - REACH), key.start)
  if (strength === 1 && CACHE.test(lastLine(before) + text.slice(key.start, key.end))) return true
  if (!endsId(text, key.start) || !PART_OF_ID.test(before)) return false
  return !/using $/i.test(before) || /^credentials?$/i.test(text.slice(key.start, key.end))
}

/** Whether what `PART_OF_ID` finds may end before `at`: with one of `: / . _ -`, a letter, a digit, or a blank behind a word. */
function endsId(text: string, at: number): boolean {
  const code = text.charCodeAt(at - 1)
  if (code !== 32) return code === 58 || code === 47 || code === 46 || hasClass(text, at - 1, NAME)
  const last = text.charCodeAt(at - 2) | 32
  return last === 103 || last === 110
}

/**
 * Whether the value of a key is an id: an ObjectId of MongoDB (BSON 1.1: seconds since 1970, here of 2009 to 2032,
 * and 16 hex digits) for the key of a row or an element, a hash for the key of a commit, a document or a build, the id of
 * a public key for the one that git signs with, an address for a token of a chain.
 */
export function isRowId(name: string, value: string): boolean {
  if (value.length < 8 || value.length > 64) return false
  if (SIGNING_KEY.test(name)) return KEY_ID.test(name === name.toLowerCase() ? value.toUpperCase() : value)
  if (isAddress(value)) return TOKEN_OF_CHAIN.test(name)
  if (DOCUMENT_KEY.test(name)) return isUuid(value) || /^[0-9a-f]+$/.test(value)
  if (value.length < 24 || !/^[0-9a-f]{24,64}$/.test(value)) return false
  if (COMMIT_KEY.test(name)) return value.length === 40 || value.length === 64
  if (value.length !== 24 || !ROW_KEY.test(name)) return false
  const seconds = Number.parseInt(value.slice(0, 8), 16)
  return seconds >= FIRST_OBJECT_ID && seconds < LAST_OBJECT_ID
}

/** Whether a bare `key` is that of an object in a store, `{"Key":"…","ETag":…}`, or of a cache, `key=… ttl=60`. */
export function isObjectKey(text: string, key: Key, end: number): boolean {
  if (key.end - key.start !== 3) return false
  return (
    OBJECT_BESIDE.test(text.slice(end, end + 70)) ||
    OBJECT_BEFORE.test(text.slice(Math.max(0, key.start - 130), key.end + 1))
  )
}
const FIRST_OBJECT_ID = 1_230_768_000
const LAST_OBJECT_ID = 1_956_528_000

function lastLine(text: string): string {
  return text.slice(text.lastIndexOf("\n") + 1)
}

/** Whether a placeholder of a template is open: a bar behind the name begins a filter and no cell of a table. */
export function isTemplateFilter(text: string, key: Key): boolean {
  const line = lastLine(text.slice(Math.max(0, key.start - REACH), key.start))
  const open = Math.max(line.lastIndexOf("{{"), line.lastIndexOf("{%"), line.lastIndexOf("<%"))
  return open > Math.max(line.lastIndexOf("}}"), line.lastIndexOf("%}"), line.lastIndexOf("%>"))
}

/**
 * Whether `text[start, end)` stands in the list of checksums that CocoaPods writes, behind a name that ends at `nameEnd`:
 * `  KeychainAccess: 40 hex digits`.
 */
export function isChecksum(text: string, nameEnd: number, start: number, end: number): boolean {
  if (end - start !== 40 || !/^[0-9a-f]+$/.test(text.slice(start, end))) return false
  return LISTED_CHECKSUM.test(text.slice(Math.max(0, nameEnd - REACH - 100), nameEnd))
}
