import { hasClass, startsToken, TOKEN } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { passes } from "../validators.ts"

const MAX_JWT = 16 * 1024
/** Characters of a payload below which an example cannot be told from a token that was cut off. */
const MIN_PAYLOAD = 8

class JwtRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number): void {
    const text = this.#text
    if (start < this.#doneTo || !text.startsWith("eyJ", start) || !startsToken(text, start)) return
    const end = withoutDots(text, runEnd(text, start))
    this.#doneTo = end
    const token = text.slice(start, end)
    if (end - start < 20 || !token.includes(".")) return
    if (passes("jwt", token) || isCutOff(token)) this.#emit("jwt", start, end)
  }
}

/** End of up to five base64url segments joined by full stops. */
function runEnd(text: string, start: number): number {
  const stop = Math.min(text.length, start + MAX_JWT)
  let i = start
  while (i < stop) {
    const code = text.charCodeAt(i)
    if (code === 46 ? !hasClass(text, i + 1, TOKEN) : !hasClass(text, i, TOKEN) || code === 43 || code === 47)
      break
    i++
  }
  return i
}

/** Full stops at the end belong to a sentence, or stand for what is not shown. */
function withoutDots(text: string, end: number): number {
  let i = end
  while (text.charCodeAt(i - 1) === 46) i--
  return i
}

/** A token whose header names an algorithm and whose payload begins as JSON, although it ends before it decodes. */
function isCutOff(token: string): boolean {
  const [header = "", payload = "", ...rest] = token.split(".")
  if (rest.length > 0 || payload.length < MIN_PAYLOAD || !payload.startsWith("eyJ")) return false
  try {
    return /"alg"\s{0,4}:/.test(atob(header.replaceAll("-", "+").replaceAll("_", "/")))
  } catch {
    return false
  }
}

/** JSON Web Tokens whose header and payload decode, and those that were cut off in the payload. */
export const jwtPass: Pass = {
  detectors: [
    {
      id: "jwt",
      title: "JSON Web Token",
      source: "https://www.rfc-editor.org/rfc/rfc7519",
      label: "JwtTokenDetector",
    },
  ],
  keywords: ["eyj"],
  begin: (text, emit) => new JwtRun(text, emit),
}
