/** A process that captures one exchange and is killed while it runs. */
import { AnomalyLog } from "../../../src/base/anomalies.ts"
import { createInterceptor } from "../../../src/intercept/interceptor.ts"
import type { LiveMask } from "../../../src/intercept/live-text.ts"
import { dialectById } from "../../../src/wire/dialects/index.ts"

const [root = "", url = ""] = process.argv.slice(2)
const live: LiveMask = {
  find: () => [],
  maskRange: (text, { from, until }) => ({ text: text.slice(from, until), end: until }),
}
const interceptor = createInterceptor({ root, anomalies: new AnomalyLog(), scrubText: (text) => text, live })
await interceptor.command("on", "ses_1")
const dialect = dialectById("openai-chat")
if (dialect === undefined) throw new Error("no dialect")
const bodyText = '{"model":"m-1","messages":[{"role":"user","content":"hi"}]}'
const capture = interceptor.begin({
  dialect,
  sessionId: "ses_1",
  attribution: "mark",
  url,
  method: "POST",
  headers: [],
  bodyText,
})
const response = capture?.observe(await fetch(url, { method: "POST", body: bodyText }))
await response?.text()
