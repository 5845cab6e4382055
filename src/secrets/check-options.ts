import { AirlockError } from "../base/errors.ts"
import { PII_KINDS } from "./pii/kinds.ts"
import type { ScannerOptions } from "./scanner.ts"

/** A text that is no such word may be a secret at the wrong place. */
const SHORT_WORD = /^[a-z][a-z0-9-]{0,39}$/

/**
 * Checks what callers without types may get wrong, and what would otherwise find less in silence. Needs no detection.
 *
 * @throws AirlockError CONFIG_INVALID naming what is wrong.
 */
export function checkScannerOptions({ disable, pii, custom, rules }: ScannerOptions): void {
  for (const [name, list] of Object.entries({ disable, pii, custom, rules })) {
    if (list !== undefined && !Array.isArray(list)) throw invalid(`"${name}" must be a list`)
  }
  const kinds = new Set<unknown>(PII_KINDS)
  const wrong = pii?.findIndex((kind) => !kinds.has(kind)) ?? -1
  if (wrong === -1) return
  throw invalid(`"pii" holds ${named(pii?.[wrong])}, which is none of ${PII_KINDS.join(", ")}`)
}

/**
 * Checks the ids of `disable` against those that there are.
 *
 * @throws AirlockError CONFIG_INVALID naming the first that nothing has.
 */
export function checkDisabled(
  { disable = [], custom, rules }: ScannerOptions,
  builtIn: Iterable<string>,
): void {
  const known = new Set<unknown>(builtIn)
  for (const { id } of rules ?? []) known.add(id)
  for (const { id } of (custom ?? []).flatMap((pass) => pass.detectors)) known.add(id)
  const index = disable.findIndex((id) => !known.has(id))
  if (index === -1) return
  throw invalid(
    `"disable" holds ${named(disable[index])}, which is not the id of a rule; detectors() lists them`,
  )
}

function named(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : `a value of type ${typeof value}`
  return SHORT_WORD.test(value) ? `"${value}"` : "a text"
}

function invalid(problem: string): AirlockError {
  return new AirlockError("CONFIG_INVALID", `The options of createScanner are not valid: ${problem}.`)
}
