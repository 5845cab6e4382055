import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { recentModel } from "../../../src/host/recent-model.ts"

let state = ""
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), "airlock-state-"))
  await mkdir(join(state, "opencode"))
})
afterEach(() => rm(state, { recursive: true, force: true }))

const stored = (text: string): Promise<void> => writeFile(join(state, "opencode/model.json"), text)

describe("recentModel", () => {
  test("is the first model of the list that is not the console", async () => {
    const recent = [
      { providerID: "airlock", modelID: "console" },
      { providerID: "acme", modelID: "m" },
      { providerID: "other", modelID: "n" },
    ]
    await stored(JSON.stringify({ recent }))
    expect(await recentModel({ XDG_STATE_HOME: state })).toEqual({ providerID: "acme", modelID: "m" })
  })

  test.each(["", "{", "[]", '{"recent":1}', '{"recent":[null,{"providerID":1}]}'])(
    "is none for %j",
    async (text) => {
      await stored(text)
      expect(await recentModel({ XDG_STATE_HOME: state })).toBeUndefined()
    },
  )

  test("is none where the file is missing", async () => {
    expect(await recentModel({ XDG_STATE_HOME: state })).toBeUndefined()
  })
})
