import { describe, expect, test } from "vitest"
import { compose } from "../../../src/pipeline/compose.ts"
import { type Exchange, STAGE_ORDER, type Stage, type StageName } from "../../../src/pipeline/stage.ts"
import { openaiChat } from "../../../src/wire/dialects/openai-chat.ts"

const exchange: Exchange = {
  dialect: openaiChat,
  url: "http://127.0.0.1/v1",
  method: "POST",
  headers: new Headers(),
  body: { messages: [] },
  bodyText: '{"messages":[]}',
  signed: false,
  attribution: { source: "none" },
}

function recorder(name: StageName, log: string[]): Stage {
  return {
    name,
    async run(sent, next) {
      log.push(`${name} out`)
      const response = await next(sent)
      log.push(`${name} back`)
      return response
    },
  }
}

describe("compose", () => {
  test("runs the stages in the one fixed order, whatever order they are given in", async () => {
    const log: string[] = []
    const stages = STAGE_ORDER.toReversed().map((name) => recorder(name, log))
    await compose(stages, async () => new Response("sent"))(exchange)
    const out = STAGE_ORDER.map((name) => `${name} out`)
    const back = STAGE_ORDER.toReversed().map((name) => `${name} back`)
    expect(log).toEqual([...out, ...back])
  })

  test("sends at once when there are no stages", async () => {
    const response = await compose([], async (sent) => new Response(sent.bodyText))(exchange)
    expect(await response.text()).toBe(exchange.bodyText)
  })

  test("passes a request through one stage of a name only, though a plugin was loaded twice", async () => {
    const log: string[] = []
    await compose([recorder("mask", log), recorder("mask", log)], async () => new Response())(exchange)
    expect(log).toEqual(["mask out", "mask back"])
  })

  test("refuses a second next(), so that a request is never sent twice", async () => {
    let sent = 0
    const twice: Stage = {
      name: "capture",
      async run(request, next) {
        await next(request)
        return next(request)
      },
    }
    const run = compose([twice], async () => {
      sent += 1
      return new Response()
    })
    await expect(run(exchange)).rejects.toThrow('Stage "capture" called next() twice')
    expect(sent).toBe(1)
  })
})
