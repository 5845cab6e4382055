import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { type Canary, canary } from "../support/canary.ts"
import { serveOpencode } from "../support/opencode.ts"
import { DIALECTS } from "../support/opencode/providers.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import type { Script } from "../support/provider/start-provider.ts"
import type { ScriptedToolCall } from "../support/provider/step.ts"
import { hasToolResult, lastText, purposeOf } from "../support/script.ts"
import { type Rig, startRig } from "./intercept/rig.ts"

/*
 * A secret that only its context gave away stands alone once the agent has written it somewhere else: in arguments that
 * OpenCode stores and sends again, in files that are read back. It must not travel there either.
 */

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
}, 30_000)
afterAll(() => rig?.stop(), 10_000)

type Placement = (placeholder: string, directory: string) => ScriptedToolCall

const placements: Readonly<Record<string, Placement>> = {
  "write, alone on a line": (value, directory) => ({
    name: "write",
    arguments: { filePath: join(directory, "out.txt"), content: `The value is\n${value}\nand no more` },
  }),
  "write, glued to other text": (value, directory) => ({
    name: "write",
    arguments: { filePath: join(directory, "out.txt"), content: `aaa${value}bbb` },
  }),
  "grep pattern": (value) => ({ name: "grep", arguments: { pattern: value } }),
  "read path": (value, directory) => ({ name: "read", arguments: { filePath: join(directory, value) } }),
}

/** A model that uses the placeholder it was shown in one tool call, then reads the file back when asked to. */
function usesPlaceholder(place: Placement, directory: () => string): Script {
  return (request) => {
    if (purposeOf(request) !== "turn") return { text: "A title" }
    if (hasToolResult(request)) return { text: "Done." }
    if (lastText(request).includes("read it back")) {
      return { toolCalls: [{ name: "read", arguments: { filePath: join(directory(), "out.txt") } }] }
    }
    const [placeholder] = /<REDACTED:[0-9a-f]{14}>/.exec(lastText(request)) ?? []
    return placeholder === undefined ? { text: "Hello." } : { toolCalls: [place(placeholder, directory())] }
  }
}

const kinds = ["password-assignment", "github-token", "aws-key-id"] as const

describe.each(Object.keys(placements))("%s", (placement) => {
  test.each(DIALECTS)(
    "%s: no later request holds the value",
    async (dialect) => {
      await rig.prove(async () => {
        for (const kind of kinds) {
          const secret: Canary = canary(`${placement} ${dialect}`, kind)
          const lane = `${placement}-${dialect}-${kind}`.replace(/\W+/g, "-")
          const place = placements[placement]
          if (!place) throw new Error("No such placement")
          let directory = ""
          const project = await rig.project(
            lane,
            dialect,
            usesPlaceholder(place, () => directory),
          )
          directory = project.directory
          const session = await project.client.createSession({ title: "Restored" })
          await project.client.prompt(session, `Use this: ${secret.inText}`)
          await project.client.prompt(session, "Now read it back.")
          await project.client.prompt(session, "Thank you.")
          const requests = rig.provider.lane(project.name)
          expect(requests.length).toBeGreaterThanOrEqual(4)
          expect(describeLeaks(findLeaks(requests, [secret]))).toBe("")
          if (placement.startsWith("write")) {
            expect(await readFile(join(directory, "out.txt"), "utf8")).toContain(secret.value)
          }
        }
      })
    },
    60_000,
  )
})

test("neither captures nor OpenCode's store of the call hold the value, and a restart does not bring it back", async () => {
  await rig.prove(async () => {
    const secret = canary("restored and stored", "password-assignment")
    let directory = ""
    const place = placements["write, alone on a line"]
    if (!place) throw new Error("No such placement")
    const project = await rig.project(
      "stored",
      "openai-chat",
      usesPlaceholder(place, () => directory),
    )
    directory = project.directory
    const session = await project.client.createSession({ title: "Stored" })
    await rig.intercept(project.client, session, "on")
    await project.client.prompt(session, `Use this: ${secret.inText}`)
    await project.client.prompt(session, "Thank you.")
    await rig.intercept(project.client, session)

    const captures = join(rig.captureRoot, session)
    const files = (await readdir(captures)).filter((name) => name.endsWith(".json"))
    expect(files.length).toBeGreaterThanOrEqual(9)
    for (const name of files) expect(await readFile(join(captures, name), "utf8")).not.toContain(secret.value)
    const messages = await project.client.messages(session)
    const calls = JSON.stringify(
      messages.filter((message) => JSON.stringify(message).includes('"tool":"write"')),
    )
    expect(calls).toContain("<REDACTED:")
    expect(calls).not.toContain(secret.value)

    await rig.server.stop()
    const again = await serveOpencode(rig.home)
    try {
      const before = rig.provider.lane("stored").length
      await again.client(directory).prompt(session, "And after a restart?")
      const later = rig.provider.lane("stored").slice(before)
      expect(later.length).toBeGreaterThan(0)
      expect(describeLeaks(findLeaks(later, [secret]))).toBe("")
    } finally {
      await again.stop()
    }
  })
}, 60_000)
