import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { parseCommand } from "../../../src/intercept/command.ts"
import { openDirectory } from "../../../src/intercept/open-directory.ts"
import { createInterceptor, type Interceptor } from "../../../src/intercept/interceptor.ts"
import { ExchangeLab } from "./exchange-lab.ts"

let lab: ExchangeLab
let interceptor: Interceptor

beforeEach(() => {
  lab = new ExchangeLab()
  const { root, anomalies } = lab
  interceptor = createInterceptor({ root, anomalies, scrubText: (text) => text })
})
afterEach(() => lab.close())

const status = (heading: string, enabled: "enabled" | "disabled"): string =>
  [
    `## Interceptor ${heading}`,
    "",
    `- Enabled: ${enabled}`,
    `- Dump root: ${join(lab.root, "ses_1")}`,
    "- Captures: 0",
    "- Total bytes: 0",
    "- Anomalies: 0",
    "- Latest anomaly phase: none",
    "- Latest anomaly message: none",
    `- Scope: ${enabled === "enabled" ? "this conversation and its subagents" : "nothing"}`,
    "- Captures of this process: 0 (0 bytes)",
  ].join("\n")

describe("/intercept", () => {
  test("without arguments shows the status, off at first", async () => {
    expect(interceptor.enabled).toBe(false)
    expect(await interceptor.command("", "ses_1")).toBe(status("Status", "disabled"))
    expect(await interceptor.command("  \n ", "ses_1")).toBe(status("Status", "disabled"))
  })

  test("on and off switch, may be repeated, and show the new state", async () => {
    expect(await interceptor.command("on", "ses_1")).toBe(status("Enabled", "enabled"))
    expect(await interceptor.command(" on ", "ses_1")).toBe(status("Enabled", "enabled"))
    expect(interceptor.enabled).toBe(true)
    expect(await interceptor.command("", "ses_1")).toBe(status("Status", "enabled"))
    expect(await interceptor.command("off", "ses_1")).toBe(status("Disabled", "disabled"))
    expect(await interceptor.command("off", "ses_1")).toBe(status("Disabled", "disabled"))
    expect(interceptor.enabled).toBe(false)
  })

  test("answers usage for anything else and leaves the state alone", async () => {
    for (const enabled of [false, true]) {
      if (enabled) await interceptor.command("on", "ses_1")
      for (const args of ["bogus", "ON", "status", "on now", "on off", "off please", "--help"]) {
        const reply = await interceptor.command(args, "ses_1")
        expect(reply.split("\n").slice(0, 4)).toEqual([
          "## Interceptor Usage",
          "",
          "Usage: `/intercept`, `/intercept on`, or `/intercept off`.",
          expect.stringMatching(/^Further: /),
        ])
        expect(reply).toContain(`- Enabled: ${enabled ? "enabled" : "disabled"}`)
        expect(interceptor.enabled).toBe(enabled)
      }
    }
  })

  test("shows unknown-session for a blank session id and a safe name for a hostile one", async () => {
    expect(await interceptor.command("", undefined)).toContain(
      `- Dump root: ${join(lab.root, "unknown-session")}\n`,
    )
    expect(await interceptor.command("", " ")).toContain(
      `- Dump root: ${join(lab.root, "unknown-session")}\n`,
    )
    expect(await interceptor.command("", "../x")).toMatch(/captures\/unsafe-[0-9a-f]{32}\n/)
  })

  test("shows the count, phase and message of anomalies, in one line each", async () => {
    lab.anomalies.add("capture/response-parse", "first")
    lab.anomalies.add("cleanup/entry-delete", "two\nlines")
    const reply = await interceptor.command("", "ses_1")
    expect(reply).toContain("- Anomalies: 2\n")
    expect(reply).toContain("- Latest anomaly phase: cleanup/entry-delete\n")
    expect(reply).toContain("- Latest anomaly message: two lines")
  })

  test("each interceptor has its own state", async () => {
    const other = createInterceptor({
      root: lab.root,
      anomalies: new AnomalyLog(),
      scrubText: (text) => text,
    })
    await interceptor.command("on", "ses_1")
    expect(other.enabled).toBe(false)
  })

  test("on covers a conversation and its subagents, on all the process", async () => {
    const isCaptured = (sessionId: string, more: { parentSessionId?: string } = {}): boolean => {
      const capture = interceptor.begin(lab.start("http://127.0.0.1:1/", { sessionId, ...more }))
      capture?.failed(new Error("refused"))
      return capture !== undefined
    }
    interceptor.adopt("ses_grandchild", "ses_child")
    await interceptor.command("on", "ses_1")
    expect(isCaptured("ses_1")).toBe(true)
    expect(isCaptured("ses_child", { parentSessionId: "ses_1" })).toBe(true)
    expect(isCaptured("ses_grandchild")).toBe(true)
    expect(isCaptured("ses_other")).toBe(false)
    await interceptor.settled()
    const here = await interceptor.command("", "ses_1")
    expect(here).toContain("- Captures: 3\n")
    expect(here).toContain("- Captures of this process: 3 (")
    const other = await interceptor.command("", "ses_other")
    expect(other).toContain("- Enabled: disabled\n")
    expect(other).toContain("- Captures: 0\n")
    expect(other).toContain("- Scope: not this conversation; others of this process are captured\n")
    expect(await interceptor.command("on all", "ses_other")).toContain(
      "- Scope: every conversation of this process\n",
    )
    expect(isCaptured("ses_third")).toBe(true)
    expect(await interceptor.command("off", "ses_third")).toContain("- Enabled: disabled\n")
    expect(isCaptured("ses_third")).toBe(false)
    expect(isCaptured("ses_1")).toBe(true)
    await interceptor.command("off all", "ses_third")
    expect(interceptor.enabled).toBe(false)
    expect(isCaptured("ses_1")).toBe(false)
  })

  test("on --provider captures only those, --max-size keeps less of a body", async () => {
    const reply = await interceptor.command("on --provider anthropic,my-gateway --max-size=2KB", "ses_1")
    expect(reply).toContain("- Providers: anthropic, my-gateway\n")
    expect(reply).toContain("- Largest captured body: 2048 bytes\n")
    expect(interceptor.begin(lab.start("http://127.0.0.1:1/"))).toBeUndefined()
    expect(interceptor.begin(lab.start("http://127.0.0.1:1/", { providerId: "my-gateway" }))).toBeDefined()
  })

  test("on all takes the place of the limits of a conversation", async () => {
    await interceptor.command("on --provider nope", "ses_1")
    expect(interceptor.begin(lab.start("http://127.0.0.1:1/"))).toBeUndefined()
    expect(await interceptor.command("on all", "ses_1")).not.toContain("- Providers:")
    expect(interceptor.begin(lab.start("http://127.0.0.1:1/"))).toBeDefined()
  })

  test("a wrong option is named, and nothing is switched on", async () => {
    for (const [args, problem] of [
      ["on --max-size 5", "--max-size takes"],
      ["on --max-size 2TB", "--max-size takes"],
      ["on --provider", "--provider takes"],
      ["on all --provider a,,b", "--provider takes"],
      ["on --bogus 3", "`--bogus` is no option of `on`."],
    ] as const) {
      const reply = await interceptor.command(args, "ses_1")
      expect(reply).toContain(`## Interceptor Usage\n\n${problem}`)
      expect(interceptor.enabled).toBe(false)
    }
  })

  test("last shows the capture with the highest number, purge deletes those of the conversation", async () => {
    expect(await interceptor.command("last", "ses_1")).toContain(
      "Nothing of this conversation is captured yet.",
    )
    await interceptor.command("on all", "ses_1")
    for (const sessionId of ["ses_1", "ses_1", "ses_2"])
      await lab
        .exchange(interceptor, (_request, response) => response.writeHead(200).end('{"ok":true}'), {
          sessionId,
        })
        .catch(() => undefined)
    const last = await interceptor.command("last", "ses_1")
    expect(last).toContain("## Interceptor Last\n")
    expect(last).toMatch(/^- Capture: .*\/ses_1\/002-openai-.*\.meta\.json$/m)
    expect(last).toContain("- Reply: 200, complete\n")
    expect(await interceptor.command("purge", "ses_1")).toContain(
      "2 captures of this conversation and its subagents deleted.",
    )
    expect(lab.files("ses_1")).toEqual([])
    expect(lab.files("ses_2")).toHaveLength(3)
    expect(await interceptor.command("purge all", "ses_1")).toContain(
      "1 capture of all conversations deleted.",
    )
    expect(lab.files("ses_2")).toEqual([])
  })

  test("open says so where there is no display", async () => {
    await interceptor.command("on", "ses_1")
    await lab.exchange(interceptor, (_request, response) => response.writeHead(200).end("{}"))
    expect(await openDirectory(lab.root, {})).toContain("There is no display")
  })

  test("reads every form", () => {
    expect(parseCommand(" on  all ")).toEqual({ verb: "on", all: true, limits: {} })
    expect(parseCommand("on --provider a --provider b,c all")).toEqual({
      verb: "on",
      all: true,
      limits: { providers: ["a", "b", "c"] },
    })
    expect(parseCommand("on --max-size 5MB")).toEqual({
      verb: "on",
      all: false,
      limits: { maxBodyBytes: 5_242_880 },
    })
    for (const args of [
      "off now",
      "last 3",
      "open x",
      "purge some",
      "on all all",
      "on --size 3",
      "purge all all",
    ])
      expect(parseCommand(args).verb).toBe("usage")
  })
})
