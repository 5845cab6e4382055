import type { Emit, Pass, PassRun } from "../pass.ts"

/** A 4096-bit RSA key as a JWK has 3.2 kB. */
const MAX_REACH = 6 * 1024
const KEY_TYPE = /^kty\\{0,7}["']?\s{0,8}[:=]\s{0,8}\\{0,7}["']?(RSA|EC|OKP|AKP|oct)\b/
/** Private members of RFC 7518 sections 6.2.2, 6.3.2, 6.4.1 and of RFC 8037; `priv` of AKP. */
const MEMBER = /["'](d|p|q|dp|dq|qi|k|priv)\\{0,7}["']\s{0,8}:\s{0,8}\\{0,7}["']([A-Za-z0-9_-]{16,4096})/g

class JwkRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  #doneTo = 0

  constructor(text: string, emit: Emit) {
    this.#text = text
    this.#emit = emit
  }

  hit(start: number): void {
    const text = this.#text
    if (start < this.#doneTo) return
    const type = KEY_TYPE.exec(text.slice(start, start + 60))
    if (type === null) return
    const before = text.slice(Math.max(this.#doneTo, start - MAX_REACH), start)
    const from = start - before.length + before.lastIndexOf("{") + 1
    const after = text.slice(start, start + MAX_REACH)
    const close = after.indexOf("}")
    const to = close === -1 ? start + after.length : start + close
    this.#doneTo = to
    for (const match of text.slice(from, to).matchAll(MEMBER)) {
      const [whole, name, value = ""] = match
      if ((name === "k") !== (type[1] === "oct")) continue
      const end = from + match.index + whole.length
      this.#emit("jwk-private", end - value.length, end)
    }
  }
}

/** The private members of JSON Web Keys. */
export const jwkPass: Pass = {
  detectors: [
    {
      id: "jwk-private",
      title: "Private part of a JSON Web Key",
      source: "https://www.rfc-editor.org/rfc/rfc7518#section-6",
      label: "PrivateKeyDetector",
    },
  ],
  keywords: ["kty"],
  begin: (text, emit) => new JwkRun(text, emit),
}
