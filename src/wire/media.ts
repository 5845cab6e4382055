import { Buffer } from "node:buffer"
import type { TextVisitor } from "./dialect.ts"

const TEXT_TYPE =
  /^(?:text\/.*|application\/(?:json|json5|jsonl|ndjson|xml|yaml|toml|javascript|typescript|ecmascript|sql|graphql|csv|rtf|x-(?:ndjson|jsonlines|yaml|sh|shellscript|httpd-php|www-form-urlencoded|pem-file|sql|toml|env|javascript|typescript|python|perl|ruby))|.*\+(?:json|xml|yaml)|message\/.*)$/
const BINARY_TYPE =
  /^(?:image|audio|video|font|model)\/|^application\/(?:pdf|zip|gzip|x-tar|x-7z-compressed|msword|vnd\.(?:ms-|openxmlformats|oasis))/
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/
const DATA_URL = /^data:([^,;]*)((?:;[^,;]*)*),/i

/** Below this a base64-looking string may as well be plain text, or a secret; above it, it is a payload. */
export const MIN_PAYLOAD_CHARS = 1024

/**
 * Visits the text inside a base64 payload. Payloads of textual media types are decoded, visited and encoded
 * again only when the visitor changed them; images, audio, video, PDF and archives are answered untouched. Where
 * the type is missing or says nothing (`application/octet-stream`), what decodes to readable text is text.
 */
export function mapBase64(data: string, mediaType: string | undefined, visit: TextVisitor): string {
  const type = (mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? ""
  const textual = TEXT_TYPE.test(type)
  if (!textual && BINARY_TYPE.test(type)) return data
  const compact = data.replaceAll(/[\r\n]+/g, "")
  // What is not base64 at all is text in the wrong place.
  if (!BASE64.test(compact)) return visit(data, {})
  const decoded = decodeText(Buffer.from(compact, "base64"))
  if (!textual && (decoded.encoding === "latin1" || !isReadable(decoded.text))) return data
  const text = visit(decoded.text, {})
  if (text !== decoded.text) return Buffer.from(text, decoded.encoding).toString("base64")
  // A short word that decodes to no UTF-8 was probably never encoded.
  return decoded.encoding === "latin1" && data.length < MIN_PAYLOAD_CHARS ? visit(data, {}) : data
}

/** Whether `text` is a `data:` URL. */
export function isDataUrl(text: string): boolean {
  return DATA_URL.test(text.slice(0, 256))
}

/** Visits the text inside a `data:` URL of a textual media type (RFC 2397); other URLs are visited as they are. */
export function mapUrl(url: string, visit: TextVisitor): string {
  const head = DATA_URL.exec(url)
  if (head === null) return visit(url, {})
  const [prefix, type = "", parameters = ""] = head
  const data = url.slice(prefix.length)
  if (/;\s*base64\s*$/i.test(parameters)) return prefix + mapBase64(data, type, visit)
  if (BINARY_TYPE.test(type.toLowerCase()) && !TEXT_TYPE.test(type.toLowerCase())) return url
  const decoded = decodePercent(data)
  const text = visit(decoded, {})
  return text === decoded ? url : prefix + encodeURIComponent(text)
}

type TextEncoding = "utf8" | "utf16le" | "latin1"

function decodeText(bytes: Buffer): { readonly text: string; readonly encoding: TextEncoding } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: bytes.toString("utf16le"), encoding: "utf16le" }
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
    return { text: decoder.decode(bytes), encoding: "utf8" }
  } catch {
    // Any byte string is valid latin1, so text in an old code page is still searched, and goes back byte by byte.
    return { text: bytes.toString("latin1"), encoding: "latin1" }
  }
}

function isReadable(text: string): boolean {
  return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
