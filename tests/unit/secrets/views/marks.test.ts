import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createEngine } from "../../../../src/secrets/engine.ts"
import { ansiEdits } from "../../../../src/secrets/views/ansi-edits.ts"
import { byteListEdits } from "../../../../src/secrets/views/byte-list-edits.ts"
import { escapeEdits } from "../../../../src/secrets/views/escape-edits.ts"
import { inlineView } from "../../../../src/secrets/views/inline-view.ts"
import { invisibleEdits } from "../../../../src/secrets/views/invisible-edits.ts"
import { BYTES, ESCAPES, INVISIBLE, Marks, TERMINAL } from "../../../../src/secrets/views/marks.ts"

const ALL: number = ESCAPES | TERMINAL | BYTES | INVISIBLE

function marksOf(text: string): number {
  const marks = new Marks()
  createEngine([], [marks.pass], () => true).detect(text)
  return marks.found
}

const piece = fc.constantFrom(
  ..."\\u0041 \\\\u0041 \\u{41} \\x41 \\/ a\\_b a\\-b %41 %4 % &amp; &#65; &#x41; & && =3D =41 [65, [1, [a [\n\t65 0x41, 0x4 0xZ \\x1b[31m \\033[0m \\e[1m \\n \\".split(
    " ",
  ),
  "\u001b[31m",
  "\b",
  "\0",
  "\u200b",
  "\u00ad",
  "\uff21",
  "\ud835\udc00",
  "\u{e0041}",
  "é",
  "密",
  "a",
  " ",
  "66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77]",
  "0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x4b, 0x4c, 0x4d",
)

describe("Marks", () => {
  test("tells of every writing that an inline view undoes", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("")
        const marks = marksOf(text)
        const edits: readonly (readonly [mark: number, count: number])[] = [
          [ESCAPES, escapeEdits(text).flat().length],
          [TERMINAL, ansiEdits(text).flat().length],
          [BYTES, byteListEdits(text).length],
          [INVISIBLE, invisibleEdits(text).length],
        ]
        for (const [mark, count] of edits) if (count > 0) expect(marks & mark).toBe(mark)
        expect(inlineView(text, marks, [])?.text).toBe(inlineView(text, ALL, [])?.text)
      }),
      { numRuns: 4000, seed: 7 },
    )
  })

  test.each(["const a = [b]; if (x && y % 2) return '\\n'", "10 % of 5 & more", "x = 0xff", "a\\\\b"])(
    "tells of none in %j",
    (text) => {
      expect(marksOf(text)).toBe(0)
    },
  )
})

describe("inlineView", () => {
  test("shows no part of a text twice", () => {
    const between = fc.integer({ min: 0, max: 1500 }).map((length) => "x".repeat(length))
    fc.assert(
      fc.property(fc.array(between, { minLength: 2, maxLength: 12 }), (parts) => {
        const text = parts.join("\\u0041")
        const gaps = text.length / 200
        expect(inlineView(text, ALL, [])?.text.length ?? 0).toBeLessThanOrEqual(text.length + gaps * 3)
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})
