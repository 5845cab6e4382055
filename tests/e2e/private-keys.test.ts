import { generateKeyPairSync } from "node:crypto"
import { afterAll, beforeAll, expect, test } from "vitest"
import type { ScriptedToolCall } from "../support/provider/step.ts"
import { hasToolResult, purposeOf } from "../support/script.ts"
import { type Rig, startRig } from "./intercept/rig.ts"

/* A private key as everyday tools show it: numbered, prefixed, cut off at either end. Made anew for each run. */

const pem = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString()
const keyLines = pem.trim().split("\n").slice(1, -1)

let rig: Rig
beforeAll(async () => {
  rig = await startRig()
}, 30_000)
afterAll(() => rig?.stop(), 10_000)

const bash = (command: string) => (): ScriptedToolCall => ({
  name: "bash",
  arguments: { command, description: "Look" },
})

const looks: [string, (directory: string) => ScriptedToolCall][] = [
  ["read", (directory) => ({ name: "read", arguments: { filePath: `${directory}/deploy.pem` } })],
  [
    "read from the middle",
    (directory) => ({ name: "read", arguments: { filePath: `${directory}/deploy.pem`, offset: 5 } }),
  ],
  ["grep for its lines", () => ({ name: "grep", arguments: { pattern: "[A-Za-z0-9+/]{20}" } })],
  ["grep -rn", bash("grep -rn . deploy.pem")],
  ["sed of the middle", bash("sed -n 3,20p deploy.pem")],
  ["a diff that deletes it", bash("diff -u deploy.pem /dev/null")],
  ["a diff that adds it", bash("diff -u /dev/null deploy.pem")],
]

test.each(looks)(
  "%s: no line of the key reaches the provider",
  async (name, look) => {
    await rig.prove(async () => {
      let directory = ""
      const project = await rig.project(
        name.replace(/\W+/g, "-"),
        "openai-chat",
        (request) => {
          if (purposeOf(request) !== "turn") return { text: "A title" }
          return hasToolResult(request) ? { text: "Done." } : { toolCalls: [look(directory)] }
        },
        { "deploy.pem": pem },
      )
      directory = project.directory
      await project.client.prompt(await project.client.createSession({ title: "Key" }), "Look at the key.")
      const sent = rig.provider
        .lane(project.name)
        .map((request) => request.text)
        .join("\n")
      expect(sent).toContain("<REDACTED:")
      expect(keyLines.filter((line) => sent.includes(line))).toHaveLength(0)
    })
  },
  15_000,
)
