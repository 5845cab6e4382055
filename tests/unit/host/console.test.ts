import { describe, expect, test } from "vitest"
import { ConsoleCommands } from "../../../src/host/console-commands.ts"
import { CONSOLE_AGENT_HEADER, ConsoleModel, dropConsoleMessages } from "../../../src/host/console-model.ts"

const SESSION = "ses_1"
const real = { providerID: "acme", modelID: "m" }
const local = { providerID: "airlock", modelID: "console" }

function setUp(): { model: ConsoleModel; commands: ConsoleCommands } {
  const model = new ConsoleModel()
  const commands = new ConsoleCommands(model, [
    {
      name: "intercept",
      description: "d",
      run: (args, session) => Promise.resolve(`${session} said ${args}`),
    },
  ])
  return { model, commands }
}

async function ask(model: ConsoleModel, headers: Record<string, string>, stream: boolean): Promise<Response> {
  const { options } = model.provider()
  return options.fetch(options.baseURL, {
    method: "POST",
    headers,
    body: JSON.stringify({ stream, messages: [] }),
  })
}

const sessionHeader = { "x-session-id": SESSION }

describe("ConsoleModel", () => {
  test("streams the reply a command left, once, then its help", async () => {
    const { model } = setUp()
    model.leave(SESSION, "the reply")
    const first = await ask(model, sessionHeader, true)
    expect(first.headers.get("content-type")).toBe("text/event-stream")
    expect(await first.text()).toContain('"content":"the reply"')
    expect(await (await ask(model, sessionHeader, true)).text()).toContain("calls no model")
  })

  test("answers as JSON when no stream is asked for", async () => {
    const { model } = setUp()
    model.leave(SESSION, "the reply")
    const body = await (await ask(model, { "x-session-affinity": SESSION }, false)).json()
    expect(body.choices[0].message.content).toBe("the reply")
  })

  test("keeps sessions apart and answers in order", async () => {
    const { model } = setUp()
    model.leave("ses_2", "other")
    model.leave(SESSION, "one")
    model.leave(SESSION, "two")
    const texts = [await ask(model, sessionHeader, false), await ask(model, sessionHeader, false)]
    const bodies = await Promise.all(texts.map((response) => response.json()))
    expect(bodies.map((body) => body.choices[0].message.content)).toEqual(["one", "two"])
  })

  test("gives a title to a title request and keeps the reply for the turn", async () => {
    const { model } = setUp()
    model.leave(SESSION, "the reply")
    const title = await ask(model, { ...sessionHeader, [CONSOLE_AGENT_HEADER]: "title" }, false)
    expect((await title.json()).choices[0].message.content).toBe("Airlock console")
    expect(await (await ask(model, sessionHeader, false)).text()).toContain("the reply")
  })
})

describe("dropConsoleMessages", () => {
  const user = (model: { providerID: string }) => ({ info: { role: "user", model } })
  const reply = (providerID: string) => ({ info: { role: "assistant", providerID } })

  test("takes command and reply out of a prompt for a model, in place", () => {
    const messages = [user(real), reply("acme"), user(local), reply("airlock"), user(real)]
    const same = messages
    dropConsoleMessages(messages)
    expect(messages).toBe(same)
    expect(messages).toEqual([user(real), reply("acme"), user(real)])
  })

  test("leaves the prompt for the console itself whole", () => {
    const messages = [user(real), reply("acme"), user(local)]
    dropConsoleMessages(messages)
    expect(messages).toHaveLength(3)
  })
})

describe("ConsoleCommands", () => {
  test("adds command and provider to the configuration, whatever providers the person listed", () => {
    const { commands } = setUp()
    const config = {
      command: { mine: { template: "t" } },
      provider: { acme: {} },
      enabled_providers: ["acme"],
      disabled_providers: ["airlock", "other"],
    }
    commands.configure(config)
    expect(Object.keys(config.command)).toEqual(["mine", "intercept"])
    expect(Object.keys(config.provider)).toEqual(["acme", "airlock"])
    expect(config.enabled_providers).toEqual(["acme", "airlock"])
    expect(config.disabled_providers).toEqual(["other"])
  })

  test("runs its own commands only, and marks their message so that the title comes from a real one", async () => {
    const { model, commands } = setUp()
    const part: { synthetic?: boolean } = {}
    await commands.run("review", "x", SESSION, [part])
    expect(part.synthetic).toBeUndefined()
    await commands.run("intercept", "on", SESSION, [part])
    expect(part.synthetic).toBe(true)
    expect(await (await ask(model, sessionHeader, false)).text()).toContain("ses_1 said on")
  })

  test("puts back the model used before a command, unless the person chose the console", async () => {
    const { commands } = setUp()
    const none = () => Promise.resolve(undefined)
    await commands.keepModel(SESSION, true, { model: real }, none)
    await commands.run("intercept", "", SESSION, [])
    const own = { model: local }
    await commands.keepModel(SESSION, true, own, none)
    expect(own.model).toBe(local)
    const next = { model: local }
    await commands.keepModel(SESSION, false, next, none)
    expect(next.model).toEqual(real)
    const chosen = { model: local }
    await commands.keepModel(SESSION, true, chosen, none)
    expect(chosen.model).toBe(local)
  })

  test("knows a session to be at a command until the next message for a model", async () => {
    const { commands } = setUp()
    const none = () => Promise.resolve(undefined)
    await commands.run("intercept", "", SESSION, [])
    await commands.keepModel(SESSION, true, { model: local }, none)
    expect(commands.isAtCommand(SESSION)).toBe(true)
    expect(commands.isAtCommand("ses_2")).toBe(false)
    await commands.keepModel(SESSION, true, { model: real }, none)
    expect(commands.isAtCommand(SESSION)).toBe(false)
  })

  test("asks for the earlier model when it has not seen one, and copes with there being none", async () => {
    const { commands } = setUp()
    const message = { model: local }
    await commands.keepModel(SESSION, false, message, () => Promise.resolve(real))
    expect(message.model).toEqual(real)
    const lost = { model: local }
    await commands.keepModel("ses_new", false, lost, () => Promise.resolve(undefined))
    expect(lost.model).toEqual(local)
  })

  test("hides commands and replies from title requests, and nothing else", () => {
    const { commands } = setUp()
    expect(commands.hideReplies("## Interceptor Status\n\n- Enabled: disabled")).toBe("(local command)")
    expect(commands.hideReplies("/intercept\non")).toBe("(local command)")
    expect(commands.hideReplies("/intercept")).toBe("(local command)")
    const said = "How does /intercept work? ## Interceptor Status is a heading"
    expect(commands.hideReplies(said)).toBe(said)
  })
})
