import { AirlockError } from "../base/errors.ts"
import { placeholderPattern } from "../base/placeholder.ts"
import { countLenient, restoreLenient } from "./altered-placeholders.ts"
import type { Masker, RestoredText } from "./masker.ts"
import { restorePolicy, sinkOf } from "./sinks.ts"

export interface RestoreToolArgsOptions {
  /** Exact tool name as OpenCode's hook gives it. */
  readonly tool: string
  /** The live object that OpenCode executes; changed in place, because a replaced one is ignored (1.18.33). */
  readonly args: unknown
  readonly masker: Pick<Masker, "restore">
}

export interface RestoredArgs {
  /** Placeholders in the arguments, each time they stand there. */
  readonly found: number
  /** Those that were replaced by their secret. */
  readonly restored: number
  /**
   * A copy of the arguments as they were, there only when something was restored: what to show and store in place
   * of the live ones, which hold secrets now.
   */
  readonly original?: unknown
}

/** Something that can be changed in place. */
type Container = Record<string, unknown> | unknown[]

type Restore = (text: string, name: string) => RestoredText

/** Argument that holds a patch in the format of `apply_patch`. */
const PATCH_ARGUMENT = "patchText"
const PATH_ARGUMENTS = ["filePath", "path", "file_path", "file", "filename"]

/**
 * Restores placeholders in a tool's arguments where the tool's sink allows it: everything for tools that write
 * local files (contents, the text `edit` looks for, paths), what can be resolved for tools that look up local
 * files, nothing for processes, MCP and network tools. For files also placeholders that the model altered, where
 * they still name one secret.
 *
 * @throws AirlockError RESTORE_UNRESOLVED, before anything is changed, when a file would be written with a
 * placeholder that stands for nothing, or an altered one that cannot be told.
 */
export function restoreToolArgs({ tool, args, masker }: RestoreToolArgsOptions): RestoredArgs {
  const containers = containersOf(args)
  const strings = containers.flatMap(stringsOf)
  const policy = restorePolicy(sinkOf(tool))
  const count = policy === "all" ? countLenient : countPlaceholders
  const found = strings.reduce((sum, { text }) => sum + count(text), 0)
  if (found === 0 || policy === "never") return { found, restored: 0 }

  const restoreText = (text: string): RestoredText =>
    policy === "all" ? restoreLenient(text, masker) : masker.restore(text)
  const restore: Restore = (text, name) =>
    name === PATCH_ARGUMENT ? restorePatch(text, restoreText) : restoreText(text)
  if (policy === "all") {
    const unresolved = new Set(strings.flatMap(({ text }) => restoreText(text).unresolved))
    if (unresolved.size > 0) throw unresolvedError(tool, args, [...unresolved])
  }
  const original = copyOf(args)
  const restored = containers.reduce((sum, container) => sum + restoreContainer(container, restore), 0)
  return restored === 0 ? { found, restored } : { found, restored, original }
}

/**
 * A copy of `value` down to what is no plain object or array, which is not touched by restoring either.
 * `structuredClone` would throw where a tool's arguments hold a function.
 */
function copyOf(value: unknown, copies: Map<Container, Container> = new Map()): unknown {
  if (!isContainer(value)) return value
  const known = copies.get(value)
  if (known) return known
  const copy: Container = Array.isArray(value) ? [] : {}
  copies.set(value, copy)
  for (const [name, inner] of Object.entries(value)) setProperty(copy, name, copyOf(inner, copies))
  return copy
}

/** `value` and everything in it that has properties or elements, each once (arguments may be cyclic). */
function containersOf(value: unknown): Container[] {
  const seen = new Set<Container>()
  const pending: unknown[] = [value]
  while (pending.length > 0) {
    const next = pending.pop()
    if (!isContainer(next) || seen.has(next)) continue
    seen.add(next)
    for (const inner of Object.values(next)) pending.push(inner)
  }
  return [...seen]
}

