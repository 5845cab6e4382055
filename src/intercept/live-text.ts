import { LiveDocument } from "./live-document.ts"
import { isSecretProperty, REDACTED } from "./secret-key.ts"

/** A stretch of a text; `ruleId` says what was found there. */
export interface LiveSpan {
  readonly ruleId: string
  readonly start: number
  readonly end: number
}

/** Masks a text that is still growing: the masker, or what stands in for it. */
export interface LiveMask {
  /** Spans of the text that hold secrets, sorted. */
  find(text: string): readonly LiveSpan[]
  /** Masks `from` to `until` as it stands in the whole text; `end` is where it stopped, behind `until` where a secret goes on. */
  maskRange(
    text: string,
    range: { readonly from: number; readonly until: number; readonly also?: readonly LiveSpan[] },
  ): { readonly text: string; readonly end: number }
}

/** What was given out and stays in sight: names and quotes by which what follows is judged. */
const BEHIND = 2048
/** So much of what was given out is looked at once more with the end. */
const GIVEN = 400
/** So much is held back at most; a longer secret is masked in pieces. */
const MAX_HELD = 64 * 1024
/** Values that might follow: what they become a part of has not ended yet. */
const PROBES = ["Xq7Zk2mN9pL4vB8tR3wY6", 'Xq7Zk2mN9pL4vB8tR3wY6"', "Xq7Zk2mN9pL4vB8tR3wY6'"] as const
/** The first or last line of a key, not yet whole: its words have blanks between them. */
const OPEN_HEADER = /(?<![A-Z0-9])-----(?:BEGIN|END)?(?: [A-Z0-9 ]*)?-{0,4}\s?$/
const MAX_HEADER = 80
/** How a JSON document begins, and no list of Markdown or code. */
const DOCUMENT = /^\s*(?:\{\s*["}]|\[\s*["{[])/
const PERHAPS_DOCUMENT = /^\s*(?:[[{]\s*)?$/
/** A string under a name for secrets in JSON, also one that has no end yet, with or without its JSON's own escapes. */
const NAMED = /\\*"((?:[^"\\]|\\[^"]){1,200}?)\\*"\s*:\s*\\*"((?:[^"\\]|\\.)*)/g

/**
 * The text of one field that comes in pieces, a delta of a stream at a time. Gives out, masked, what no later piece can make a
 * part of a secret: whole words, as soon as nothing that has begun before them goes on. Of an answer that is a JSON document
 * nothing comes before its end.
 */
export class LiveText {
  readonly #mask: LiveMask
  readonly #scrub: (text: string) => string
  #behind = ""
  #held = ""
  /** The end of what was given out, masked. */
  #given = ""
  /** Length of what was held when nothing of it could be given out. */
  #triedAt = 0
  /** What all of it goes to where it is a document; undefined until that is known, null where it is none. */
  #document: LiveDocument | null | undefined

  /** @param scrub takes what a text that was cut off holds of a secret out of it */
  constructor(mask: LiveMask, scrub: (text: string) => string) {
    this.#mask = mask
    this.#scrub = scrub
  }

  push(piece: string): void {
    if (this.#document) {
      this.#document.push(piece)
      return
    }
    this.#held += piece
    if (this.#document === undefined && !PERHAPS_DOCUMENT.test(this.#held)) this.#begin()
  }

  /** What can be given out by now, often nothing. */
  take(): string {
    if (this.#document !== null) return ""
    const blank = lastBlank(this.#held, this.#triedAt)
    const isFull = this.#held.length > MAX_HELD
    if (blank === 0 && !isFull) return ""
    const cut = isFull && blank === 0 ? this.#held.length : this.#safeCut(blank, isFull)
    if (cut === 0) {
      this.#triedAt = this.#held.length
      return ""
    }
    return this.#giveOut(cut)
  }

  /** All the rest. What began a secret and was cut off is none to the masker. */
  end(): string {
    if (this.#document) return this.#document.end()
    if (this.#held === "") return ""
    const given = this.#given
    const whole = given + this.#giveOut(this.#held.length)
    const scrubbed = this.#scrub(whole)
    return scrubbed.startsWith(given) ? scrubbed.slice(given.length) : REDACTED
  }

  #begin(): void {
    this.#document = null
    if (!DOCUMENT.test(this.#held)) return
    this.#document = new LiveDocument(this.#scrub)
    this.#document.push(this.#held)
    this.#held = ""
  }

  /** The last blank in what is held behind which nothing goes on that began before it. */
  #safeCut(blank: number, isFull: boolean): number {
    const shift = this.#behind.length
    const text = this.#behind + this.#held.slice(0, blank)
    const found = PROBES.flatMap((probe) => this.#mask.find(text + probe)).concat(this.#named(text))
    const header = OPEN_HEADER.exec(text.slice(-MAX_HEADER))
    let cut = text.length - (header?.[0].length ?? 0)
    // What ends behind the text would go on; and a cut through a secret moves to before it, which may be in another.
    for (let last = -1; last !== cut; ) {
      last = cut
      for (const { start, end } of found) if (start < cut && (end > cut || end >= text.length)) cut = start
      while (cut > shift && !isBlank(text.charCodeAt(cut - 1))) cut--
    }
    if (cut <= shift) return isFull ? blank : 0
    return cut - shift
  }

  #giveOut(cut: number): string {
    const shift = this.#behind.length
    const text = this.#behind + this.#held
    const also = this.#named(text).filter(({ end }) => end > shift)
    const masked = this.#mask.maskRange(text, { from: shift, until: shift + cut, also })
    this.#held = text.slice(masked.end)
    this.#behind = text.slice(Math.max(0, masked.end - BEHIND), masked.end)
    this.#triedAt = 0
    this.#given = (this.#given + masked.text).slice(-GIVEN)
    return masked.text
  }

  #named(text: string): LiveSpan[] {
    const spans: LiveSpan[] = []
    for (const match of text.matchAll(NAMED)) {
      const [whole, name = "", value = ""] = match
      const end = match.index + whole.length
      if (value !== "" && isSecretProperty(name, value, {}))
        spans.push({ ruleId: "keyword", start: end - value.length, end })
    }
    return spans
  }
}

/** Behind the last blank of a text that lies at or behind `from`; 0 where there is none. */
function lastBlank(text: string, from: number): number {
  for (let at = text.length; at > from; at--) if (isBlank(text.charCodeAt(at - 1))) return at
  return 0
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}
