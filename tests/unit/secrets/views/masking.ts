import { expect } from "vitest"
import { placeholderOf, placeholderPattern } from "../../../../src/base/placeholder.ts"
import { createScanner } from "../../../../src/secrets/index.ts"

const scanner = createScanner()

/** The text with a placeholder for every finding, what each stands for, and that restoring and repeating hold. */
export function masked(text: string): { readonly text: string; readonly secrets: readonly string[] } {
  const once = mask(text)
  let index = 0
  expect(once.text.replace(placeholderPattern(), () => once.secrets[index++] ?? "")).toBe(text)
  expect(mask(once.text).secrets).toEqual([])
  return once
}

function mask(text: string): { text: string; secrets: string[] } {
  const secrets: string[] = []
  let out = ""
  let from = 0
  for (const { start, end } of scanner.scan(text)) {
    expect(start).toBeGreaterThanOrEqual(from)
    secrets.push(text.slice(start, end))
    out += text.slice(from, start) + placeholderOf(String(secrets.length).padStart(14, "0"))
    from = end
  }
  return { text: out + text.slice(from), secrets }
}

/** Longest run of characters of `written` that still stands in `left`, of those that `width` long windows find. */
export function survives(written: string, left: string, width: number): boolean {
  for (let i = 0; i + width <= written.length; i++)
    if (left.includes(written.slice(i, i + width))) return true
  return false
}
