import { describe, expect, test } from "vitest"
import { ALNUM, fakeToken } from "../../../support/fake-token.ts"
import { masked } from "./masking.ts"

const [first, second, third] = [1, 2, 3].map((seed) => fakeToken(ALNUM, 9, seed))

describe("a value that code puts together from strings is masked in all of them", () => {
  test.each([
    ["JavaScript", `const password = "${first}" + "${second}" + "${third}"`],
    ["over lines", `password = "${first}" +\n  "${second}" +\n  "${third}"\n`],
    ["PHP", `$password = '${first}' . '${second}' . '${third}';`],
    ["Python", `password = "${first}" \\\n           "${second}" \\\n           "${third}"\n`],
    ["Lua", `password = "${first}" .. "${second}" .. "${third}"`],
    ["SQL", `PASSWORD '${first}' || '${second}' || '${third}'`],
    ["a listing", `3: password = "${first}" +\n4:   "${second}" +\n5:   "${third}"\n`],
  ])("%s", (_, text) => {
    expect(masked(text).secrets).toEqual([first, second, third])
  })

  test("and what else is joined to it is left alone", () => {
    expect(masked(`url = base + "?password=" + "${first}" + "&page=2"`).secrets).toEqual([])
    expect(masked(`password = "${first}" + "@db.example.test/app"`).secrets).toEqual([first])
    expect(masked(`password = "${first}" + " is the password"`).secrets).toEqual([first])
    expect(masked(`["password", "${first}"], ["user", "ann"]`).secrets).toEqual([first])
  })
})
