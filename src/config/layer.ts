import * as v from "valibot"
import { AirlockError } from "../base/errors.ts"
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../base/json.ts"
import { nearestName } from "./nearest.ts"
import { optionLeaves, type OptionNode, type OptionSection, optionTree } from "./options.ts"
import { configSchema } from "./schema.ts"

/** What one place sets: dotted option key to value. Options that the place does not name are absent. */
export type ConfigLayer = ReadonlyMap<string, JsonValue>

/** Where a layer came from, for error messages. */
export interface LayerPlace {
  /** A file path or, for example, `plugin options`. */
  readonly name: string
  /** `name` with the position of an option, where the place is a file. */
  readonly locate?: (path: readonly (string | number)[]) => string
}

type Issue = v.InferIssue<typeof configSchema>

/**
 * Checks what one place says and takes it apart into single options. `undefined` and `null` set nothing.
 *
 * @throws AirlockError CONFIG_INVALID that names every wrong or unknown option, the place, and what was expected.
 * Of values only numbers, booleans and short words where a word was expected appear in it.
 */
export function parseLayer(raw: unknown, place: LayerPlace): ConfigLayer {
  if (raw === undefined || raw === null) return new Map()
  if (!isJsonObject(raw)) throw invalid([`${place.name}: expected an object, got ${typeName(raw)}`])
  const tree = optionTree()
  const expanded = expandShorthand(raw, tree)
  const result = v.safeParse(configSchema, expanded)
  if (!result.success) throw invalid(result.issues.map((issue) => describe(issue, place, tree)))
  return new Map(collect(expanded, tree))
}

/** Builds the whole configuration from single options; the schema fills in what is absent. */
export function objectOfLayer(layer: ConfigLayer): JsonObject {
  const root: Record<string, JsonValue> = {}
  for (const leaf of optionLeaves()) {
    const value = layer.get(leaf.key)
    if (value === undefined) continue
    setAt(root, leaf.path, value)
  }
  return root
}

/** Type of a value in a person's words; never the value. */
function typeName(value: unknown): string {
  if (value === null) return "null"
  if (Array.isArray(value)) return "a list"
  if (typeof value === "object") return "an object"
  return `a ${typeof value}`
}

function expandShorthand(raw: JsonObject, tree: readonly OptionNode[]): JsonObject {
  const { $schema, ...rest } = raw
  const expanded: Record<string, JsonValue | undefined> = typeof $schema === "string" ? rest : { ...raw }
  for (const node of tree) {
    const value = expanded[node.key]
    if (node.kind !== "section" || !node.shorthand || typeof value !== "boolean") continue
    expanded[node.key] = { enabled: value }
  }
  return expanded
}

// Own properties only: a `__proto__` key in a file must not set options behind the checks.
function collect(object: JsonObject, nodes: readonly OptionNode[]): readonly [string, JsonValue][] {
  return nodes.flatMap((node): readonly [string, JsonValue][] => {
    const name = node.path.at(-1) ?? ""
    const value = Object.hasOwn(object, name) ? object[name] : undefined
    if (value === undefined) return []
    if (node.kind === "leaf") return [[node.key, value]]
    return isJsonObject(value) ? collect(value, node.children) : []
  })
}

function setAt(root: Record<string, JsonValue>, path: readonly string[], value: JsonValue): void {
  const [name, ...rest] = path
  if (name === undefined) return
  if (rest.length === 0) {
    root[name] = value
    return
  }
  const child: Record<string, JsonValue> = {}
  const existing = root[name]
  if (isJsonObject(existing)) Object.assign(child, existing)
  root[name] = child
  setAt(child, rest, value)
}

