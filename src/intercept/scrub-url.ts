import type { ScrubText } from "./scrub-text.ts"
import { mayNameSecret, nameKind, namesCredential, REDACTED } from "./secret-key.ts"

// Parameters that carry a credential though their name alone would not say so (Google `key`, Azure SAS `sig`,
// OAuth `code`, AWS presigned `X-Amz-Credential`).
const SECRET_PARAMETER = /^(?:key|sig|signature|code|sas|auth|pass|x-amz-(?:signature|credential))$/i

/**
 * A URL as a capture stores it: user information and credential parameters (query and fragment) as `[REDACTED]`,
 * everything else through `scrubText`, otherwise character by character as it was. Takes any text.
 */
export function scrubUrl(url: string, scrubText: ScrubText): string {
  const hashAt = url.indexOf("#")
  const beforeHash = hashAt < 0 ? url : url.slice(0, hashAt)
  const queryAt = beforeHash.indexOf("?")
  const path = queryAt < 0 ? beforeHash : beforeHash.slice(0, queryAt)
  const query = queryAt < 0 ? "" : `?${scrubParameters(beforeHash.slice(queryAt + 1), scrubText)}`
  const hash = hashAt < 0 ? "" : `#${scrubParameters(url.slice(hashAt + 1), scrubText)}`
  return scrubText(withoutUserInfo(path)) + query + hash
}

function withoutUserInfo(path: string): string {
  return path.replace(/^([a-z][a-z0-9+.-]*:)?\/\/[^/]*@/i, (_match, scheme: string | undefined) => {
    return `${scheme ?? ""}//${REDACTED}@`
  })
}

function scrubParameters(query: string, scrubText: ScrubText): string {
  return query
    .split("&")
    .map((pair) => scrubParameter(pair, scrubText))
    .join("&")
}

function scrubParameter(pair: string, scrubText: ScrubText): string {
  const equals = pair.indexOf("=")
  if (equals < 0) return scrubText(pair)
  const name = pair.slice(0, equals)
  const value = pair.slice(equals + 1)
  if (value === "") return pair
  const decodedName = decoded(name)
  if (isSecretParameter(decodedName, value)) return `${name}=${REDACTED}`
  const plain = decoded(value)
  const scrubbed = scrubText(plain, mayNameSecret(decodedName) ? decodedName : undefined)
  return scrubbed === plain ? pair : `${name}=${scrubbed}`
}

/** Whether the value of a query or fragment parameter is a credential. `name` decoded. */
export function isSecretParameter(name: string, value: string): boolean {
  if (SECRET_PARAMETER.test(name)) return true
  const kind = nameKind(name)
  if (kind === "token") return !/^\d{1,12}$/.test(value)
  return kind === "secret" || namesCredential(name)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "))
  } catch {
    return text
  }
}
