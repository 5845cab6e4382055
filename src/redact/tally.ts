import type { MaskedText, MaskFinding } from "./masked-text.ts"

/** What masking many texts came to. */
export interface MaskSummary {
  /** One per rule that was found. */
  readonly findings: readonly MaskFinding[]
  readonly changed: boolean
  /** Texts looked at. */
  readonly fields: number
  readonly fieldsChanged: number
}

/** Adds up what masking many texts came to. */
export class Tally {
  readonly #counts = new Map<string, number>()
  #fields = 0
  #fieldsChanged = 0

  get hasChanges(): boolean {
    return this.#fieldsChanged > 0
  }

  /** Counts a text and answers what it was masked to. */
  add(text: string, masked: string): string {
    this.#fields += 1
    if (masked !== text) this.#fieldsChanged += 1
    return masked
  }

  /** Counts what was found in a text. */
  count({ findings }: MaskedText): void {
    for (const { ruleId } of findings) this.#counts.set(ruleId, (this.#counts.get(ruleId) ?? 0) + 1)
  }

  summary(changed: boolean): MaskSummary {
    return {
      findings: [...this.#counts].map(([ruleId, count]) => ({ ruleId, count })),
      changed,
      fields: this.#fields,
      fieldsChanged: this.#fieldsChanged,
    }
  }
}
