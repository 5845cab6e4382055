import * as v from "valibot"
import { type AllowEntry, type CustomRule, PII_KINDS, type PiiKind } from "../secrets/index.ts"
import { isFreeRuleId, takenRuleIdProblem } from "./rule-ids.ts"

/** What masking is told. */
interface RedactConfig {
  readonly enabled: boolean
  readonly pii: readonly PiiKind[]
  readonly disableRules: readonly string[]
  readonly rules: readonly CustomRule[]
  readonly allow: readonly AllowEntry[]
  readonly maskLocal: boolean
  readonly audit: AuditConfig
}

interface AuditConfig {
  readonly enabled: boolean
  /** Absolute once resolved. */
  readonly path: string
  readonly maxBytes: number
}

/** What capturing is told. */
interface InterceptConfig {
  readonly enabled: boolean
  readonly retentionHours: number
  readonly maxTotalBytes: number
  readonly maxCaptures: number
  readonly maxBodyBytes: number
}

/** Every option with its value: the output of the one schema below. */
export interface AirlockConfig {
  readonly redact: RedactConfig
  readonly intercept: InterceptConfig
  readonly allowUnseenTransport: boolean
  readonly auth: false
}

/**
 * Which values are stricter than others, so that a project can tighten an option and never loosen it:
 * `true` and `false` name the strict value, `superset` and `subset` compare lists, `at-most` numbers; `add` is a list
 * of things with ids, to which each place adds its own; `person` means that only the person's own configuration sets it.
 */
export type StrictSide = "true" | "false" | "superset" | "subset" | "at-most" | "add" | "person"

export const AUDIT_FILE_NAME = "opencode-redactor.audit.jsonl"

const MIB = 1024 * 1024
const BOOLEAN = "true or false"

const MAX_ENTROPY = 8
const RULE_ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/
const ID_EXPECTED = "kebab-case, for example acme-token"
const HASH_EXPECTED = "64 lower-case hex digits"
const KEYWORD_EXPECTED = "a text of 2 to 64 ASCII characters"
const GROUP_EXPECTED = "the name or the number of a group"

const customRule: v.GenericSchema<CustomRule> = v.strictObject({
  id: v.pipe(
    v.string(ID_EXPECTED),
    v.regex(RULE_ID, ID_EXPECTED),
    v.maxLength(64, "no longer than 64 characters"),
    v.check(isFreeRuleId, ({ input }) => takenRuleIdProblem(input)),
  ),
  pattern: v.pipe(
    v.string("a pattern"),
    v.nonEmpty("a pattern"),
    v.maxLength(4096, "no longer than 4096 characters"),
  ),
  title: v.optional(
    v.pipe(v.string("a text"), v.nonEmpty("a text"), v.maxLength(120, "no longer than 120 characters")),
  ),
  keywords: v.optional(
    v.array(
      v.pipe(v.string(KEYWORD_EXPECTED), v.regex(/^[\x20-\x7e]{2,64}$/, KEYWORD_EXPECTED)),
      "a list of texts",
    ),
  ),
  secretGroup: v.optional(
    v.union(
      [v.pipe(v.string(), v.nonEmpty(GROUP_EXPECTED)), wholeNumber(0, 100, GROUP_EXPECTED)],
      GROUP_EXPECTED,
    ),
  ),
  minEntropy: v.optional(
    v.pipe(
      v.number("a number of bits from 0 to 8"),
      v.minValue(0, "a number of bits from 0 to 8"),
      v.maxValue(MAX_ENTROPY, "a number of bits from 0 to 8"),
    ),
  ),
  flags: v.optional(v.literal("i", '"i"')),
})

/** A list of the person's own rules. Their patterns are not looked at here: see custom-rules.ts. */
export const customRulesSchema: v.GenericSchema<readonly CustomRule[]> = v.pipe(
  v.array(customRule, "a list of rules"),
  v.maxLength(200, "no longer than 200 rules"),
  v.check(
    (rules) => new Set(rules.map(({ id }) => id)).size === rules.length,
    ({ input }) => `holds two rules of one id, ${samePlaces(input)}; give each its own`,
  ),
)

function samePlaces(rules: readonly CustomRule[]): string {
  const ids = rules.map(({ id }) => id)
  const second = ids.findIndex((id, index) => ids.indexOf(id) !== index)
  return `[${ids.indexOf(ids[second] ?? "")}] and [${second}]`
}

const allowEntry: v.GenericSchema<AllowEntry> = v.pipe(
  v.strictObject({
    rule: v.optional(v.pipe(v.string("a rule id"), v.regex(RULE_ID, "a rule id"))),
    pattern: v.optional(
      v.pipe(
        v.string("a pattern"),
        v.nonEmpty("a pattern"),
        v.maxLength(4096, "no longer than 4096 characters"),
      ),
    ),
    sha256: v.optional(v.pipe(v.string(HASH_EXPECTED), v.regex(/^[0-9a-f]{64}$/, HASH_EXPECTED))),
  }),
  v.check(
    ({ pattern, sha256 }) => pattern !== undefined || sha256 !== undefined,
    "says no pattern and no sha256; to switch a rule off, name it in redact.disableRules",
  ),
)

/** A list of what is left as it is. Its patterns are not looked at here: see custom-rules.ts. */
export const allowListSchema: v.GenericSchema<readonly AllowEntry[]> = v.pipe(
  v.array(allowEntry, "a list of entries"),
  v.maxLength(1000, "no longer than 1000 entries"),
)

