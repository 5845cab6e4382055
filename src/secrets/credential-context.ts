import { encodesText, isIdentifierShape } from "./id-shape.ts"
import { isSequence } from "./token-shape.ts"
import { passes } from "./validators.ts"

/** How much of the text before a vendor's name is read with it: `api key for <vendor>`. */
const BEFORE = 24

/** Names that say that their value is a credential: `apikey`, `x-auth-token`, `clientSecret2`; `keycloak` is none. */
const CREDENTIAL =
  /^(?:\w*(?:key|token|secret|password|passwd|passphrase|pwd|credentials?|apikeys?|auth|dsn)s?\d?|pass|pat|sk|psk|login|access|jwt|bearer|authorization|cookie|license)$/
const NO_CREDENTIAL = /(?:mon|don|tur|hoc|joc|whis|hon|hot)keys?$/

/** Words that say that what follows names a thing: a build, a request, an account. */
const THING =
  /^(?:\w*(?:[gu]?uid|hash|digest|checksum|fingerprint|commit|revision|version)|ids?|arn|rev|build|release|deploy|deployed|deployment|request|req|session|trace|span|job|run|pipeline|workflow|event|issue|tenant|account|project|org|organization|user|team|site|zone|resource|instance|image|snapshot|container|etag|branch|tag|ref|log|logs|point|object|node|device|order|customer|transaction|batch|message|model|dataset|backup|(?:access)?keyid|appid|clientid|publickey|fingerprints)$/

/** Words between a credential's name and its value that say nothing: fillers, and types of a declaration. */
const FILLER =
  /^(?:is|was|are|to|the|a|an|as|of|for|my|our|your|value|string|str|text|const|let|var|env|new|default|live|prod|production|test|dev|\d+)$/

/** A further pair of a name and a value begins: what was said before it is not said of its value. */
const NEXT_PAIR =
  /[,;\n]\s{0,9}["']?[\w.-]{1,40}["']?\s{0,3}[:=](?!:)|[:=] ?["']?[\w.$-]{1,40}["']?[,;\s]\s?["']?[\w.-]{1,40}["']?\s?[:=]/

/** Hex digits with or without hyphens, or a number: what ids and digests are made of. */
const ID_ALPHABET = /^[0-9a-f]+(?:-[0-9a-f]+)*$|^[0-9A-F]+(?:-[0-9A-F]+)*$|^\d+$/

/** A name with its value, which the alphabets with an equals sign match. */
const PAIR = /^[A-Za-z]{2}\w*=\w/

/** How many words may stand between the name of a credential and the separator before its value. */
const MOST_WORDS = 3

/**
 * Whether `text[start, end)`, found in the shape that a vendor's keys have and near the vendor's name at `nameAt`,
 * is a key and not the id of a thing of that vendor. What looks like an id (hex, UUID, number) needs a word with
 * them that says it is a credential; what else looks generated needs none.
 */
export function isBesideCredential(text: string, nameAt: number, start: number, end: number): boolean {
  // The letter of an escaped tab or line break is no word.
  const context = text.slice(contextStart(text, nameAt), start).replace(/\\[nrt]/g, "  ")
  const value = text.slice(start, end)
  const said = PAIR.test(value) ? false : whatIsSaid(context)
  if (said !== undefined) return said
  if (ID_ALPHABET.test(value) || encodesText(value)) return false
  return isSequence(value, 0, value.length) || (!isIdentifierShape(value) && isGenerated(value))
}

/** No words: many digits, or characters in an order that no language has. */
function isGenerated(value: string): boolean {
  const digits = value.replace(/\D/g, "").length
  return digits * 4 >= value.length || passes("random", value)
}

/**
 * Whether the value behind `context` is said to be a credential: `api key is`, `TOKEN=`, `secret for prod:`, but not
 * `fix token refresh (` or `token of commit`. Undefined where nothing is said of it.
 */
export function whatIsSaid(context: string): boolean | undefined {
  const words = wordsOf(context)
  const at = words.findLastIndex(({ word }) => CREDENTIAL.test(word) && !NO_CREDENTIAL.test(word))
  const named = words[at]
  const rest = words.slice(at + 1).filter(({ word }) => !FILLER.test(word))
  if (THING.test(rest.at(-1)?.word ?? "")) return false
  if (named === undefined) return undefined
  if (rest.length === 0) return true
  if (rest.length > MOST_WORDS || NEXT_PAIR.test(context.slice(named.end))) return undefined
  return /(?:[:=]|\w\()[\s"'`\\]*$/.test(context) ? true : undefined
}

interface Word {
  readonly word: string
  readonly end: number
}

/** One word each, however its letters are cased: `accessKey`, `APIKey`, `accessKEy`. */
const WHOLE = /(?:key|token|secret|password)s?\d*$/i

/** The words of a text, in lower case, those of `camelCase` and `snake_case` names one by one. */
function wordsOf(context: string): Word[] {
  const words: Word[] = []
  for (const { 0: run, index } of context.matchAll(/[A-Za-z]+\d*|\d+/g)) {
    const parts = WHOLE.test(run) ? [run] : (run.match(/[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g) ?? [])
    for (const part of parts) words.push({ word: part.toLowerCase(), end: index + run.length })
  }
  return words
}

/** The beginning of the statement in which the name stands, at most BEFORE characters before it. */
function contextStart(text: string, nameAt: number): number {
  const from = Math.max(0, nameAt - BEFORE)
  const cut = Math.max(
    ...["\n", ";", "{", "}", "|"].map((mark) => text.slice(from, nameAt).lastIndexOf(mark)),
  )
  return from + cut + 1
}
