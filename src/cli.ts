#!/usr/bin/env node
import { main } from "./cli/main.ts"
import { createPaint, wantsColour } from "./cli/paint.ts"

// A reader such as `head` that has seen enough closes the pipe; there is nobody to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: Error) => {
    if (!("code" in error) || error.code !== "EPIPE") throw error
    process.exit()
  })
}

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  paint: createPaint(wantsColour(process.stdout.isTTY, process.env.NO_COLOR)),
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
})
