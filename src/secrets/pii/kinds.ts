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
