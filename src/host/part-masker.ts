import type { MaskTally } from "./mask-tally.ts"

/** An object of OpenCode's that is changed in place, because a replaced one is ignored. */
export type Mutable = { [key: string]: unknown }

/** Which texts of a part are looked at: what goes to a model, or also what only the person sees. */
export type PartScope = "prompt" | "display"

/**
 * Masks a message part in place. Ids, states, timestamps and signed reasoning are left alone.
 *
 * @returns whether anything changed
 */
export function maskPart(part: Mutable, tally: MaskTally, scope: PartScope): boolean {
  switch (part.type) {
    case "text":
      return maskFields(part, ["text"], tally)
    case "reasoning":
      return isSigned(part.metadata) ? false : maskFields(part, ["text"], tally)
    case "tool":
      return isMutable(part.state) ? maskToolState(part.state, tally, scope) : false
    case "file":
      return maskSource(part.source, tally)
    case "agent":
      return isMutable(part.source) ? maskFields(part.source, ["value"], tally) : false
    case "subtask":
      return maskFields(part, ["prompt", "description"], tally)
    default:
      return false
  }
}

/** Masks the named properties of `target` in place, deeply. @returns whether anything changed */
export function maskFields(target: Mutable, names: readonly string[], tally: MaskTally): boolean {
  let changed = false
  for (const name of names) {
    const value = target[name]
    if (value === undefined) continue
    // The field's own name ("text", "output") says nothing about its value, so it is not passed on.
    const masked = tally.deep(value)
    if (masked === value) continue
    target[name] = masked
    changed = true
  }
  return changed
}

export function isMutable(value: unknown): value is Mutable {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function maskToolState(state: Mutable, tally: MaskTally, scope: PartScope): boolean {
  const names = ["input", "output", "error", "title", "raw"]
  const changed = maskFields(state, scope === "display" ? [...names, "metadata"] : names, tally)
  const attachments = Array.isArray(state.attachments) ? state.attachments : []
  const attached = attachments.map((part: unknown) =>
    isMutable(part) ? maskPart(part, tally, scope) : false,
  )
  return changed || attached.includes(true)
}

function maskSource(source: unknown, tally: MaskTally): boolean {
  if (!isMutable(source) || !isMutable(source.text)) return false
  return maskFields(source.text, ["value"], tally)
}

// Providers reject a thinking block whose text no longer fits its signature.
function isSigned(metadata: unknown): boolean {
  return (
    metadata !== undefined &&
    /"(signature|redactedData|reasoningEncryptedContent|thoughtSignature)"/i.test(JSON.stringify(metadata))
  )
}
