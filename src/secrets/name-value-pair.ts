import { hasClass, LETTER } from "./charset.ts"
import type { Key, Separator } from "./separator.ts"

/** Stands in front of a string that names what another field holds. */
const NAMED =
  /(?:name|key|id|type|field|variable|property|label|header|option)\\{0,3}["']?\s{0,4}[=:]\s{0,4}\\{0,3}["']?(?:\/?[\w.-]{1,30}\/){0,5}$/i
/** An option that hands over the value of the name in front of it. */
const OPTION_AFTER =
  /^["'][ \t]{1,2}(?:--type[ \t=]\w{1,20}[ \t]{1,2})?--(?:value|secret-string)(?:=|[ \t]{1,2})/
const NEXT_VALUE =
  /^\\{0,3}["']?[^{}<>]{0,160}?\b(?:string|parameter|default|secret)?value\\{0,3}["']?\s{0,4}[=:]\s{0,4}/i
const VALUE_BEFORE = /\bvalue\s{0,2}=\s{0,2}(?:"([^"<>]{3,200})"|'([^'<>]{3,200})')[^<>{}]{0,80}$/i
/** `"value": "…"` in front of the name, in the same object. */
const JSON_VALUE_BEFORE =
  /\\{0,3}["']value\\{0,3}["']\s{0,4}:\s{0,4}(\\{0,3}["'])([^"'\\{}<>]{3,200})\1[^{}<>]{0,80}$/i
/** The same in YAML, on the line before: no other item of the list begins between them. */
const YAML_VALUE_BEFORE =
  /(?:^|\n)[ \t]{0,40}(?:- )?value:[ \t]{1,8}(\S{3,200})[ \t]{0,8}\r?\n[ \t]{1,40}(?:name|key):[ \t]{1,8}$/i
/** A string of `serialize` of PHP with its length, behind its key. */
const SERIALIZED = /^\\{0,3}";s:\d{1,6}:(?=\\{0,3}")/
/** `use v as the password`, in front of the last word, in five languages. */
const AS_BEFORE =
  /\b(?:use|using|used|set|enter|type|try|with|utilise[rz]?|utilizar?|usar?|verwende|nutze|benutze|nimm|setze)[ \t]{1,2}["'`]?([^\s"'`]{8,100})["'`]?[ \t]{1,2}(?:as|als|comme|como)(?:[ \t](?:mot[ \t]de|das|le|la|o|el))?(?:[ \t](?:the|your|my|our|its|a|an))?(?:[ \t][a-z]{2,14})?[ \t]$/i
const AS_AFTER = /^(?:$|[\s]{0,2}$|\r?\n|[.,;:!?)](?:\s|$)|[ \t](?:for|to|on|in|and|when|at|if|with|from)\b)/
const ELEMENT_AFTER = /^["'][^<>]{0,80}>/

const SLASH = 47

/** A name and its value as two fields: `key="Password" value="…"`, `{"name": "PASSWORD", "value": "…"}`. */
export function pairOf(text: string, key: Key, rest: string, blank: boolean): Separator | undefined {
  const reach = text.charCodeAt(key.start - 1) === SLASH ? 100 : 24
  const before = text.slice(Math.max(0, key.start - reach), key.start)
  const option = OPTION_AFTER.exec(rest)
  if (option !== null) return { valueAt: key.end + option[0].length, kind: "sign", tight: true }
  if (NAMED.test(before)) {
    const pair = NEXT_VALUE.exec(rest)
    if (pair !== null) return { valueAt: key.end + pair[0].length, kind: "sign", tight: false }
    const from = Math.max(0, key.start - 320)
    const earlier = VALUE_BEFORE.exec(text.slice(from, key.start))
    const value = earlier?.[1] ?? earlier?.[2]
    if (earlier !== null && value !== undefined)
      return { valueAt: from + earlier.index + earlier[0].indexOf(value) - 1, kind: "sign", tight: false }
    const json = earlier === null ? JSON_VALUE_BEFORE.exec(text.slice(from, key.start)) : null
    if (json?.[1] !== undefined && json[2] !== undefined) {
      const valueAt = from + json.index + json[0].indexOf(json[1] + json[2])
      return { valueAt, kind: "sign", tight: false }
    }
    const element = ELEMENT_AFTER.exec(rest)
    if (element !== null && /(?:name|key)\s?=\s?["']$/i.test(before))
      return { valueAt: key.end + element[0].length, kind: "element", tight: false }
  }
  const serialized = SERIALIZED.exec(rest)
  if (serialized !== null) return { valueAt: key.end + serialized[0].length, kind: "sign", tight: false }
  if (!blank) return undefined
  const valueAt = key.end + (/^\\{0,3}["'`][ \t]*/.exec(rest)?.[0].length ?? 0)
  return { valueAt, kind: "loose", tight: false }
}

/** `- name: DB_PASSWORD` and `value: …` on the next line, or on the line before. */
export function yamlPair(text: string, key: Key, lineEnd: number): Separator | undefined {
  if (text.charCodeAt(key.start - 1) > 32) return undefined
  if (!/(?:name|key):[ \t]+$/i.test(text.slice(Math.max(0, key.start - 16), key.start))) return undefined
  const pair = /^\r?\n[ \t]{0,40}(?:value|parametervalue|stringvalue):[ \t]{1,8}/i.exec(
    text.slice(lineEnd, lineEnd + 64),
  )
  if (pair !== null) return { valueAt: lineEnd + pair[0].length, kind: "sign", tight: false }
  const from = Math.max(0, key.start - 320)
  const earlier = YAML_VALUE_BEFORE.exec(text.slice(from, key.start))
  if (earlier?.[1] === undefined) return undefined
  const valueAt = from + earlier.index + earlier[0].indexOf(earlier[1], earlier[0].search(/value:/i) + 6)
  return { valueAt, kind: "sign", tight: false }
}

/** `use v as the password`: the value stands before its name and must speak for itself. */
export function valueAsName(text: string, key: Key): Separator | undefined {
  if (!followsAs(text, key.start)) return undefined
  const from = Math.max(0, key.start - 150)
  if (
    !/[ \t](?:as|als|comme|como)[ \t](?:[a-z]{1,14}[ \t]){0,2}$/i.test(
      text.slice(Math.max(from, key.start - 36), key.start),
    )
  )
    return undefined
  if (!AS_AFTER.test(text.slice(key.end, key.end + 12))) return undefined
  const value = AS_BEFORE.exec(text.slice(from, key.start))
  if (value?.[1] === undefined || !isMixed(value[1])) return undefined
  const valueAt = from + value.index + value[0].indexOf(value[1], 3)
  return { valueAt, kind: "loose", tight: false }
}

/** Whether one of the three words before `at` is `as`, or a word for it; spares most names the patterns. */
function followsAs(text: string, at: number): boolean {
  let end = at - 1
  for (let words = 0; words < 3; words++) {
    let start = end
    while (start > end - 15 && hasClass(text, start - 1, LETTER)) start--
    if (start === end) return false
    if (end - start >= 2 && end - start <= 5 && AS.has(text.slice(start, end).toLowerCase())) return true
    end = start - 1
  }
  return false
}

const AS: ReadonlySet<string> = new Set(["als", "as", "comme", "como"])

/** Two digits, or a digit and a sign that words do not hold. */
function isMixed(value: string): boolean {
  const digits = value.match(/\d/g)?.length ?? 0
  return digits > 1 || (digits === 1 && /[^\w.-]/.test(value))
}
