import { hasClass, NAME } from "./charset.ts"
import type { KeyStrength } from "./key-name.ts"
import type { Key } from "./separator.ts"

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
const COMMIT_KEY = /^(?:blob|branch|commit|revision|tree)_?key$/i
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
 * and 16 hex digits) for the key of a row or an element, a hash for the key of a commit.
 */
export function isRowId(name: string, value: string): boolean {
  if (value.length < 24 || value.length > 64 || !/^[0-9a-f]{24,64}$/.test(value)) return false
  if (COMMIT_KEY.test(name)) return value.length === 40 || value.length === 64
  if (value.length !== 24 || !ROW_KEY.test(name)) return false
  const seconds = Number.parseInt(value.slice(0, 8), 16)
  return seconds >= FIRST_OBJECT_ID && seconds < LAST_OBJECT_ID
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

/** Whether name and value stand in the list of checksums that CocoaPods writes: `  KeychainAccess: 40 hex digits`. */
export function isChecksum(text: string, key: Key, value: string): boolean {
  if (value.length !== 40 || !/^[0-9a-f]+$/.test(value)) return false
  return LISTED_CHECKSUM.test(text.slice(Math.max(0, key.start - REACH - 60), key.end))
}
