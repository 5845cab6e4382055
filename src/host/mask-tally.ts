import type { MaskFinding, Masker } from "../redact/masker.ts"

/** Masks the texts of one hook call and adds up what happened, for one audit line. */
export class MaskTally {
  readonly #masker: Masker
  readonly #findings: MaskFinding[] = []
  #bytesIn = 0
  #bytesOut = 0
  #texts = 0
  #textsChanged = 0

  constructor(masker: Masker) {
    this.#masker = masker
  }

  /** Masks one text. `name` is the property it is the value of. */
  text(text: string, name?: string): string {
    const masked = this.#masker.mask(text, name === undefined ? undefined : { name })
    this.#texts += 1
    this.#bytesIn += Buffer.byteLength(text)
    this.#bytesOut += masked.text === text ? Buffer.byteLength(text) : Buffer.byteLength(masked.text)
    if (masked.text !== text) this.#textsChanged += 1
    this.#findings.push(...masked.findings)
    return masked.text
  }

  /**
   * Masks texts of which each goes on where the one before ended, if a secret is split over some; else they are answered as
   * they are, for each to be masked on its own.
   */
  adjacent(texts: readonly string[]): readonly string[] {
    if (texts.length < 2) return texts
    const masked = this.#masker.maskTexts(texts)
    if (!masked.split) return texts
    this.#textsChanged += masked.fieldsChanged
    this.#findings.push(...masked.findings)
    return masked.texts
  }

  /**
   * Masks every string and key in `value` (plain objects and arrays; anything else is left alone). Answers the
   * same value when nothing changed.
   */
  deep(value: unknown, name?: string): unknown {
    if (typeof value === "string") return this.text(value, name)
    if (Array.isArray(value)) return this.#array(value, name)
    return isPlainObject(value) ? this.#object(value) : value
  }

  get findings(): readonly MaskFinding[] {
    return this.#findings
  }

  get bytesIn(): number {
    return this.#bytesIn
  }

  get bytesOut(): number {
    return this.#bytesOut
  }

  get texts(): number {
    return this.#texts
  }

  get textsChanged(): number {
    return this.#textsChanged
  }

  #array(values: readonly unknown[], name: string | undefined): readonly unknown[] {
    const joined = isTexts(values) ? this.adjacent(values) : values
    const masked = joined.map((value) => this.deep(value, name))
    return masked.some((value, index) => value !== values[index]) ? masked : values
  }

  #object(object: PlainObject): PlainObject {
    let changed = false
    const entries = Object.entries(object).map(([key, value]): [string, unknown] => {
      const maskedKey = this.text(key)
      const maskedValue = this.deep(value, key)
      changed ||= maskedKey !== key || maskedValue !== value
      return [maskedKey, maskedValue]
    })
    return changed ? Object.fromEntries(entries) : object
  }
}

function isTexts(values: readonly unknown[]): values is readonly string[] {
  return values.every((value) => typeof value === "string")
}

type PlainObject = { readonly [key: string]: unknown }

function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
