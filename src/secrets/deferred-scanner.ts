import { loadDetection } from "./load-detection.ts"
import type { Detector, Scanner } from "./rule.ts"
import type { ScannerOptions } from "./scanner.ts"

/** Builds a scanner. Costs nothing: what finds secrets is loaded, and its automaton compiled, by the first scan. */
export function createScanner(options: ScannerOptions = {}): Scanner {
  let scanner: Scanner | undefined
  const loaded = (): Scanner => {
    scanner ??= loadDetection().createScanner(options)
    return scanner
  }
  return {
    scan: (text, context) => loaded().scan(text, context),
    get ruleIds() {
      return loaded().ruleIds
    },
  }
}

/** All vendor rules and what the passes find, each once: for lists, audit labels and allow-lists. */
export function detectors(): readonly Detector[] {
  return loadDetection().detectors()
}
