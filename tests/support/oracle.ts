import { gunzipSync } from "node:zlib"
import type { Canary } from "./canary.ts"

/** What was sent, as far as the oracle looks at it: `ProviderRequest` fits. */
export interface SentRequest {
  readonly index: number
  readonly method: string
  readonly url: string
  readonly rawHeaders: readonly string[]
  readonly body: Uint8Array
}

/** A canary found in a request: which one, where, and in what disguise. Never its value. */
export interface Leak {
  readonly canary: string
  readonly request: number
  /** `body@<offset>`, `header <name>` or `url` */
  readonly where: string
  readonly form: string
}

interface Needle {
  readonly form: string
  readonly text: string
  readonly ignoreCase?: true
}

/** Searches URL, headers and body bytes of every request for every canary in every form. */
export function findLeaks(requests: readonly SentRequest[], canaries: readonly Canary[]): readonly Leak[] {
  return requests.flatMap((request) => {
    const places = placesOf(request)
    return canaries.flatMap((canary) =>
      formsOf(canary.value).flatMap((needle) => findNeedle(needle, places, canary, request.index)),
    )
  })
}

/** One line per leak, for a test's failure message. */
export function describeLeaks(leaks: readonly Leak[]): string {
  return leaks
    .map((leak) => `${leak.canary}: request ${leak.request}, ${leak.where}, ${leak.form}`)
    .join("\n")
}

/** Every form in which `value` counts as leaked. */
export function formsOf(value: string): readonly Needle[] {
  const bytes = Buffer.from(value)
  const json = JSON.stringify(value).slice(1, -1)
  const unicode = Array.from(value, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join(
    "",
  )
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")
  const forms: Needle[] = [
    { form: "plain", text: value },
    { form: "json", text: json },
    { form: "json in json", text: JSON.stringify(json).slice(1, -1) },
    { form: "unicode escapes", text: unicode, ignoreCase: true },
    { form: "percent", text: encodeURIComponent(value), ignoreCase: true },
    { form: "percent, every byte", text: percent, ignoreCase: true },
    { form: "hex", text: bytes.toString("hex"), ignoreCase: true },
    { form: "reversed", text: Array.from(value).toReversed().join("") },
    ...[0, 1, 2].flatMap((shift) => base64Forms(bytes, shift)),
  ]
  return forms.filter((needle, index) => forms.findIndex((other) => other.text === needle.text) === index)
}

/**
 * The base64 characters that `bytes` yields when `shift` other bytes stand before it. Characters that also
 * depend on the neighbours are left out, so that any surrounding text is found.
 */
function base64Forms(bytes: Buffer, shift: number): readonly Needle[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "")
  const from = Math.ceil((shift * 8) / 6)
  const to = Math.floor(((shift + bytes.length) * 8) / 6)
  const text = encoded.slice(from, to)
  const urlSafe = text.replaceAll("+", "-").replaceAll("/", "_")
  return [
    { form: `base64, shift ${shift}`, text },
    { form: `base64url, shift ${shift}`, text: urlSafe },
  ]
}

interface Place {
  readonly where: string
  readonly text: string
  readonly lower: string
}

function placesOf(request: SentRequest): readonly Place[] {
  const headers = request.rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [place(`header ${name}`, `${name}: ${request.rawHeaders[index + 1] ?? ""}`)] : [],
  )
  // latin1 keeps one character per byte: offsets are byte offsets and no byte is lost to a decoder.
  const body = Buffer.from(request.body).toString("latin1")
  return [place("url", request.url), ...headers, place("body", body), ...unpacked(request.body)]
}

function unpacked(body: Uint8Array): readonly Place[] {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return []
  return [place("body (gzip)", gunzipSync(body).toString("latin1"))]
}

function place(where: string, text: string): Place {
  return { where, text, lower: text.toLowerCase() }
}

function findNeedle(
  needle: Needle,
  places: readonly Place[],
  canary: Canary,
  request: number,
): readonly Leak[] {
  return places.flatMap((place) => {
    const offset =
      needle.ignoreCase === true
        ? place.lower.indexOf(needle.text.toLowerCase())
        : place.text.indexOf(needle.text)
    if (offset < 0) return []
    const where = place.where.startsWith("body") ? `${place.where}@${offset}` : place.where
    return [{ canary: canary.name, request, where, form: needle.form }]
  })
}
