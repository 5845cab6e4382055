import { passDetectors } from "./passes/index.ts"
import { loadRules } from "./load-rules.ts"
import type { Detector, Scanner } from "./rule.ts"
import { createScanner, type ScannerOptions } from "./scanner.ts"

/** Everything that finds secrets. */
export interface Detection {
  createScanner(options?: ScannerOptions): Scanner
  /** All vendor rules and what the passes find, each once. */
  detectors(): readonly Detector[]
}

/**
 * What finds secrets. Call it as late as possible: in the bundles it lies as text until then
 * (`scripts/embedded-detection.ts` puts another body in place of this one), so that OpenCode's start does not wait for it.
 */
export function loadDetection(): Detection {
  return { createScanner, detectors: () => [...loadRules(), ...passDetectors] }
}
