import { slicer } from "./slicer.ts"

/** Below this depth a value is written in one go: messages and tools of a request stand at depth two. */
const SLICED_DEPTH = 3

/**
 * The text of `JSON.stringify(value, null, 2)`, in pieces, for a value made of JSON's types, put together in slices of a few
 * milliseconds between which the event loop runs: a conversation of megabytes takes tens of milliseconds, and a reply may be
 * streaming meanwhile.
 */
export async function jsonPieces(value: object): Promise<readonly string[]> {
  const breathe = slicer()
  const pieces: string[] = []
  const write = async (item: unknown, indent: string, depth: number): Promise<void> => {
    await breathe()
    if (typeof item !== "object" || item === null || depth === SLICED_DEPTH) {
      pieces.push(JSON.stringify(item, null, 2).replaceAll("\n", `\n${indent}`))
      return
    }
    const isArray = Array.isArray(item)
    const entries: [string, unknown][] = Object.entries(item)
    const deeper = `${indent}  `
    let separator = ""
    pieces.push(isArray ? "[" : "{")
    for (const [name, inner] of entries) {
      if (inner === undefined) continue
      pieces.push(`${separator}\n${deeper}${isArray ? "" : `${JSON.stringify(name)}: `}`)
      await write(inner, deeper, depth + 1)
      separator = ","
    }
    const close = isArray ? "]" : "}"
    pieces.push(separator === "" ? close : `\n${indent}${close}`)
  }
  await write(value, "", 0)
  return pieces
}