function describe(issue: Issue, place: LayerPlace, tree: readonly OptionNode[]): string {
  const path = pathOf(issue)
  const where = place.locate?.(path) ?? place.name
  const key = dotted(path)
  if (issue.type === "strict_object" && issue.expected === "never") {
    return `${where}: "${key}" is not an option${suggestion(path, tree)}`
  }
  if (issue.type === "strict_object" && issue.input === undefined) return `${where}: "${key}" is missing`
  // Its message is a whole predicate, since it has more to say than what was expected.
  if (issue.type === "check") return `${where}: "${key}" ${issue.message}`
  const expected = issue.type === "strict_object" ? sectionExpectation(path, tree) : issue.message
  return `${where}: "${key}" must be ${expected}, got ${gotten(issue)}`
}

const SHORT_WORD = /^[a-z-]{1,24}$/

/** What stood there. A text may be a secret at the wrong place, so it is shown only where one of a few words belongs. */
function gotten({ type, input }: Issue): string {
  if (typeof input === "number" || typeof input === "boolean") return String(input)
  if (typeof input !== "string") return typeName(input)
  if (input === "") return "an empty text"
  return type === "picklist" && SHORT_WORD.test(input) ? `"${input}"` : typeName(input)
}

function pathOf(issue: Issue): readonly (string | number)[] {
  return (issue.path ?? []).map(({ key }) => (typeof key === "number" ? key : String(key)))
}

const MAX_KEY_CHARS = 60

function dotted(path: readonly (string | number)[]): string {
  const text = path.map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`)).join("")
  const printable = text.replace(/[^\x20-\x7e]/g, "?").replace(/^\./, "")
  return printable.length > MAX_KEY_CHARS ? `${printable.slice(0, MAX_KEY_CHARS)}…` : printable
}

function suggestion(path: readonly (string | number)[], tree: readonly OptionNode[]): string {
  const name = String(path.at(-1) ?? "")
  if (path.some((step) => typeof step === "number")) return itemSuggestion(name, path, tree)
  const parent = path.slice(0, -1).join(".")
  const section = findSection(parent, tree)
  const siblings = (section?.children ?? tree).map((node) => node.path.at(-1) ?? "")
  const near = nearestName(name, siblings)
  if (near !== undefined) return `; did you mean "${parent === "" ? near : `${parent}.${near}`}"?`
  const elsewhere = optionLeaves(tree).find(
    (leaf) => nearestName(name, [leaf.path.at(-1) ?? ""]) !== undefined,
  )
  if (elsewhere !== undefined) return `; did you mean "${elsewhere.key}"?`
  return `; the options here are ${siblings.join(", ")}`
}

/** Of the properties of a list's items, which are no options of their own. */
function itemSuggestion(
  name: string,
  path: readonly (string | number)[],
  tree: readonly OptionNode[],
): string {
  const list = path.slice(
    0,
    path.findIndex((step) => typeof step === "number"),
  )
  const items = optionLeaves(tree).find(({ key }) => key === list.join("."))?.type.items
  const properties =
    isJsonObject(items) && isJsonObject(items.properties) ? Object.keys(items.properties) : []
  const near = nearestName(name, properties)
  return near === undefined ? `; there are ${properties.join(", ")}` : `; did you mean "${near}"?`
}

function sectionExpectation(path: readonly (string | number)[], tree: readonly OptionNode[]): string {
  return findSection(path.join("."), tree)?.shorthand ? "true, false or an object" : "an object"
}

function findSection(key: string, nodes: readonly OptionNode[]): OptionSection | undefined {
  for (const node of nodes) {
    if (node.kind !== "section") continue
    if (node.key === key) return node
    const inner = findSection(key, node.children)
    if (inner !== undefined) return inner
  }
  return undefined
}

function invalid(problems: readonly string[]): AirlockError {
  return new AirlockError("CONFIG_INVALID", `The Airlock configuration is not valid. ${problems.join("; ")}`)
}

/** Whether two option values are the same. Lists compare in order, objects by their properties. */
export function sameValue(left: JsonValue | undefined, right: JsonValue | undefined): boolean {
  if (isJsonArray(left) && isJsonArray(right)) {
    return left.length === right.length && left.every((item, index) => sameValue(item, right[index]))
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)])
    return [...names].every((name) => sameValue(left[name], right[name]))
  }
  return left === right
}
