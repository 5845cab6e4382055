import { AirlockError } from "../base/errors.ts"
import type { JsonObject, JsonValue } from "../base/json.ts"
import { placeholderPattern } from "../base/placeholder.ts"
import type { Finding, Scanner } from "../secrets/rule.ts"
import { createScanner } from "../secrets/deferred-scanner.ts"
import type { Dialect, TextSlot, TextVisitor } from "../wire/dialect.ts"
import { AdjacentRows } from "./adjacent-rows.ts"
import { mapJsonStrings } from "./json-strings.ts"
import { knownTexts } from "./known-values.ts"
import { createSeamFinder, type SeamFinder } from "./seams.ts"
import { createSecretMatcher, type SecretMatcher } from "./secret-matcher.ts"
import { maskValue } from "./mask-value.ts"
import { createMaskCache, type MaskCache } from "./mask-cache.ts"
import type { MaskedText, TextFinding } from "./masked-text.ts"
import { type MaskSummary, Tally } from "./tally.ts"
import { createTextMasker, render, type TextMasker, type TextScope } from "./text-masker.ts"
import { createMemoryVault, type Vault } from "./vault.ts"

export type { MaskedText, MaskFinding, TextFinding } from "./masked-text.ts"
export type { MaskSummary } from "./tally.ts"

export interface MaskedBody extends MaskSummary {
  /** The very object given, where nothing changed. */
  readonly body: JsonObject
}

export interface MaskedValue extends MaskSummary {
  /** The very value given, where nothing changed. */
  readonly value: JsonValue
}

export interface MaskedTexts extends MaskSummary {
  readonly texts: readonly string[]
  /** Whether a secret ran over the end of a text into the next. */
  readonly split: boolean
}

/** A stretch of a text, `until` exclusive. */
export interface MaskRange {
  readonly from: number
  readonly until: number
  /** Spans to mask beside those that are found. @default [] */
  readonly also?: readonly Finding[]
}

export interface MaskedRange {
  /** The stretch, masked. */
  readonly text: string
  /** Where it ends in the text given: behind `until` where a secret begins before it and ends after it. */
  readonly end: number
}

export interface RestoredText {
  readonly text: string
  /** Placeholders replaced. */
  readonly restored: number
  /** Placeholders left in the text because the vault does not hold them; each once. */
  readonly unresolved: readonly string[]
}

export interface MaskerOptions {
  /** @default the built-in rules */
  readonly scanner?: Scanner
  /** @default a memory vault with a random key */
  readonly vault?: Vault
  /**
   * The person's own secrets by name, for example a parsed `.env`: masked wherever they stand, also JSON-escaped,
   * URL-encoded or in base64. Values shorter than 4 characters and common words, ports and years are ignored, and so are
   * undefined ones.
   */
  readonly known?: Readonly<Record<string, string | undefined>>
  /** Bound of the cache of texts seen before, in bytes; 0 switches it off. @default 64 MB */
  readonly cacheBytes?: number
}

/**
 * Masks texts and restores them. `mask(mask(x).text).text === mask(x).text`, and `restore(mask(x).text).text === x`
 * for every text that holds no placeholder issued by this vault. A secret that was found once is masked wherever
 * it stands from then on, also where nothing beside it tells, except for everyday words and short numbers. A secret that is
 * split over texts which follow each other (parts of a message, strings of a list) is masked piece by piece.
 *
 * @throws AirlockError MASK_FAILED from every `mask…` when a text cannot be looked at: fails closed.
 */
export interface Masker {
  /** @param slot where the text stands; `json` masks the strings inside a JSON document and keeps its other bytes */
  mask(text: string, slot?: TextSlot): MaskedText
  /** Masks every text of a provider request that its dialect hands out. */
  maskBody(body: JsonObject, dialect: Dialect): MaskedBody
  /** Masks every string and every key in `value`. @param name property the value belongs to */
  maskValue(value: JsonValue, name?: string): MaskedValue
  /** Masks texts of which each goes on where the one before ended. */
  maskTexts(texts: readonly string[]): MaskedTexts
  /** What masking the text would replace at first sight: sorted, and apart from each other and from placeholders. */
  find(text: string): readonly Finding[]
  /** Masks a stretch of a text, as it stands in the whole: for streams (see mask-stream.ts). */
  maskRange(text: string, range: MaskRange): MaskedRange
  /** Puts the secrets back. What it puts in is not looked at again. */
  restore(text: string): RestoredText
}

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024
/** Rounds over texts that stand together; a second settles all but made-up ones. */
const MAX_ROUNDS = 4

