import { expect, test } from "vitest"
import { toolInput } from "../../../src/wire/tool-input.ts"

test.each([
  ['{"a": [1, null]}', { a: [1, null] }],
  ['"text"', "text"],
  ["", {}],
  [" \n", {}],
  ['{"a": ', undefined],
  ["*** Begin Patch", undefined],
])("the input of %j", (text, input) => {
  expect(toolInput({ arguments: text })).toEqual(input)
})

test.each(["*** Begin Patch", '{"a":1}', ""])("free text %j is its own input", (text) => {
  expect(toolInput({ arguments: text, freeText: true })).toBe(text)
})
