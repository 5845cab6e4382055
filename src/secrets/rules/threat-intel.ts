import type { Rule } from "../rule.ts"

/** Threat intelligence and code security. */
export const threatIntelRules: readonly Rule[] = [
  {
    id: "hibp-key",
    vendor: "Have I Been Pwned",
    title: "Have I Been Pwned API key beside its name",
    source: "https://haveibeenpwned.com/API/v3#Authorisation",
    keywords: ["haveibeenpwned", "hibp"],
    pattern: /[a-f0-9]{32}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
  {
    id: "veracode-secret",
    vendor: "Veracode",
    title: "Veracode API secret key beside its name",
    source: "https://docs.veracode.com/r/c_api_credentials3",
    keywords: ["veracode"],
    pattern: /[a-f0-9]{128}(?![A-Za-z0-9_+/-])/,
    beside: true,
  },
]
