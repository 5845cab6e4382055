import { checkDisabled, checkScannerOptions } from "./check-options.ts"
import { loadDetection } from "./load-detection.ts"
import type { Detector, Scanner } from "./rule.ts"
import type { ScannerOptions } from "./scanner.ts"

/**
 * Builds a scanner. Costs nothing: what finds secrets is loaded, and its automaton compiled, by the first scan.
 *
 * @throws AirlockError CONFIG_INVALID for kinds in `pii` that there are not; for ids in `disable` the first scan throws it,
 * since only then the ids are known.
 */
export function createScanner(options: ScannerOptions = {}): Scanner {
  checkScannerOptions(options)
  let scanner: Scanner | undefined
  const loaded = (): Scanner => {
    scanner ??= load(options)
    return scanner
  }
  return {
    scan: (text, context) => loaded().scan(text, context),
    get ruleIds() {
      return loaded().ruleIds
    },
  }
}

function load(options: ScannerOptions): Scanner {
  const detection = loadDetection()
  if (options.disable !== undefined && options.disable.length > 0) {
    checkDisabled(
      options,
      detection.detectors().map(({ id }) => id),
    )
  }
  return detection.createScanner(options)
}

/** All vendor rules and what the passes find, each once: for lists, audit labels and allow-lists. */
export function detectors(): readonly Detector[] {
  return loadDetection().detectors()
}
