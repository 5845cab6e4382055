import type { RE2JS } from "re2js"

/** The linear-time engine for patterns that a person wrote. */
export type Re2 = typeof RE2JS

/** Loads the engine, which only a person with rules of their own pays for. The bundled files carry it inside. */
export async function loadRe2(): Promise<Re2> {
  const { RE2JS } = await import("re2js")
  return RE2JS
}
