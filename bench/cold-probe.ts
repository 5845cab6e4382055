/** Runs in a process of its own: prints the milliseconds of its first scans, of a line and then of 16 KiB. */
import { createScanner } from "../src/secrets/index.ts"
import { denseText } from "./synthetic-text.ts"

const chunk = denseText(16 * 1024)
const scanner = createScanner()
const startedAt = performance.now()
scanner.scan("nothing to see here")
const lineAt = performance.now()
scanner.scan(chunk)
console.log(JSON.stringify([lineAt - startedAt, performance.now() - startedAt]))
