import { describe, expect, test } from "vitest"
import type { Rule } from "../../../../src/secrets/index.ts"
import { createScanner, passDetectors } from "../../../../src/secrets/index.ts"

/** Texts that a rule must find something in, with what it must find where that is not the whole text. */
export interface RuleCases {
  readonly finds: readonly (string | readonly [text: string, secret: string])[]
  readonly skips: readonly string[]
}

const passIds = passDetectors.map(({ id }) => id)

interface Context {
  readonly place: (text: string) => string
  /** How what stands there is written. */
  readonly written?: (secret: string) => string
}

/** Without its quotes: what stands inside of a string. */
const asJson = (text: string): string => JSON.stringify(text).slice(1, -1)

/** Ways a token stands in a text; all leave it whole. */
const CONTEXTS: readonly Context[] = [
  { place: (text) => text },
  { place: (text) => `see ${text} there` },
  { place: (text) => `line one\n${text}\nline three` },
  { place: (text) => `{"note": "${asJson(text)}"}`, written: asJson },
  { place: (text) => JSON.stringify({ out: `line one\n${text}\nline three` }), written: asJson },
  { place: (text) => JSON.stringify({ out: `line one\t${text}\r\n` }), written: asJson },
  {
    place: (text) => JSON.stringify(JSON.stringify({ out: `line one\n${text}\nline three` })),
    written: (secret) => asJson(asJson(secret)),
  },
  { place: (text) => `@@ -3 +3 @@\n+${text}\n` },
  { place: (text) => `@@ -3 +3 @@\n-${text}\n` },
  { place: (text) => JSON.stringify({ diff: `@@ -3 +3 @@\n+${text}\n` }), written: asJson },
]

/** Runs every rule of a family alone over its examples; a rule without matches or near misses fails. */
export function testRules(rules: readonly Rule[], cases: Readonly<Record<string, RuleCases>>): void {
  test("every rule of the family has matches and near misses, and no example is left over", () => {
    const complete = Object.keys(cases).filter((id) => cases[id]?.finds.length && cases[id]?.skips.length)
    expect(complete.sort()).toEqual(rules.map(({ id }) => id).sort())
  })

  describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
    const scanner = createScanner({ rules: [rule], disable: passIds })
    const { finds, skips } = cases[id] ?? { finds: [], skips: [] }

    test.each(finds.map((find, index) => [index, find] as const))("finds example %i whole", (_, find) => {
      const [text, secret] = typeof find === "string" ? [find, find] : find
      for (const { place, written = String } of CONTEXTS) {
        const placed = place(text)
        const found = scanner.scan(placed).map(({ start, end }) => placed.slice(start, end))
        expect({ placed, found }).toEqual({ placed, found: expect.arrayContaining([written(secret)]) })
      }
    })

    test.each(skips.map((skip, index) => [index, skip] as const))("passes over near miss %i", (_, skip) => {
      for (const { place } of CONTEXTS) expect(scanner.scan(place(skip))).toEqual([])
    })
  })
}

/** Cases of a secret without prefix that is only found beside the name of who issues it. */
export function named(name: string, secret: string): RuleCases {
  const half = secret.slice(0, Math.floor(secret.length / 2))
  return {
    finds: [
      [`${name}_key = "${secret}"`, secret],
      [`${name.toUpperCase()}_TOKEN: ${secret}`, secret],
      [`${name}.withKey("${secret}")`, secret],
    ],
    skips: [
      `${name}_key = "${half}"`,
      `${name}_key = process.env.KEY`,
      `${name} commit ${secret}`,
      `${name}: sha256:${secret}`,
    ],
  }
}

/** Cases of a token that begins with `prefix`: found whole, passed over with only `kept` characters of its body. */
export function prefixed(
  prefix: string,
  body: string,
  kept: number = Math.floor(body.length / 2),
): RuleCases {
  return { finds: [prefix + body], skips: [prefix + body.slice(0, kept), prefix] }
}

/** Like `prefixed` for a kind with several prefixes; the near misses have at most 15 characters of each body. */
export function prefixedAll(tokens: readonly (readonly [prefix: string, body: string])[]): RuleCases {
  return {
    finds: tokens.map(([prefix, body]) => prefix + body),
    skips: tokens.map(([prefix, body]) => prefix + body.slice(0, Math.min(15, Math.floor(body.length / 2)))),
  }
}
