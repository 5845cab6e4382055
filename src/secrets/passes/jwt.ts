import { hasClass, startsToken, TOKEN } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { passes } from "../validators.ts"

const MAX_JWT = 16 * 1024

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
    const end = runEnd(text, start)
    this.#doneTo = end
    if (end - start < 20 || !text.slice(start, end).includes(".")) return
    if (passes("jwt", text.slice(start, end))) this.#emit("jwt", start, end)
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

/** JSON Web Tokens whose header and payload decode. */
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
