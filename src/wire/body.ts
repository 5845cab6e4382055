import { isJsonObject, type JsonObject, parseJson } from "../base/json.ts"

/**
 * Whether the first character after white space (and a byte order mark) opens a JSON object. Costs nothing on
 * uploads and forms, so it stands before every parse.
 */
export function looksLikeJsonObject(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09 || code === 0xfeff) continue
    return code === 0x7b
  }
  return false
}

/** The JSON object that `text` holds, or `undefined` where it holds anything else. Never throws. */
export function parseJsonObject(text: string): JsonObject | undefined {
  if (!looksLikeJsonObject(text)) return undefined
  const value = parseJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  return isJsonObject(value) ? value : undefined
}
