#!/usr/bin/env node
import { main } from "./cli/main.ts"
import { createPaint, wantsColour } from "./cli/paint.ts"

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  paint: createPaint(wantsColour(process.stdout.isTTY, process.env.NO_COLOR)),
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
})
