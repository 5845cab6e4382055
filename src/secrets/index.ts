export { ruleLabel } from "./labels.ts"
export { passDetectors, type PiiKind, type ScannerOptions, createScanner } from "./scanner.ts"
export type { Detector, Finding, Rule, ScanContext, Scanner, ValidatorName } from "./rule.ts"
export { builtinRules } from "./rules/index.ts"
