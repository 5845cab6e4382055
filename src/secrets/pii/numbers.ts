import { ALNUM, CLASSES, DIGIT, hasClass, HEX, skipRight, UPPER } from "../charset.ts"
import type { Emit, Pass, PassRun } from "../pass.ts"
import type { Detector } from "../rule.ts"
import { cardAt } from "./card.ts"
import { ibanAt } from "./iban.ts"
import { lettersIdAt, nationalIdAt, ssnAt } from "./national-id.ts"
import { ipv4At, ipv6At, macAt } from "./network.ts"
import type { NumberMatch } from "./number-context.ts"
import { phoneAt } from "./phone.ts"

/** Kinds that are found by walking over the words of a text that hold digits. */
export type NumberKind = "card" | "iban" | "ip" | "mac" | "national-id" | "phone" | "ssn"

export const numberDetectors: Readonly<Record<NumberKind, Detector>> = {
  iban: {
    id: "iban",
    title: "Bank account number (IBAN)",
    source: "https://www.swift.com/standards/data-standards/iban-international-bank-account-number",
    label: "IbanDetector",
  },
  card: {
    id: "card",
    title: "Payment card number",
    source: "https://www.iso.org/standard/70484.html",
    label: "CardDetector",
  },
  ssn: {
    id: "ssn",
    title: "US Social Security number",
    source: "https://www.ssa.gov/employer/randomization.html",
    label: "SsnDetector",
  },
  "national-id": {
    id: "national-id",
    title: "National identity, tax or insurance number",
    source:
      "https://taxation-customs.ec.europa.eu/taxation/tax-transparency-cooperation/tax-identification-numbers-tin_en",
    label: "NationalIdDetector",
  },
  phone: {
    id: "phone",
    title: "Telephone number",
    source: "https://www.itu.int/rec/T-REC-E.164",
    label: "PhoneDetector",
  },
  ip: {
    id: "ip",
    title: "Public IP address",
    source: "https://www.rfc-editor.org/rfc/rfc6890",
    label: "IpDetector",
  },
  mac: {
    id: "mac",
    title: "MAC address",
    source: "https://www.rfc-editor.org/rfc/rfc7042",
    label: "MacDetector",
  },
}

const PLUS = 43
const OPEN = 40

/** One walk for all kinds that are wanted: their cost is that of reading the text once. */
class NumberRun implements PassRun {
  readonly #text: string
  readonly #emit: Emit
  readonly #kinds: ReadonlySet<NumberKind>

  constructor(text: string, emit: Emit, kinds: ReadonlySet<NumberKind>) {
    this.#text = text
    this.#emit = emit
    this.#kinds = kinds
  }

  hit(): void {}

  finish(): void {
    const text = this.#text
    let i = 0
    while (i < text.length) {
      const code = text.charCodeAt(i)
      const isWord = code < 128 && ((CLASSES[code] ?? 0) & ALNUM) !== 0
      if (!isWord && code !== PLUS && code !== OPEN) {
        i++
        continue
      }
      const found = isWord ? this.#word(this.#wordStart(i)) : this.#sign(i)
      if (found !== undefined) this.#emit(found.ruleId, found.start, found.end)
      i = found?.end ?? (isWord ? skipRight(text, i, ALNUM, text.length) : i + 1)
    }
  }

  /** The `n` of an escaped line feed is no part of the word behind it. */
  #wordStart(start: number): number {
    return this.#text.charAt(start - 1) === "\\" && /^[nrt]/.test(this.#text.charAt(start))
      ? start + 1
      : start
  }

  #sign(at: number): NumberMatch | undefined {
    return this.#kinds.has("phone") && hasClass(this.#text, at + 1, DIGIT)
      ? phoneAt(this.#text, at)
      : undefined
  }

  #word(start: number): NumberMatch | undefined {
    if (hasClass(this.#text, start, DIGIT)) return this.#colons(start) ?? this.#number(start)
    if (hasClass(this.#text, start, HEX)) {
      const found = this.#colons(start)
      if (found !== undefined) return found
    }
    return this.#letters(start)
  }

  #letters(start: number): NumberMatch | undefined {
    const text = this.#text
    if (this.#kinds.has("iban") && hasClass(text, start + 2, DIGIT) && hasClass(text, start + 3, DIGIT)) {
      const found = ibanAt(text, start)
      if (found !== undefined) return found
    }
    const isWanted =
      this.#kinds.has("national-id") && (hasClass(text, start, UPPER) || hasClass(text, start + 6, DIGIT))
    return isWanted ? lettersIdAt(text, start) : undefined
  }

  /** Hex digits and then a separator of MAC and IPv6 addresses. */
  #colons(start: number): NumberMatch | undefined {
    const text = this.#text
    const length = skipRight(text, start, HEX, start + 5) - start
    const next = text.charAt(start + length)
    if (
      this.#kinds.has("mac") &&
      ((length === 2 && (next === ":" || next === "-")) || (length === 4 && next === "."))
    )
      return macAt(text, start)
    return this.#kinds.has("ip") && length === 4 && next === ":" && "23".includes(text.charAt(start))
      ? ipv6At(text, start)
      : undefined
  }

  #number(start: number): NumberMatch | undefined {
    const text = this.#text
    const kinds = this.#kinds
    const length = skipRight(text, start, DIGIT, start + 20) - start
    if (kinds.has("card") && (length === 4 || length >= 12)) {
      const card = cardAt(text, start)
      if (card !== undefined) return card
    }
    if (kinds.has("national-id")) {
      const id = nationalIdAt(text, start, length)
      if (id !== undefined) return id
    }
    if (kinds.has("ssn") && (length === 3 || length === 9)) {
      const ssn = ssnAt(text, start)
      if (ssn !== undefined) return ssn
    }
    if (kinds.has("ip") && length <= 3 && text.charAt(start + length) === ".") {
      const ip = ipv4At(text, start)
      if (ip !== undefined) return ip
    }
    return kinds.has("phone") && length < 16 ? phoneAt(text, start) : undefined
  }
}

/** A pass for the wanted kinds of numbers. */
export function numberPass(kinds: readonly NumberKind[]): Pass {
  const wanted = new Set(kinds)
  return {
    detectors: kinds.map((kind) => numberDetectors[kind]),
    keywords: [],
    begin: (text, emit) => new NumberRun(text, emit, wanted),
  }
}