export function createMasker(options: MaskerOptions = {}): Masker {
  const vault = options.vault ?? createMemoryVault()
  const secrets = createSecretMatcher(vault, knownTexts(options.known ?? {}))
  const plain = createTextMasker({
    scanner: options.scanner ?? createScanner(),
    vault,
    findLiterals: (text) => secrets.find(text),
  })
  const parts: MaskParts = {
    cache: createMaskCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES),
    checkedAt: new WeakMap(),
    vault,
    secrets,
    plain,
    seams: createSeamFinder({
      scan: (text) => plain.find(text),
      detect: (text) => plain.detect(text),
      version: () => secrets.version,
    }),
  }

  return {
    mask: (text, slot = {}) => cachedMask(parts, text, slot),
    maskBody: (body, dialect) => {
      const { result, tally } = maskAll(parts, (visit) => mapText(dialect, body, visit))
      return { body: result, ...tally.summary(result !== body) }
    },
    maskValue: (value, name) => {
      const { result, tally } = maskAll(parts, (visit) => maskValue(value, name, visit))
      return { value: result, ...tally.summary(result !== value) }
    },
    maskTexts: (texts) => {
      const { result, tally, split } = maskAll(parts, (visit) =>
        texts.map((text, index) => visit(text, index === 0 ? {} : FOLLOWING)),
      )
      return { texts: result, split, ...tally.summary(tally.hasChanges) }
    },
    find: (text) => plain.find(text),
    maskRange: (text, range) => maskRange(plain, text, range),
    restore: (text) => restoreWith(vault, text),
  }
}

const FOLLOWING: TextSlot = { follows: true }

interface MaskParts {
  readonly cache: MaskCache
  /** Version of `secrets` that a cached text holds none of. */
  readonly checkedAt: WeakMap<MaskedText, number>
  readonly vault: Vault
  readonly secrets: SecretMatcher
  readonly plain: TextMasker
  readonly seams: SeamFinder
}

/** Pieces of split secrets by the number of the text that they stand in. */
type Pieces = ReadonlyMap<number, readonly Finding[]>

interface MaskedAll<T> {
  readonly result: T
  readonly tally: Tally
  /** Whether a secret was split over several texts. */
  readonly split: boolean
}

/**
 * Masks all texts that `map` hands to its visitor, each on its own, and where secrets turn out to be split over some, once
 * more with their pieces, until nothing more is found. `map` must visit the same texts in the same order every time.
 */
function maskAll<T>(parts: MaskParts, map: (visit: TextVisitor) => T): MaskedAll<T> {
  return settled(parts.secrets, () => {
    const layers: Pieces[] = []
    for (;;) {
      const rows = new AdjacentRows()
      const tally = new Tally()
      const result = map(layeredVisitor(parts, layers, rows, tally))
      const pieces = rows.find(parts.seams)
      if (pieces.size === 0 || layers.length === MAX_ROUNDS)
        return { result, tally, split: layers.length > 0 }
      layers.push(pieces)
    }
  })
}

function layeredVisitor(
  parts: MaskParts,
  layers: readonly Pieces[],
  rows: AdjacentRows,
  tally: Tally,
): TextVisitor {
  let count = 0
  return (text, slot) => {
    let current = text
    for (const layer of layers) {
      const masked = cachedMask(parts, current, slot, layer.get(count))
      tally.count(masked)
      current = masked.text
    }
    count += 1
    const masked = cachedMask(parts, current, slot)
    rows.add(current, slot, masked)
    tally.count(masked)
    return tally.add(text, masked.text)
  }
}

/**
 * Masks several texts once more while one of them brought up a secret that an earlier one may hold. Cheap where
 * there is none: the texts are in the cache by then, and are only searched for the secrets known by value.
 */
function settled<T>(secrets: SecretMatcher, mask: () => T): T {
  for (let round = 1; ; round += 1) {
    const { version } = secrets
    const masked = mask()
    if (secrets.version === version || round === MAX_ROUNDS) return masked
  }
}

