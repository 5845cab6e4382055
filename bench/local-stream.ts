import { createServer } from "node:http"

/** Milliseconds from the call of `send` to the first byte of the streamed reply, which is then read to its end. */
export async function firstByte(send: typeof fetch, url: string, body: string): Promise<number> {
  const startedAt = performance.now()
  const response = await send(url, { method: "POST", body, headers: { "x-session-id": "ses_bench" } })
  const reader = response.body?.getReader()
  await reader?.read()
  const elapsed = performance.now() - startedAt
  while (!(await reader?.read())?.done) continue
  return elapsed
}

/** A provider on this machine that streams two events to whoever asks. */
export async function startStream(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume()
    request.on("end", () => {
      response.writeHead(200, { "content-type": "text/event-stream" })
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: "hello" } }] })}\n\n`)
      setTimeout(() => response.end("data: [DONE]\n\n"), 2)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
