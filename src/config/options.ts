import * as v from "valibot"
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import { configSchema, type StrictSide } from "./schema.ts"

/** One option, as the schema describes it. */
export interface OptionLeaf {
  readonly kind: "leaf"
  /** Dotted, for example `redact.audit.path`. */
  readonly key: string
  readonly path: readonly string[]
  readonly title: string
  readonly description: string
  readonly defaultValue: JsonValue
  readonly strictSide: StrictSide
  /** JSON Schema of the value, without title, description and default. */
  readonly type: JsonObject
}

/** A group of options. */
export interface OptionSection {
  readonly kind: "section"
  readonly key: string
  readonly path: readonly string[]
  readonly title: string
  readonly description: string
  /** Whether `true` and `false` stand for `{ "enabled": … }`. */
  readonly shorthand: boolean
  readonly children: readonly OptionNode[]
}

export type OptionNode = OptionLeaf | OptionSection

const STRICT_SIDES: readonly StrictSide[] = [
  "true",
  "false",
  "superset",
  "subset",
  "at-most",
  "add",
  "person",
]

/** The options as a tree, in the schema's order. */
export function optionTree(): readonly OptionNode[] {
  tree ??= childrenOf(configSchema, [])
  return tree
}

// The schema never changes, and walking it is a tenth of an instance's start.
let tree: readonly OptionNode[] | undefined

/** Every single option, in the schema's order. */
export function optionLeaves(nodes: readonly OptionNode[] = optionTree()): readonly OptionLeaf[] {
  return nodes.flatMap((node) => (node.kind === "leaf" ? [node] : optionLeaves(node.children)))
}

/** JSON Schema (draft 2020-12) of `airlock.jsonc` and of the plugin options, for editors. */
export function configJsonSchema(): JsonObject {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Airlock configuration",
    ...objectSchema(optionTree(), { $schema: { type: "string" } }),
  }
}

function objectSchema(nodes: readonly OptionNode[], extra: JsonObject = {}): JsonObject {
  const properties: Record<string, JsonValue | undefined> = { ...extra }
  for (const node of nodes) properties[lastOf(node.path)] = nodeSchema(node)
  return { type: "object", additionalProperties: false, properties }
}

function nodeSchema(node: OptionNode): JsonObject {
  const { title, description } = node
  if (node.kind === "leaf") return { title, description, ...node.type, default: node.defaultValue }
  const object = objectSchema(node.children)
  if (!node.shorthand) return { title, description, ...object }
  return { title, description, anyOf: [{ type: "boolean" }, object] }
}

function childrenOf(schema: v.GenericSchema, path: readonly string[]): readonly OptionNode[] {
  if (!hasEntries(schema)) return []
  return Object.entries(schema.entries).map(([name, entry]) => nodeOf(entry, [...path, name]))
}

function nodeOf(entry: v.GenericSchema, path: readonly string[]): OptionNode {
  const schema = hasWrapped(entry) ? entry.wrapped : entry
  const metadata = v.getMetadata(schema)
  const described = {
    key: path.join("."),
    path,
    title: v.getTitle(schema) ?? "",
    description: v.getDescription(schema) ?? "",
  }
  if (hasEntries(schema)) {
    const shorthand = metadata.shorthand === true
    return { kind: "section", ...described, shorthand, children: childrenOf(schema, path) }
  }
  const strictSide = STRICT_SIDES.find((side) => side === metadata.strictSide) ?? "person"
  return { kind: "leaf", ...described, defaultValue: defaultOf(entry), strictSide, type: typeOf(schema) }
}

function typeOf(schema: v.GenericSchema): JsonObject {
  if (hasLiteral(schema)) return { const: toJson(schema.literal) }
  if (hasSchemas(schema)) return { anyOf: schema.options.map(typeOf) }
  if (hasChoices(schema)) return { enum: schema.options.map(toJson) }
  if (hasEntries(schema)) return objectType(schema.entries)
  if (hasItem(schema)) return { type: "array", items: typeOf(schema.item), ...limitsOf(schema) }
  return { type: schema.type, ...limitsOf(schema) }
}

function objectType(entries: Readonly<Record<string, v.GenericSchema>>): JsonObject {
  const required = Object.keys(entries).filter((name) => {
    const entry = entries[name]
    return entry !== undefined && !hasWrapped(entry)
  })
  const properties = Object.fromEntries(
    Object.entries(entries).map(([name, entry]) => [name, typeOf(hasWrapped(entry) ? entry.wrapped : entry)]),
  )
  return { type: "object", additionalProperties: false, required, properties }
}

function limitsOf(schema: v.GenericSchema): JsonObject {
  const limits: Record<string, JsonValue> = {}
  for (const step of stepsOf(schema)) {
    if (step.type === "integer") limits.type = "integer"
    if (step.type === "min_value") limits.minimum = toJson(step.requirement)
    if (step.type === "max_value") limits.maximum = toJson(step.requirement)
    if (step.type === "non_empty") limits.minLength = 1
    if (step.type === "max_length")
      limits[schema.type === "array" ? "maxItems" : "maxLength"] = toJson(step.requirement)
    if (step.requirement instanceof RegExp) limits.pattern = step.requirement.source
  }
  return limits
}

interface PipeStep {
  readonly type: unknown
  readonly requirement?: unknown
}

/** The steps of a pipe and of the pipes it is made from. */
function stepsOf(schema: object): readonly PipeStep[] {
  if (!("pipe" in schema) || !Array.isArray(schema.pipe)) return []
  return schema.pipe.flatMap((step: unknown) => {
    if (typeof step !== "object" || step === null || !("type" in step)) return []
    return [step, ...stepsOf(step)]
  })
}

function defaultOf(entry: v.GenericSchema): JsonValue {
  return "default" in entry ? toJson(entry.default) : null
}

function toJson(value: unknown): JsonValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value
  if (isJsonArray(value) || isJsonObject(value)) return value
  return null
}

function lastOf(path: readonly string[]): string {
  return path.at(-1) ?? ""
}

function hasEntries(
  schema: v.GenericSchema,
): schema is v.GenericSchema & { entries: Record<string, v.GenericSchema> } {
  return "entries" in schema
}

function hasWrapped(schema: v.GenericSchema): schema is v.GenericSchema & { wrapped: v.GenericSchema } {
  return "wrapped" in schema
}

function hasItem(schema: v.GenericSchema): schema is v.GenericSchema & { item: v.GenericSchema } {
  return "item" in schema
}

function hasLiteral(schema: v.GenericSchema): schema is v.GenericSchema & { literal: unknown } {
  return "literal" in schema
}

function hasSchemas(
  schema: v.GenericSchema,
): schema is v.GenericSchema & { options: readonly v.GenericSchema[] } {
  return schema.type === "union" && "options" in schema
}

function hasChoices(schema: v.GenericSchema): schema is v.GenericSchema & { options: readonly unknown[] } {
  return "options" in schema && Array.isArray(schema.options)
}
