import type { Pass } from "../pass.ts"
import { emailPass } from "./email.ts"

/** Kinds of personal data that can be looked for, in the order in which they name a finding. */
export const PII_KINDS: readonly ["email"] = ["email"]

/** One of `PII_KINDS`. */
export type PiiKind = (typeof PII_KINDS)[number]

export const piiPasses: Readonly<Record<PiiKind, Pass>> = { email: emailPass }
