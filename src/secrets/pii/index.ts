import type { Pass } from "../pass.ts"
import type { Detector } from "../rule.ts"
import { emailPass } from "./email.ts"
import { type NumberKind, numberDetectors, numberPass } from "./numbers.ts"

/** Kinds of personal data that can be looked for; each is also the id under which its findings are reported. */
export const PII_KINDS: readonly ["email", "phone", "card", "iban", "ssn", "national-id", "ip", "mac"] = [
  "email",
  "phone",
  "card",
  "iban",
  "ssn",
  "national-id",
  "ip",
  "mac",
]

/** One of `PII_KINDS`. */
export type PiiKind = (typeof PII_KINDS)[number]

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
