import { describe, expect, test } from "vitest"
import { GluedValues } from "../../../src/secrets/glued-value.ts"
import { createScanner } from "../../../src/secrets/index.ts"
import { countWork } from "../../support/count-work.ts"
import { ALNUM, fakeToken } from "../../support/fake-token.ts"

describe("values in one word with their name", () => {
  test.each([24, 300, 301, 1000, 20_000])(
    "are masked to their end when they have %i characters",
    (length) => {
      const value = fakeToken(ALNUM, length, length)
      const lead = "at acme-token-"
      const [found, ...others] = createScanner().scan(`${lead}${value} was used`)
      expect(others).toEqual([])
      expect(found?.start).toBeLessThanOrEqual(lead.length)
      expect(found?.end).toBe(lead.length + length)
    },
  )

  test("are none where something else goes on behind them", () => {
    const value = fakeToken(ALNUM, 30, 2)
    expect(new GluedValues(`secret-${value}(1)`).read(0, 6)).toBeUndefined()
    expect(new GluedValues(`secret-${value}%3D`).read(0, 6)).toBeUndefined()
  })

  test("cost no more than the text where one run holds many names", () => {
    const text = "secret-token.".repeat(2000)
    const workOf = (length: number): number =>
      countWork(() => {
        const values = new GluedValues(text.slice(0, length))
        for (let at = 0; at < length; at += 13) values.read(at, at + 12)
      })
    expect(workOf(26_000) / workOf(13_000)).toBeLessThan(2.3)
    expect(workOf(26_000) / 26_000).toBeLessThan(20)
  })
})

describe("plain values of keys", () => {
  test.each([4096, 4097, 50_000])("are masked to their end when they have %i characters", (length) => {
    const value = fakeToken(ALNUM, length, length)
    for (const lead of ["SERVICE_TOKEN=", "run with password=", "db_password: "])
      expect(createScanner().scan(`${lead}${value} # end`)).toMatchObject([
        { start: lead.length, end: lead.length + length },
      ])
  })
})
