import { describe, expect, test } from "vitest"
import { createScanner } from "../../../src/secrets/index.ts"
import { code } from "../../support/clean-text/code.ts"
import { lockFiles } from "../../support/clean-text/lock-files.ts"
import { logs } from "../../support/clean-text/logs.ts"
import { mentions } from "../../support/clean-text/mentions.ts"
import { pinned } from "../../support/clean-text/pinned.ts"
import { type CleanKind, RandomText } from "../../support/clean-text/random-text.ts"
import { syntax } from "../../support/clean-text/syntax.ts"
import { toolOutput } from "../../support/clean-text/tool-output.ts"
import { pages, translations } from "../../support/clean-text/translations.ts"

const SEEDS = 40
const scanner = createScanner({ pii: [] })

/** Ids of the rules that find something, with how often; never what they find. */
function rulesThatFire(kind: CleanKind): Record<string, number> {
  const fired: Record<string, number> = {}
  for (let seed = 1; seed <= SEEDS; seed++)
    for (const { ruleId } of scanner.scan(kind(new RandomText(seed))))
      fired[ruleId] = (fired[ruleId] ?? 0) + 1
  return fired
}

describe.each([
  ["lock files and checksums", lockFiles],
  ["logs and command output", logs],
  ["code and encoded files", code],
  ["texts that speak of secrets", mentions],
  ["what tools print and keep", toolOutput],
  ["syntax behind the name of a secret", syntax],
  ["labels of forms in many languages", translations],
  ["places in lists", pages],
  ["what is pinned, addressed or public", pinned],
])("nothing is masked in %s", (_, kinds) => {
  test.each(Object.entries(kinds))("%s", (_name, kind) => {
    expect(rulesThatFire(kind)).toEqual({})
  })
})
