import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, type Diagnostics } from "recheck"
import { describe, expect, test } from "vitest"
import { builtinRules } from "../../../src/secrets/index.ts"
import { commandPatterns } from "../../../src/secrets/passes/command-password.ts"
import { separatorPatterns } from "../../../src/secrets/separator.ts"
import { regexLiterals } from "../../support/regex-literals.ts"

const SOURCES: string = fileURLToPath(new URL("../../../src/secrets/", import.meta.url))
/** Checks that run at once: recheck has a process of its own. */
const LANES = 3
/** The exact checker first; where its automaton becomes too large, the one that searches for an attack. */
const EXACT = { checker: "automaton", timeout: 1500 } as const
const SEARCH = { attackTimeout: 500, incubationTimeout: 500, maxIteration: 2, timeout: 60_000 } as const

/**
 * Patterns that are not linear where they may begin anywhere, and read a few characters only: file, how the pattern
 * begins, and what it reads. Not for patterns that read a whole text, nor for exponential ones.
 */
const SHORT_READERS: readonly (readonly [file: string, start: string, reads: string])[] = [
  ["custom/pattern-length.ts", "(\\\\[pP]", "a pattern of the person's own configuration"],
  ["passes/entropy.ts", "(?:csrf|xsrf", "60 characters before a token"],
  ["passes/entropy.ts", "(?:password|passwd", "60 characters before a token"],
  ["pattern-shape.ts", "^(?:([*+?])", "16 characters of a rule's source"],
  ["screened-pattern.ts", "^(?:([*+?])", "16 characters of a pattern's source"],
  ["pii/email-address.ts", "(?:^|\\.)(?:debian", "a host name"],
  ["pii/phone.ts", "(?:^|[^a-z])(?:tele", "the characters before a number"],
  ["uri.ts", "\\+.*$", "the scheme of a URI"],
  ["value-name.ts", "\\d+$", "a name"],
]

/** Patterns that are put together from several literals, by the file that does it. */
const BUILT: ReadonlyMap<string, readonly RegExp[]> = new Map([
  ["passes/command-password.ts", commandPatterns()],
  ["separator.ts", separatorPatterns],
])

interface Pattern {
  readonly file: string
  readonly line: number
  readonly source: string
  readonly flags: string
}

const patterns: readonly Pattern[] = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.replaceAll("\\", "/"))
  .toSorted()
  .flatMap((file) => literalsOf(file))

function literalsOf(file: string): Pattern[] {
  const literals = regexLiterals(readFileSync(join(SOURCES, file), "utf8"))
  return literals.map(({ line, source, flags }) => ({ file, line, source, flags }))
}

/** As the code runs it: rules and sticky patterns are tried at one place at a time. */
function asUsed({ file, source, flags }: Pattern): string {
  return file.startsWith("rules/") || flags.includes("y") ? `^(?:${source})` : source
}

async function diagnose(pattern: Pattern): Promise<Diagnostics> {
  const source = asUsed(pattern)
  const flags = pattern.flags.replace(/[gyd]/g, "")
  const exact = await check(source, flags, EXACT)
  return exact.status === "unknown" ? check(source, flags, SEARCH) : exact
}

async function problems(list: readonly Pattern[]): Promise<string[]> {
  const queue = list.values()
  const found: string[] = []
  const lane = async (): Promise<void> => {
    for (const pattern of queue) {
      const told = await diagnose(pattern)
      if (told.status === "safe") continue
      const kind = told.status === "vulnerable" ? told.complexity.type : told.status
      if (kind === "polynomial" && isShortReader(pattern)) continue
      found.push(`${pattern.file}:${pattern.line} is ${kind}: ${pattern.source.slice(0, 60)}`)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return found
}

function isShortReader({ file, source }: Pattern): boolean {
  return SHORT_READERS.some(([inFile, start]) => inFile === file && source.startsWith(start))
}

describe("every regular expression of the detectors", () => {
  test("is linear-time by recheck, or reads a few characters only", { timeout: 300_000 }, async () => {
    expect(await problems(patterns)).toEqual([])
  })

  test("was found: each rule's is among them", () => {
    const known = new Set(patterns.map(({ source }) => source))
    const missing = builtinRules.filter(({ pattern }) => !known.has(pattern.source))
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  test("is a literal, or is listed here", { timeout: 60_000 }, async () => {
    const builders = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".ts") && /\bRegExp\(/.test(readFileSync(join(SOURCES, file), "utf8")))
      // These compile patterns that are literals elsewhere, or branches of them.
      .filter((file) => !["rule-run.ts", "screened-pattern.ts", "stored-rules.ts"].includes(file))
    expect(builders.toSorted()).toEqual([...BUILT.keys()])
    const built = [...BUILT].flatMap(([file, list]) =>
      list.map(({ source, flags }) => ({ file, line: 0, source, flags })),
    )
    expect(await problems(built)).toEqual([])
  })

  test("is told apart from a dangerous one, so that the checks above can fail", async () => {
    const at = { file: "x.ts", line: 1, flags: "" }
    expect(await problems([{ ...at, source: "^(?:(a+)+$)" }])).toEqual(["x.ts:1 is exponential: ^(?:(a+)+$)"])
    expect(await problems([{ ...at, source: "a+$" }])).toEqual(["x.ts:1 is polynomial: a+$"])
  })

  test("has no stale exception", () => {
    const stale = SHORT_READERS.filter(
      ([file, start]) => !patterns.some((one) => one.file === file && one.source.startsWith(start)),
    )
    expect(stale).toEqual([])
  })
})

describe("regexLiterals", () => {
  test("tells patterns from divisions, strings, templates and comments", () => {
    const text = [
      "const a = b / c / d // no /x/",
      "/* /y/ */ const e = /f[/]\\//giu.test(`/g/${h(/i/) / 2}/j/`) || '/k/'",
      "return /l/.exec(m[0] / 2 / 1)",
      'const n = { o: /"/, p: [/q/y] }',
    ].join("\n")
    expect(regexLiterals(text)).toEqual([
      { source: "f[/]\\/", flags: "giu", line: 2 },
      { source: "i", flags: "", line: 2 },
      { source: "l", flags: "", line: 3 },
      { source: '"', flags: "", line: 4 },
      { source: "q", flags: "y", line: 4 },
    ])
  })
})
