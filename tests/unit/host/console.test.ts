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

const none = () => Promise.resolve(undefined)
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

  test("keeps sessions apart, and a command never answers for the one before it", async () => {
    const { model } = setUp()
    model.leave("ses_2", "other")
    model.leave(SESSION, "aborted")
    model.leave(SESSION, "asked")
    const body = await (await ask(model, sessionHeader, false)).json()
    expect(body.choices[0].message.content).toBe("asked")
    expect(await (await ask(model, sessionHeader, false)).text()).toContain("calls no model")
  })

  test("knows what it has just said in a session, once", async () => {
    const { model, commands } = setUp()
    model.leave(SESSION, "the reply\n")
    expect(commands.isReply(SESSION, "the reply")).toBe(false)
    await (await ask(model, sessionHeader, true)).text()
    expect(commands.isReply(SESSION, "the reply of a model")).toBe(false)
    expect(commands.isReply("ses_2", "the reply")).toBe(false)
    expect(commands.isReply(SESSION, "the reply")).toBe(true)
    expect(commands.isReply(SESSION, "the reply")).toBe(false)
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
    await commands.run("review", "x", SESSION, [part], none)
    expect(part.synthetic).toBeUndefined()
    await commands.run("intercept", "on", SESSION, [part], none)
    expect(part.synthetic).toBe(true)
    expect(await (await ask(model, sessionHeader, false)).text()).toContain("ses_1 said on")
  })

  test("gives every message that is no command to the model used before", async () => {
    const { commands } = setUp()
    await commands.keepModel(SESSION, { model: real }, none)
    await commands.run("intercept", "", SESSION, [], none)
    const own = { model: local }
    await commands.keepModel(SESSION, own, none)
    expect(own.model).toBe(local)
    const next = { model: local }
    await commands.keepModel(SESSION, next, none)
    expect(next.model).toEqual(real)
  })

  test("knows a session to be at a command until the next message for a model", async () => {
    const { commands } = setUp()
    await commands.run("intercept", "", SESSION, [], none)
    await commands.keepModel(SESSION, { model: local }, none)
    expect(commands.isAtCommand(SESSION)).toBe(true)
    expect(commands.isAtCommand("ses_2")).toBe(false)
    await commands.keepModel(SESSION, { model: real }, none)
    expect(commands.isAtCommand(SESSION)).toBe(false)
  })

  test("shows front ends the model used before a command, or none where there was none", async () => {
    const { commands } = setUp()
    const message: { model?: typeof real } = { model: local }
    commands.showModel(SESSION, message)
    expect(message).toEqual({})
    await commands.run("intercept", "", SESSION, [], () => Promise.resolve(real))
    const shown = { model: local }
    commands.showModel(SESSION, shown)
    expect(shown.model).toEqual(real)
    const other = { model: real }
    commands.showModel(SESSION, other)
    expect(other.model).toBe(real)
  })

  test("tells how a session gets back to its model, once, by a message right behind the reply", async () => {
    const { commands } = setUp()
    await commands.run("intercept", "", SESSION, [], () => Promise.resolve(real))
    await commands.keepModel(SESSION, { id: "msg_1", agent: "plan", model: local }, none)
    expect(commands.wayBack(SESSION)).toBeUndefined()
    commands.replied(SESSION, { id: "msg_1f98a12510ffXyz", createdAtMs: 42 })
    const back = { messageId: "msg_1f98a1251100Xyz", agent: "plan", model: real }
    expect(commands.wayBack(SESSION)).toEqual(back)
    expect(commands.wayBack(SESSION)).toBeUndefined()
    expect(commands.wayBack("ses_2")).toBeUndefined()
    // That message is neither the next command's nor a real one.
    await commands.run("intercept", "", SESSION, [], none)
    const message = { id: back.messageId, model: real, time: { created: 99 } }
    await commands.keepModel(SESSION, message, none)
    expect(message.time.created).toBe(42)
    await commands.keepModel(SESSION, { id: "msg_2", model: local }, none)
    expect(commands.isAtCommand(SESSION)).toBe(true)
  })

  test("does not guess the place of a message behind an id of another form", async () => {
    const { commands } = setUp()
    await commands.run("intercept", "", SESSION, [], none)
    await commands.keepModel(SESSION, { model: local }, none)
    commands.replied(SESSION, { id: "message-1", createdAtMs: 42 })
    expect(commands.wayBack(SESSION)).toBeUndefined()
  })

  test("asks for the earlier model when it has not seen one, and copes with there being none", async () => {
    const { commands } = setUp()
    const message = { model: local }
    await commands.keepModel(SESSION, message, () => Promise.resolve(real))
    expect(message.model).toEqual(real)
    const lost = { model: local }
    await commands.keepModel("ses_new", lost, () => Promise.resolve(undefined))
    expect(lost.model).toEqual(local)
  })

  test("hides commands and replies from title requests, and nothing else", () => {
    const { commands } = setUp()
    const reply =
      "## Interceptor Status\n\n- Enabled: disabled\n- Dump root: /tmp/x\n- Latest anomaly message: none\n- Scope: nothing\n- Captures of this process: 0 (0 bytes)"
    expect(commands.hideReplies(reply)).toBe("(local command)")
    expect(commands.hideReplies("/intercept\non")).toBe("(local command)")
    expect(commands.hideReplies("/intercept")).toBe("(local command)")
    for (const said of [
      "How does /intercept work?",
      "## Interceptor Status\nis a heading, what does it mean?",
    ]) {
      expect(commands.hideReplies(said)).toBe(said)
    }
  })
})
