import { readFileSync, statSync } from "node:fs"
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser"
import { AirlockError, errorMessage } from "../base/errors.ts"
import type { LayerPlace } from "./layer.ts"

/** A JSONC document and the way back from an option to its line. */
export interface JsoncDocument {
  readonly value: unknown
  readonly place: LayerPlace
}

const INVALID_ESCAPE = "Invalid Escape Character"
const MAX_CONFIG_BYTES = 1024 * 1024

/**
 * Text of a configuration file, `undefined` where there is none.
 *
 * @throws AirlockError CONFIG_UNREADABLE when something stands there that cannot be read as a file of at most 1 MiB.
 */
export async function readConfigText(path: string): Promise<string | undefined> {
  try {
    // Looked at before it is opened: opening a pipe that a cloned project brought would wait forever. Synchronous, since
    // OpenCode's start waits for a dozen of these, mostly missing, and each trip to the thread pool costs more than it.
    const stats = statSync(path)
    if (!stats.isFile()) throw new Error("it is not a regular file")
    if (stats.size > MAX_CONFIG_BYTES) throw new Error("it is larger than 1 MiB")
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "")
  } catch (error) {
    if (isMissing(error)) return undefined
    const reason = errorMessage(error)
    throw new AirlockError(
      "CONFIG_UNREADABLE",
      `The configuration file ${path} cannot be read (${reason}). Make it readable or move it away.`,
      { cause: error },
    )
  }
}

/**
 * Parses JSON with comments and trailing commas. Empty text is an empty document.
 *
 * @throws AirlockError CONFIG_INVALID with file, line and column of the first mistake.
 */
export function parseJsonc(text: string, path: string): JsoncDocument {
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true })
  const [first] = errors
  if (first !== undefined) {
    const what = printParseErrorCode(first.error).replace(/([a-z])([A-Z])/g, "$1 $2")
    const at = position(text, path, first.offset)
    const hint = what === INVALID_ESCAPE ? "; in JSON write \\\\ for a backslash, also in a pattern" : ""
    throw new AirlockError("CONFIG_INVALID", `The configuration is not valid JSONC. ${at}: ${what}${hint}`)
  }
  const value: unknown = root === undefined ? undefined : getNodeValue(root)
  return { value, place: { name: path, locate: (steps) => locate(text, path, root, steps) } }
}

function locate(
  text: string,
  path: string,
  root: Node | undefined,
  steps: readonly (string | number)[],
): string {
  if (root === undefined || steps.length === 0) return path
  const node = findNodeAtLocation(root, [...steps])
  // Where `redact: true` stands for `redact.enabled`, the nearest ancestor that was written is the place.
  if (node === undefined) return locate(text, path, root, steps.slice(0, -1))
  return position(text, path, (node.parent?.type === "property" ? node.parent : node).offset)
}

function position(text: string, path: string, offset: number): string {
  const before = text.slice(0, offset).split("\n")
  return `${path}:${before.length}:${(before.at(-1) ?? "").length + 1}`
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !("code" in error)) return false
  return error.code === "ENOENT" || error.code === "ENOTDIR"
}
