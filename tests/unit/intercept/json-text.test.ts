import fc from "fast-check"
import { expect, test } from "vitest"
import { jsonPieces } from "../../../src/intercept/json-text.ts"

test("the pieces are what JSON.stringify writes with two blanks", async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
      expect((await jsonPieces(value)).join("")).toBe(JSON.stringify(value, null, 2))
    }),
  )
})

test("leaves out what is undefined, as JSON.stringify does", async () => {
  const value = { a: undefined, b: [], c: {}, d: [[1, [2, { e: "x\ny" }]]] }
  expect((await jsonPieces(value)).join("")).toBe(JSON.stringify(value, null, 2))
})

test("gives the event loop back while it writes megabytes", async () => {
  const value = {
    messages: Array.from({ length: 4000 }, () => ({ role: "user", content: "x".repeat(1000) })),
  }
  let turns = 0
  const timer = setInterval(() => (turns += 1), 1)
  await jsonPieces(value)
  clearInterval(timer)
  expect(turns).toBeGreaterThan(0)
})
