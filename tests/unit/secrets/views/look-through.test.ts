import { describe, expect, test } from "vitest"
import { masked } from "./masking.ts"
import { reveals } from "./reader.ts"
import { contextSamples, tokenSamples } from "./samples.ts"
import { encodings, inlines, settings, type Transform } from "./transforms.ts"

const samples = [...tokenSamples, ...contextSamples]
const named = samples.map((sample) => [sample.kind, sample] as const)

/** Without UTF-16, which is read where its characters are ASCII. */
const narrow = encodings.filter(({ name }) => !name.includes("UTF-16"))

/** What is left of a secret may hold fewer of its characters in a row than this. */
const WIDTH = 6

function leaks(transforms: readonly Transform[], text: string, secret: string): string[] {
  return transforms.flatMap(({ name, write }) => {
    const left = masked(write(text)).text
    return reveals(left, secret, WIDTH) ? [`${name}: ${left.slice(0, 200)}`] : []
  })
}

function pairs(outer: readonly Transform[], inner: readonly Transform[]): Transform[] {
  return outer.flatMap((second) =>
    inner.map((first) => ({
      name: `${second.name} of ${first.name}`,
      write: (text: string) => second.write(first.write(text)),
    })),
  )
}

test("the reader of the tests reads every writing, so that a leak would be seen", () => {
  const { text, secret } = tokenSamples[0] ?? { text: "", secret: "" }
  const all = [...encodings, ...inlines, ...pairs(narrow, inlines), ...pairs(narrow, encodings)]
  expect(all.filter(({ write }) => !reveals(write(text), secret, WIDTH)).map(({ name }) => name)).toEqual([])
})

describe("a secret is masked in another writing", () => {
  test.each(named)("%s as an encoded text", (_, { text, secret }) => {
    expect(leaks(encodings, text, secret)).toEqual([])
  })

  test.each(named)("%s as an encoded text in files, commands and listings", (_, { text, secret }) => {
    expect(leaks(settings, text, secret)).toEqual([])
  })

  test.each(named)("%s character by character", (_, { text, secret }) => {
    expect(leaks(inlines, text, secret)).toEqual([])
  })

  test.each(named)("%s encoded twice", (_, { text, secret }) => {
    expect(leaks(pairs(narrow, encodings), text, secret)).toEqual([])
  })

  test.each(named)("%s with an encoding in escapes, and escapes in an encoding", (_, { text, secret }) => {
    expect(leaks(pairs(inlines, narrow), text, secret)).toEqual([])
    expect(leaks(pairs(narrow, inlines), text, secret)).toEqual([])
  })
})