function cachedMask(
  parts: MaskParts,
  text: string,
  slot: TextSlot,
  also: readonly Finding[] = [],
): MaskedText {
  const { cache, checkedAt, secrets, plain } = parts
  const pieces = also.map(({ start, end }) => `${start}-${end}`).join()
  const slotKey = `${slot.json ? "json" : "text"}${pieces}:${slot.name ?? ""}`
  const cached = cache.get(slotKey, text)
  if (cached && isCurrent(parts, cached, slot)) return cached
  const masked = slot.json
    ? settled(secrets, () => maskJson(plain, text, slot.name))
    : maskText(plain, text, { name: slot.name, also })
  checkedAt.set(masked, secrets.version)
  cache.set(slotKey, text, masked)
  return masked
}

/**
 * Whether a text may be sent as it was masked before. Resolving its placeholders counts as use, so what an old
 * conversation needs stays in the vault; a text whose placeholder the vault has dropped is masked anew, and so is
 * one that holds a secret that came up since.
 */
function isCurrent({ vault, secrets, checkedAt }: MaskParts, cached: MaskedText, slot: TextSlot): boolean {
  if (!cached.placeholders.every((placeholder) => vault.resolve(placeholder) !== undefined)) return false
  const { version } = secrets
  if (checkedAt.get(cached) === version) return true
  if (holdsSecret(secrets, cached.text, slot)) return false
  checkedAt.set(cached, version)
  return true
}

function holdsSecret(secrets: SecretMatcher, masked: string, slot: TextSlot): boolean {
  if (secrets.standsIn(masked)) return true
  if (!slot.json || !masked.includes("\\")) return false
  let found = false
  // JSON has many ways to escape one character; its strings are searched by what they mean.
  mapJsonStrings(masked, ({ value }) => {
    found ||= secrets.standsIn(value)
    return value
  })
  return found
}

function maskText(plain: TextMasker, text: string, scope: TextScope): MaskedText {
  const masked = plain.mask(text, scope)
  return {
    text: masked.text,
    findings: masked.pieces.map(({ ruleId, start, end }) => ({ ruleId, start, end, count: 1 })),
    placeholders: [...new Set(masked.pieces.map(({ placeholder }) => placeholder))],
  }
}

function maskRange(plain: TextMasker, text: string, { from, until, also }: MaskRange): MaskedRange {
  const { pieces } = plain.mask(text, { also, range: { start: from, end: until } })
  const end = Math.max(until, pieces.at(-1)?.end ?? 0)
  return { text: render(text.slice(0, end), pieces, from), end }
}

/** A finding in a string of the document is placed at that string's whole literal, since escapes move offsets. */
function maskJson(plain: TextMasker, text: string, name: string | undefined): MaskedText {
  const findings: TextFinding[] = []
  const placeholders = new Set<string>()
  const masked = mapJsonStrings(text, (string) => {
    const inner = plain.mask(string.value, { name: string.name ?? (string.isKey ? undefined : name) })
    for (const { ruleId, placeholder } of inner.pieces) {
      findings.push({ ruleId, start: string.start, end: string.end, count: 1 })
      placeholders.add(placeholder)
    }
    return inner.text
  })
  if (masked === undefined) return maskText(plain, text, { name })
  return { text: masked, findings, placeholders: [...placeholders] }
}

function mapText(
  dialect: Dialect,
  body: JsonObject,
  visit: (text: string, slot: TextSlot) => string,
): JsonObject {
  try {
    return dialect.mapText(body, visit)
  } catch (error) {
    if (error instanceof AirlockError) throw error
    const what = error instanceof Error ? error.name : "unknown error"
    throw new AirlockError(
      "MASK_FAILED",
      `Reading the ${dialect.id} request failed (${what}), so it is not sent. Please report this to opencode-airlock.`,
    )
  }
}

function restoreWith(vault: Vault, text: string): RestoredText {
  let restored = 0
  const unresolved = new Set<string>()
  const whole = text.replace(placeholderPattern(), (placeholder) => {
    const secret = vault.resolve(placeholder)
    if (secret === undefined) {
      unresolved.add(placeholder)
      return placeholder
    }
    restored += 1
    return secret
  })
  return { text: whole, restored, unresolved: [...unresolved] }
}
