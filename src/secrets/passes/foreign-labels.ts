import { FOREIGN_LABEL, FOREIGN_LABELS } from "../beyond-ascii.ts"
import { hasClass, LETTER } from "../charset.ts"
import type { KeyName } from "../key-name.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import { readSeparator } from "../separator.ts"
import { acceptsValue } from "../value-filter.ts"
import { readValue, trimmed } from "../value-reader.ts"
import type { TextCodes } from "../walker.ts"

/** How far before its last word a label may begin, and how far behind it goes on. */
const BEFORE = 24
const AFTER = 40
/** German and Dutch put what a key is for in front of it, as Russian and Polish may. */
const IN_FRONT =
  /(?:^|[^\p{L}\d_])(?:(?:api|app|client|service|dienst|zugangs|zugriffs|geheim|signatur|entwickler|toegangs|secret|access|master)[ -]?|(?:geheimer|privater|geheime|privé|секретный|секретным|приватный)[ ])$/iu
/** What a key is for, behind the word for it: `clé d'API`, `clave secreta`, `chave de acesso`, `jeton d'accès`. */
const BEHIND =
  /^(?:[ \t](?:de[ \t](?:la[ \t]|l['’])?|d['’]|d[aoi][ \t]|di[ \t]|dell['’])?(?:api|acc[eè]s|acceso|acesso|accesso|dost[eę]pu|secr[eè]te|secreta|segreta|priv[eé]e|privada|privata|tajny|prywatny|authentification|chiffrement|signature|cifrado|доступа)(?![\p{L}\d_]))/iu
const WORD_START = /(?:^|[^\p{L}\d_])$/u
/** What such a name says: what follows is a token. */
const TOKEN_NAME: KeyName = { strength: 2, named: true, verb: false, madeUp: false }

class ForeignLabelsRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  readonly #codes: TextCodes
  #doneTo = 0

  constructor(text: string, emit: Emit, codes: TextCodes) {
    this.#text = text
    this.#emit = emit
    this.#codes = codes
  }

  hit(start: number, end: number): void {
    this.#label(start, end)
  }

  finish(): void {
    if ((this.#codes.beyond & FOREIGN_LABEL) === 0) return
    const text = this.#text
    for (const word of FOREIGN_LABELS) {
      this.#doneTo = 0
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
        this.#label(at, at + word.length)
    }
  }

  #label(start: number, wordEnd: number): void {
    if (start < this.#doneTo) return
    const text = this.#text
    const behind = BEHIND.exec(text.slice(wordEnd, wordEnd + AFTER))
    // A word goes on behind these letters.
    if (behind === null && (hasClass(text, wordEnd, LETTER) || text.charCodeAt(wordEnd) > 0xbf)) return
    const before = text.slice(Math.max(0, start - BEFORE), start)
    if (!(behind === null ? IN_FRONT : WORD_START).test(before)) return
    const key = { start, end: wordEnd + (behind?.[0].length ?? 0) }
    this.#doneTo = key.end
    const separator = readSeparator(text, key)
    if (separator === undefined || !(separator.kind === "sign" || separator.kind === "loose")) return
    const raw = readValue(text, key, separator, false)
    if (raw === undefined) return
    const span = trimmed(text, raw)
    const style = { quoted: span.quoted, line: false, loose: !span.quoted, exact: false }
    if (!acceptsValue(text.slice(span.start, span.end), TOKEN_NAME, style)) return
    this.#emit("keyword-label", span.start, span.end)
    this.#doneTo = span.end
  }
}

/** Tokens behind what German, French, Spanish, Portuguese, Italian, Dutch, Polish and Russian call an API key. */
export const foreignLabelsPass: Pass = {
  detectors: [
    {
      id: "keyword-label",
      title: "Value behind a word for API keys in another language than English",
      source: "https://github.com/Yelp/detect-secrets (KeywordDetector)",
      label: "KeywordDetector",
    },
  ],
  keywords: ["geheimnis", "jeton", "clave", "chave", "chiave", "klucz", "sleutel"],
  begin: (text, emit, codes) => new ForeignLabelsRun(text, emit, codes),
}