function isContainer(value: unknown): value is Container {
  if (Array.isArray(value)) return true
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

interface NamedText {
  readonly name: string
  readonly text: string
}

function stringsOf(container: Container): NamedText[] {
  const values = Object.entries(container).flatMap(([name, value]) =>
    typeof value === "string" ? [{ name, text: value }] : [],
  )
  return Array.isArray(container)
    ? values
    : [...values, ...Object.keys(container).map((text) => ({ name: "", text }))]
}

function countPlaceholders(text: string): number {
  return text.match(placeholderPattern())?.length ?? 0
}

/** Restores the strings and the property names of one container. @returns placeholders replaced */
function restoreContainer(container: Container, restore: Restore): number {
  let restored = 0
  for (const [name, value] of Object.entries(container)) {
    if (typeof value !== "string") continue
    const result = restore(value, name)
    if (result.restored === 0) continue
    setProperty(container, name, result.text)
    restored += result.restored
  }
  return Array.isArray(container) ? restored : restored + restoreKeys(container, restore)
}

/** All properties are set anew where a name changes, so that their order stays. */
function restoreKeys(object: Record<string, unknown>, restore: Restore): number {
  const entries = Object.entries(object)
  const names = new Set(Object.keys(object))
  let restored = 0
  const renamed = entries.map(([name, value]): [string, unknown] => {
    const result = restore(name, "")
    // Two properties must not become one; the placeholder stays where its secret is a name already.
    if (result.restored === 0 || names.has(result.text)) return [name, value]
    restored += result.restored
    names.add(result.text)
    return [result.text, value]
  })
  if (restored === 0) return 0
  for (const [name] of entries) delete object[name]
  for (const [name, value] of renamed) setProperty(object, name, value)
  return restored
}

// Assigning to `__proto__` would change the object's prototype instead.
function setProperty(container: Container, name: string, value: unknown): void {
  Object.defineProperty(container, name, { value, writable: true, enumerable: true, configurable: true })
}

/**
 * Each line of a patch says with its first character whether it is added, removed or context; the lines of a
 * secret that has several (a private key) all need that of the line they stand in.
 */
function restorePatch(patch: string, restoreText: (text: string) => RestoredText): RestoredText {
  let restored = 0
  const unresolved = new Set<string>()
  const lines = patch.split("\n").map((line) => {
    const result = restoreText(line)
    restored += result.restored
    for (const placeholder of result.unresolved) unresolved.add(placeholder)
    const mark = /^[+\- ]/.exec(line)?.[0]
    return mark === undefined || result.restored === 0
      ? result.text
      : result.text.replaceAll("\n", `\n${mark}`)
  })
  return { text: lines.join("\n"), restored, unresolved: [...unresolved] }
}

function unresolvedError(tool: string, args: unknown, placeholders: readonly string[]): AirlockError {
  const shown = placeholders.slice(0, 5).join(", ") + (placeholders.length > 5 ? ", …" : "")
  return new AirlockError(
    "RESTORE_UNRESOLVED",
    `${tool} was stopped and ${targetOf(args)} was not changed: ${shown} stands for a secret that Airlock does not hold any more (or never issued), so the placeholder itself would end up in the file. Read the source of the value again and copy the placeholder exactly, or leave this value out and ask the person to fill it in.`,
  )
}

/** The file that would have been written, as the model named it: with placeholders, never with what they stand for. */
function targetOf(args: unknown): string {
  if (!isContainer(args) || Array.isArray(args)) return "the file"
  const path = PATH_ARGUMENTS.map((name) => args[name]).find((value) => typeof value === "string")
  if (typeof path === "string") return path
  const patch = args[PATCH_ARGUMENT]
  const named =
    typeof patch === "string" ? [...patch.matchAll(/^\*\*\* (?:Add|Update|Delete) File: (.+)$/gm)] : []
  return named.length > 0 ? named.map(([, file]) => file?.trim()).join(", ") : "the file"
}
