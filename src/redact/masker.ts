import { AirlockError } from "../base/errors.ts"
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import { placeholderPattern } from "../base/placeholder.ts"
import type { Scanner } from "../secrets/rule.ts"
import { createScanner } from "../secrets/scanner.ts"
import type { Dialect, TextSlot } from "../wire/dialect.ts"
import { mapJsonStrings } from "./json-strings.ts"
import { createSecretMatcher, type SecretMatcher } from "./secret-matcher.ts"
import { createMaskCache, type MaskCache } from "./mask-cache.ts"
import type { MaskedText, MaskFinding, TextFinding } from "./masked-text.ts"
import { createTextMasker, type TextMasker } from "./text-masker.ts"
import { createMemoryVault, type Vault } from "./vault.ts"

export type { MaskedText, MaskFinding, TextFinding } from "./masked-text.ts"

/** What masking many texts came to. */
export interface MaskSummary {
  /** One per rule that was found. */
  readonly findings: readonly MaskFinding[]
  readonly changed: boolean
  /** Texts looked at. */
  readonly fields: number
  readonly fieldsChanged: number
}

export interface MaskedBody extends MaskSummary {
  /** The very object given, where nothing changed. */
  readonly body: JsonObject
}

export interface MaskedValue extends MaskSummary {
  /** The very value given, where nothing changed. */
  readonly value: JsonValue
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
   * URL-encoded or in base64. Values shorter than 4 characters and common words, ports and years are ignored.
   */
  readonly known?: Readonly<Record<string, string>>
  /** Bound of the cache of texts seen before, in bytes; 0 switches it off. @default 64 MB */
  readonly cacheBytes?: number
}

/**
 * Masks texts and restores them. `mask(mask(x).text).text === mask(x).text`, and `restore(mask(x).text).text === x`
 * for every text that holds no placeholder issued by this vault. A secret that was found once is masked wherever
 * it stands from then on, also where nothing beside it tells, except for everyday words and short numbers.
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
  /** Puts the secrets back. What it puts in is not looked at again. */
  restore(text: string): RestoredText
}

const DEFAULT_CACHE_BYTES = 64 * 1024 * 1024
/** Rounds over texts that stand together; a second settles all but made-up ones. */
const MAX_ROUNDS = 4

export function createMasker(options: MaskerOptions = {}): Masker {
  const vault = options.vault ?? createMemoryVault()
  const secrets = createSecretMatcher(vault, Object.values(options.known ?? {}))
  const parts: MaskParts = {
    cache: createMaskCache(options.cacheBytes ?? DEFAULT_CACHE_BYTES),
    checkedAt: new WeakMap(),
    vault,
    secrets,
    maskPlain: createTextMasker({
      scanner: options.scanner ?? createScanner(),
      vault,
      findLiterals: (text) => secrets.find(text),
    }),
  }
  const mask = (text: string, slot: TextSlot = {}): MaskedText => cachedMask(parts, text, slot)

  return {
    mask,
    maskBody: (body, dialect) =>
      settled(secrets, () => {
        const tally = new Tally(mask)
        const masked = mapText(dialect, body, (text, slot) => tally.mask(text, slot))
        return { body: masked, ...tally.summary(masked !== body) }
      }),
    maskValue: (value, name) =>
      settled(secrets, () => {
        const tally = new Tally(mask)
        const masked = maskDeep(value, name, tally)
        return { value: masked, ...tally.summary(masked !== value) }
      }),
    restore: (text) => restoreWith(vault, text),
  }
}

interface MaskParts {
  readonly cache: MaskCache
  /** Version of `secrets` that a cached text holds none of. */
  readonly checkedAt: WeakMap<MaskedText, number>
  readonly vault: Vault
  readonly secrets: SecretMatcher
  readonly maskPlain: TextMasker
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

function cachedMask(parts: MaskParts, text: string, slot: TextSlot): MaskedText {
  const { cache, checkedAt, secrets, maskPlain } = parts
  const slotKey = (slot.json ? "json:" : "text:") + (slot.name ?? "")
  const cached = cache.get(slotKey, text)
  if (cached && isCurrent(parts, cached, slot)) return cached
  const masked = slot.json
    ? settled(secrets, () => maskJson(maskPlain, text, slot.name))
    : maskText(maskPlain, text, slot.name)
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

function maskText(maskPlain: TextMasker, text: string, name: string | undefined): MaskedText {
  const masked = maskPlain(text, name)
  return {
    text: masked.text,
    findings: masked.pieces.map(({ ruleId, start, end }) => ({ ruleId, start, end, count: 1 })),
    placeholders: [...new Set(masked.pieces.map(({ placeholder }) => placeholder))],
  }
}

/** A finding in a string of the document is placed at that string's whole literal, since escapes move offsets. */
function maskJson(maskPlain: TextMasker, text: string, name: string | undefined): MaskedText {
  const findings: TextFinding[] = []
  const placeholders = new Set<string>()
  const masked = mapJsonStrings(text, (string) => {
    const inner = maskPlain(string.value, string.name ?? (string.isKey ? undefined : name))
    for (const { ruleId, placeholder } of inner.pieces) {
      findings.push({ ruleId, start: string.start, end: string.end, count: 1 })
      placeholders.add(placeholder)
    }
    return inner.text
  })
  if (masked === undefined) return maskText(maskPlain, text, name)
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

function maskDeep(value: JsonValue, name: string | undefined, tally: Tally): JsonValue {
  if (typeof value === "string") return tally.mask(value, name === undefined ? {} : { name })
  if (isJsonArray(value)) return maskArray(value, name, tally)
  return isJsonObject(value) ? maskObject(value, tally) : value
}

function maskArray(
  values: readonly JsonValue[],
  name: string | undefined,
  tally: Tally,
): readonly JsonValue[] {
  const masked = values.map((value) => maskDeep(value, name, tally))
  return masked.every((value, index) => value === values[index]) ? values : masked
}

function maskObject(object: JsonObject, tally: Tally): JsonObject {
  let changed = false
  const taken = new Set(Object.keys(object))
  const entries = Object.entries(object).map(([key, value]): [string, JsonValue | undefined] => {
    const maskedKey = freeKey(tally.mask(key, {}), key, taken)
    const maskedValue = value === undefined ? undefined : maskDeep(value, key, tally)
    changed ||= maskedKey !== key || maskedValue !== value
    return [maskedKey, maskedValue]
  })
  return changed ? Object.fromEntries(entries) : object
}

/** The object may hold a secret and its placeholder as keys; neither value may be lost. */
function freeKey(masked: string, original: string, taken: Set<string>): string {
  if (masked === original) return masked
  let free = masked
  while (taken.has(free)) free += "_"
  taken.add(free)
  return free
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

/** Adds up what masking many texts came to. */
class Tally {
  readonly #mask: Masker["mask"]
  readonly #counts = new Map<string, number>()
  #fields = 0
  #fieldsChanged = 0

  constructor(mask: Masker["mask"]) {
    this.#mask = mask
  }

  mask(text: string, slot: TextSlot): string {
    const masked = this.#mask(text, slot)
    this.#fields += 1
    if (masked.text !== text) this.#fieldsChanged += 1
    for (const { ruleId } of masked.findings) this.#counts.set(ruleId, (this.#counts.get(ruleId) ?? 0) + 1)
    return masked.text
  }

  summary(changed: boolean): MaskSummary {
    return {
      findings: [...this.#counts].map(([ruleId, count]) => ({ ruleId, count })),
      changed,
      fields: this.#fields,
      fieldsChanged: this.#fieldsChanged,
    }
  }
}
