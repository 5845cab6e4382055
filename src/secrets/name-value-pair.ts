import type { Key, Separator } from "./separator.ts"

/** Stands in front of a string that names what another field holds. */
const NAMED =
  /(?:name|key|id|type|field|variable|property|label|header|option)\\{0,3}["']?\s{0,4}[=:]\s{0,4}\\{0,3}["']?$/i
const NEXT_VALUE =
  /^\\{0,3}["']?[^{}<>]{0,160}?\b(?:string|parameter|default|secret)?value\\{0,3}["']?\s{0,4}[=:]\s{0,4}/i
const VALUE_BEFORE = /\bvalue\s{0,2}=\s{0,2}(?:"([^"<>]{3,200})"|'([^'<>]{3,200})')[^<>{}]{0,80}$/i
const ELEMENT_AFTER = /^["'][^<>]{0,80}>/

/** A name and its value as two fields: `key="Password" value="…"`, `{"name": "PASSWORD", "value": "…"}`. */
export function pairOf(text: string, key: Key, rest: string, blank: boolean): Separator | undefined {
  const before = text.slice(Math.max(0, key.start - 24), key.start)
  if (NAMED.test(before)) {
    const pair = NEXT_VALUE.exec(rest)
    if (pair !== null) return { valueAt: key.end + pair[0].length, kind: "sign", tight: false }
    const from = Math.max(0, key.start - 320)
    const earlier = VALUE_BEFORE.exec(text.slice(from, key.start))
    const value = earlier?.[1] ?? earlier?.[2]
    if (earlier !== null && value !== undefined)
      return { valueAt: from + earlier.index + earlier[0].indexOf(value) - 1, kind: "sign", tight: false }
    const element = ELEMENT_AFTER.exec(rest)
    if (element !== null && /(?:name|key)\s?=\s?["']$/i.test(before))
      return { valueAt: key.end + element[0].length, kind: "element", tight: false }
  }
  if (!blank) return undefined
  const valueAt = key.end + (/^\\{0,3}["'`][ \t]*/.exec(rest)?.[0].length ?? 0)
  return { valueAt, kind: "loose", tight: false }
}

/** `- name: DB_PASSWORD` and `value: …` on the next line. */
export function yamlPair(text: string, key: Key, lineEnd: number): Separator | undefined {
  if (!/(?:name|key):[ \t]+$/i.test(text.slice(Math.max(0, key.start - 16), key.start))) return undefined
  const pair = /^\r?\n[ \t]{0,40}(?:value|parametervalue|stringvalue):[ \t]{1,8}/i.exec(
    text.slice(lineEnd, lineEnd + 64),
  )
  return pair === null ? undefined : { valueAt: lineEnd + pair[0].length, kind: "sign", tight: false }
}
