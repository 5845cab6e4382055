import { expect } from "vitest"
import { placeholderOf, placeholderPattern } from "../../../../src/base/placeholder.ts"
import { createScanner } from "../../../../src/secrets/index.ts"

const scanner = createScanner()

interface Masked {
  readonly text: string
  readonly secrets: readonly string[]
}

/** The text with a placeholder for every finding, and what each stands for. Checks that both can be taken back. */
export function masked(text: string): Masked {
  const once = mask(text)
  const held = new Map(once.secrets.map((secret, index) => [numbered(index), secret]))
  expect(once.text.replace(placeholderPattern(), (placeholder) => held.get(placeholder) ?? placeholder)).toBe(
    text,
  )
  expect(mask(once.text).secrets).toEqual([])
  return once
}

function mask(text: string): Masked {
  const secrets: string[] = []
  let out = ""
  let from = 0
  for (const { start, end } of scanner.scan(text)) {
    expect(start).toBeGreaterThanOrEqual(from)
    expect(end).toBeGreaterThan(start)
    out += text.slice(from, start) + numbered(secrets.length)
    secrets.push(text.slice(start, end))
    from = end
  }
  expect(from).toBeLessThanOrEqual(text.length)
  return { text: out + text.slice(from), secrets }
}

function numbered(index: number): string {
  return placeholderOf(`abc${String(index).padStart(11, "0")}`)
}

/** Whether `left` shows as many characters in a row of `written` as `width` says. */
export function survives(written: string, left: string, width: number): boolean {
  for (let i = 0; i + width <= written.length; i++)
    if (left.includes(written.slice(i, i + width))) return true
  return false
}
