import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { canary } from "../support/canary.ts"
import { messageText } from "../support/opencode/client.ts"
import { serveOpencode } from "../support/opencode.ts"
import { describeLeaks, findLeaks } from "../support/oracle.ts"
import { callsTool, lastText, purposeOf } from "../support/script.ts"
import { type Rig, startRig } from "./intercept/rig.ts"

let rig: Rig

beforeAll(async () => {
  rig = await startRig()
}, 30_000)
afterAll(() => rig?.stop(), 10_000)

test("a write that holds a placeholder nobody issued is stopped, and the model reads why", async () => {
  await rig.prove(async () => {
    const invented = ["<REDACTED:", "0".repeat(14), ">"].join("")
    const project = await rig.project(
      "invented",
      "openai-chat",
      callsTool(() => ({
        name: "write",
        arguments: { filePath: join(project.directory, "out.txt"), content: `key ${invented}\n` },
      })),
    )
    await project.client.prompt(await project.client.createSession({ title: "Invented" }), "Write it.")
    const told = rig.provider.lane("invented").map(lastText).at(-1) ?? ""
    expect(existsSync(join(project.directory, "out.txt"))).toBe(false)
    expect(told).toContain(invented)
    expect(told).toContain("out.txt")
  })
}, 15_000)

test("a shell command is not handed a secret on its command line", async () => {
  await rig.prove(async () => {
    const secret = canary("command line")
    const project = await rig.project(
      "shell",
      "anthropic-messages",
      callsTool((request) => {
        const [placeholder = ""] = /<REDACTED:[0-9a-f]{14}>/.exec(lastText(request)) ?? []
        return {
          name: "bash",
          arguments: { command: `printf '%s' '${placeholder}' > out.txt`, description: "Save it" },
        }
      }),
    )
    const session = await project.client.createSession({ title: "Shell" })
    await project.client.prompt(session, `Save this token: ${secret.value}`)
    expect(await readFile(join(project.directory, "out.txt"), "utf8")).not.toContain(secret.value)
    const calls = rig.provider
      .lane("shell")
      .flatMap((request) => request.view.messages.flatMap((one) => one.toolCalls))
    expect(calls.map((call) => call.arguments).join("\n")).toMatch(/printf '%s' '<REDACTED:/)
    expect(describeLeaks(findLeaks(rig.provider.lane("shell"), [secret]))).toBe("")
  })
}, 15_000)

test("after a restart the same secret has the same placeholder, so the provider's prompt cache still fits", async () => {
  await rig.prove(async () => {
    const secret = canary("restart")
    const script = (): { text: string } => ({ text: "Hello." })
    const { client, directory, name } = await rig.project("cache", "anthropic-messages", script)
    const session = await client.createSession({ title: "Cache" })
    await client.prompt(session, `My token is ${secret.value}.`)
    await rig.server.stop()
    const again = await serveOpencode(rig.home)
    try {
      const answer = await again.client(directory).prompt(session, "And now?")
      expect(messageText(answer.json)).toBe("Hello.")
    } finally {
      await again.stop()
    }
    const turns = rig.provider.lane(name).filter((request) => purposeOf(request) === "turn")
    const firsts = turns.map((request) => request.view.messages[0]?.text)
    expect(firsts).toHaveLength(2)
    expect(firsts[0]).toMatch(/^My token is <REDACTED:[0-9a-f]{14}>\.$/)
    expect(firsts[1]).toBe(firsts[0])
    expect(describeLeaks(findLeaks(turns, [secret]))).toBe("")
  })
}, 30_000)
