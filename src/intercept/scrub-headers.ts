import type { ScrubText } from "./scrub-text.ts"
import { mayNameSecret, nameKind, namesCredential, nameWords, REDACTED } from "./secret-key.ts"

// May hold the keys of providers.
const SECRET_HEADER = /^x-portkey-/
// `…-key` is a credential in a header, save the one that makes a retry safe.
const HARMLESS_KEY = /^(?:x-)?(?:stainless-)?idempotency-key$|^sec-websocket-key$|^(?:x-)?prompt-cache-key$/

/** Whether the value of an HTTP header is a credential. `name` in any case. */
export function isSecretHeader(name: string, value: string): boolean {
  const lower = name.toLowerCase()
  if (SECRET_HEADER.test(lower)) return true
  const kind = nameKind(lower)
  if (kind === "secret") return true
  // `x-ratelimit-remaining-tokens: 1200` counts.
  if (kind === "token") return !/^\d{1,12}$/.test(value)
  if (namesCredential(lower)) return true
  return nameWords(lower).at(-1) === "key" && !HARMLESS_KEY.test(lower)
}

/**
 * Headers as a capture stores them: names in lower case, repeated ones joined by `, ` (RFC 9110 section 5.3),
 * credentials as `[REDACTED]`, every other value through `scrubText`.
 */
export function scrubHeaders(
  headers: Iterable<readonly [string, string]>,
  scrubText: ScrubText,
): Record<string, string> {
  const result = new Map<string, string>()
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    const stored = isSecretHeader(key, value)
      ? REDACTED
      : scrubText(value, mayNameSecret(key) ? key : undefined)
    const before = result.get(key)
    result.set(key, before === undefined || before === REDACTED ? stored : `${before}, ${stored}`)
  }
  return Object.fromEntries(result)
}
