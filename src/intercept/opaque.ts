import type { JsonObject, JsonValue } from "../base/json.ts"
import { words } from "./secret-key.ts"

// What signs or encrypts thinking. A bare `signature` is one only beside what it signs.
const OPAQUE_NAMES: ReadonlySet<string> = words(`
  thoughtSignature thought_signature encrypted_content redactedContent
`)
const SIGNED: readonly string[] = ["thinking", "text"]
const SIGNED_TYPES: ReadonlySet<JsonValue | undefined> = new Set(["thinking", "signature_delta"])
const ENCRYPTED_TYPES: ReadonlySet<JsonValue | undefined> = new Set([
  "redacted_thinking",
  "reasoning.encrypted",
])
const MEDIA_TYPE = /^(?:image|audio|video)\/|^application\/pdf$/
const MEDIA_URL = /^data:(?:image|audio|video)\/[\w.+-]+;base64,/
const NOT_BASE64 = /[^A-Za-z0-9+/=_-]/

/**
 * Whether a property is no text: signatures, encrypted thinking, media. A hit in there would be chance, and the mask
 * never looks. Only base64 counts: anything else under such a name is looked at.
 */
export function isOpaque(name: string, value: JsonValue, owner: JsonObject): boolean {
  if (typeof value !== "string") return false
  const mediaUrl = MEDIA_URL.exec(value)
  if (mediaUrl) return !NOT_BASE64.test(value.slice(mediaUrl[0].length))
  return isOpaqueName(name, owner) && !NOT_BASE64.test(value)
}

function isOpaqueName(name: string, owner: JsonObject): boolean {
  if (OPAQUE_NAMES.has(name)) return true
  if (name === "signature") return SIGNED_TYPES.has(owner.type) || SIGNED.some((signed) => signed in owner)
  return (name === "data" || name === "bytes") && isMedia(owner)
}

// Anthropic `{media_type, data}`, Gemini `{mimeType, data}`; encrypted thinking of Anthropic and OpenRouter.
function isMedia(owner: JsonObject): boolean {
  if (ENCRYPTED_TYPES.has(owner.type)) return true
  const type = owner.media_type ?? owner.mimeType ?? owner.mime_type
  return typeof type === "string" && MEDIA_TYPE.test(type)
}
