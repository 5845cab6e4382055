import type { Pass } from "../pass.ts"
import type { Detector } from "../rule.ts"
import { emailPass } from "./email.ts"
import { PII_KINDS, type PiiKind } from "./kinds.ts"
import { type NumberKind, numberDetectors, numberPass } from "./numbers.ts"

function isNumberKind(kind: PiiKind): kind is NumberKind {
  return kind !== "email"
}

/** What looks for the given kinds: one pass for addresses, one for all kinds of numbers together. */
export function piiPasses(kinds: readonly PiiKind[]): readonly Pass[] {
  const numbers = PII_KINDS.filter(isNumberKind).filter((kind) => kinds.includes(kind))
  return [
    ...(kinds.includes("email") ? [emailPass] : []),
    ...(numbers.length > 0 ? [numberPass(numbers)] : []),
  ]
}

/** What can be found, in the order of `PII_KINDS`. */
export const piiDetectors: readonly Detector[] = [...emailPass.detectors, ...Object.values(numberDetectors)]
