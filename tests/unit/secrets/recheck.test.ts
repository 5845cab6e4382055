import { check } from "recheck"
import { describe, expect, test } from "vitest"
import { codeShapePatterns } from "../../../src/secrets/code-shape.ts"
import { keyContextPatterns } from "../../../src/secrets/key-context.ts"
import { linePrefixPatterns } from "../../../src/secrets/line-prefix.ts"
import { assignmentPatterns } from "../../../src/secrets/passes/assignment.ts"
import { authorizationPatterns } from "../../../src/secrets/passes/authorization.ts"
import { commandPatterns } from "../../../src/secrets/passes/command-password.ts"
import { connectionStringPatterns } from "../../../src/secrets/passes/connection-string.ts"
import { keyLinePatterns } from "../../../src/secrets/passes/key-lines.ts"
import { kubernetesPatterns } from "../../../src/secrets/passes/kubernetes-secret.ts"
import { tablePatterns } from "../../../src/secrets/passes/tables.ts"
import { urlPatterns } from "../../../src/secrets/passes/url-credential.ts"
import { storePatterns } from "../../../src/secrets/store-scheme.ts"
import { pairPatterns } from "../../../src/secrets/name-value-pair.ts"
import { readerPatterns } from "../../../src/secrets/value-reader.ts"
import { uriPatterns } from "../../../src/secrets/uri.ts"
import { separatorPatterns } from "../../../src/secrets/separator.ts"
import { standInPatterns } from "../../../src/secrets/stand-in.ts"
import { valuePatterns } from "../../../src/secrets/value-filter.ts"
import { blockPatterns } from "../../../src/secrets/value-span.ts"
import { emailAddressPatterns } from "../../../src/secrets/pii/email-address.ts"
import { emailContextPatterns } from "../../../src/secrets/pii/email-context.ts"
import { emailPatterns } from "../../../src/secrets/pii/email.ts"
import { cardPatterns } from "../../../src/secrets/pii/card.ts"
import { ibanPatterns } from "../../../src/secrets/pii/iban.ts"
import { nationalIdPatterns } from "../../../src/secrets/pii/national-id.ts"
import { networkPatterns } from "../../../src/secrets/pii/network.ts"
import { phonePatterns } from "../../../src/secrets/pii/phone.ts"

/** Rules, and all patterns as they are used, are checked in every-pattern.test.ts. */
describe("patterns of passes", () => {
  test("are linear-time by recheck, anchored where they are tried", { timeout: 120_000 }, async () => {
    const patterns = [
      ...linePrefixPatterns,
      ...codeShapePatterns,
      ...keyContextPatterns,
      ...keyLinePatterns,
      ...kubernetesPatterns,
      ...blockPatterns,
      ...commandPatterns(),
      ...assignmentPatterns,
      ...authorizationPatterns,
      ...separatorPatterns,
      ...pairPatterns,
      ...readerPatterns,
      ...standInPatterns,
      ...tablePatterns,
      ...emailAddressPatterns,
      ...emailContextPatterns,
      ...emailPatterns,
      ...cardPatterns,
      ...ibanPatterns,
      ...nationalIdPatterns,
      ...networkPatterns,
      ...phonePatterns,
      ...valuePatterns,
      ...urlPatterns,
      ...uriPatterns,
      ...storePatterns,
      ...connectionStringPatterns,
    ]
    const bad: string[] = []
    for (const { source, flags } of patterns) {
      const pattern = `^(?:${source})`
      const plain = flags.replace(/[gy]/g, "")
      // The exact checker is the faster one, as long as its automaton stays small.
      const exact = await check(pattern, plain, { checker: "automaton", timeout: 1500 })
      const { status } = exact.status === "safe" ? exact : await check(pattern, plain, { timeout: 20_000 })
      if (status !== "safe") bad.push(`${source.slice(0, 60)}: ${status}`)
    }
    expect(bad).toEqual([])
  })

  test("recheck tells a dangerous pattern apart, so the check above can fail", async () => {
    const { status } = await check("^(?:(a+)+$)", "", { timeout: 20_000 })
    expect(status).toBe("vulnerable")
  })
})