const redact = v.strictObject({
  enabled: option(v.boolean(BOOLEAN), true, "Masking", "Mask secrets in every provider request.", "true"),
  pii: option(
    v.array(
      v.picklist(PII_KINDS, `one of ${PII_KINDS.map((kind) => JSON.stringify(kind)).join(", ")}`),
      'a list, for example ["email", "phone"]',
    ),
    ["email"],
    "Personal data",
    "Kinds of personal data that are masked besides secrets.",
    "superset",
  ),
  disableRules: option(
    v.array(
      // Whether there is such a rule is not looked at here: see named-rules.ts.
      v.pipe(v.string("a rule id"), v.nonEmpty("a rule id")),
      "a list of rule ids",
    ),
    [],
    "Disabled rules",
    "Ids of rules that are not applied; `airlock rules` lists them.",
    "subset",
  ),
  rules: option(
    customRulesSchema,
    [],
    "Your own rules",
    "Patterns that are masked besides the built-in rules; those of every place add up.",
    "add",
  ),
  allow: option(
    allowListSchema,
    [],
    "Allow-list",
    "Values that are left as they are, by pattern or hash, for one rule or all.",
    "person",
  ),
  maskLocal: option(
    v.boolean(BOOLEAN),
    false,
    "Mask what is stored",
    "Also mask what OpenCode stores of your messages, not only what leaves the machine.",
    "true",
  ),
  audit: section(
    v.strictObject({
      enabled: option(
        v.boolean(BOOLEAN),
        true,
        "Audit log",
        "Append one line, without values, for each hook that masked or restored something.",
        "true",
      ),
      path: option(
        v.pipe(
          v.string("an absolute path or one that starts with ~/"),
          v.regex(/^(?:\/|~\/|[A-Za-z]:[\\/])/, "an absolute path or one that starts with ~/"),
        ),
        `~/.config/opencode/${AUDIT_FILE_NAME}`,
        "Audit file",
        "Where the audit log is written. The default follows XDG_CONFIG_HOME.",
        "person",
      ),
      maxBytes: option(
        wholeNumber(1024, 1024 * MIB, "a whole number of bytes from 1024 to 1073741824"),
        10 * MIB,
        "Audit size",
        "The audit log is rotated when it would grow beyond this many bytes.",
        "person",
      ),
    }),
    "Audit",
    "The local audit log. It never holds a secret.",
  ),
})

const intercept = v.strictObject({
  enabled: option(
    v.boolean(BOOLEAN),
    true,
    "Capturing",
    "Offer /intercept. Capturing itself starts off and is switched on in a session.",
    "false",
  ),
  retentionHours: option(
    wholeNumber(1, 8760, "a whole number of hours from 1 to 8760"),
    24,
    "Retention",
    "Captures older than this many hours are deleted, at start-up and every hour.",
    "at-most",
  ),
  maxTotalBytes: option(
    wholeNumber(MIB, 1024 * 1024 * MIB, "a whole number of bytes from 1048576 to 1099511627776"),
    1024 * MIB,
    "Largest size of all captures",
    "Beyond so many bytes of captures the oldest conversations are deleted, at start-up and every hour.",
    "at-most",
  ),
  maxCaptures: option(
    wholeNumber(1, 1_000_000, "a whole number from 1 to 1000000"),
    10_000,
    "Most captures",
    "Beyond so many captures the oldest conversations are deleted, at start-up and every hour.",
    "at-most",
  ),
  maxBodyBytes: option(
    wholeNumber(1024, 1024 * MIB, "a whole number of bytes from 1024 to 1073741824"),
    10 * MIB,
    "Largest captured body",
    "Of each response no more than this many bytes are captured; requests are captured whole, and the exchange itself is not affected.",
    "at-most",
  ),
})

/** The one description of every option: types, defaults, JSON Schema and the reference page come from it. */
export const configSchema: v.GenericSchema<unknown, AirlockConfig> = v.strictObject({
  redact: section(
    redact,
    "Redact",
    "Masks secrets before they leave and restores them in local files.",
    true,
  ),
  intercept: section(intercept, "Intercept", "Captures exchanges with model providers, masked.", true),
  allowUnseenTransport: option(
    v.boolean(BOOLEAN),
    false,
    "Allow unseen transports",
    "Let turns continue over a transport that Airlock cannot see, where nothing is masked.",
    "false",
  ),
  auth: option(
    v.literal(false, "false (sign-in is not part of this release)"),
    false,
    "Sign-in",
    "Reserved: sign-in is not part of this release, so only false is accepted.",
    "false",
  ),
})

function option<const S extends v.GenericSchema>(
  schema: S,
  fallback: NoInfer<v.InferInput<S>>,
  title: string,
  description: string,
  strictSide: StrictSide,
) {
  const described = v.pipe(schema, v.title(title), v.description(description), v.metadata({ strictSide }))
  return v.optional(described, fallback)
}

/** @param shorthand whether `true` and `false` may stand for `{ "enabled": … }`. */
function section<const S extends v.GenericSchema>(
  schema: S,
  title: string,
  description: string,
  shorthand = false,
) {
  return v.optional(v.pipe(schema, v.title(title), v.description(description), v.metadata({ shorthand })), {})
}

function wholeNumber(min: number, max: number, message: string) {
  return v.pipe(v.number(message), v.integer(message), v.minValue(min, message), v.maxValue(max, message))
}
