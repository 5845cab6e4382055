import { parseArgs } from "node:util"
import { errorMessage } from "../src/base/errors.ts"
import { playDemo } from "./demo/play.ts"
import { tellStory } from "./demo/story.ts"

const HELP = `Usage: npm run demo [-- --keep]

Runs one task in a real OpenCode, first with Airlock and then without, against a provider that lives on this machine,
and shows what was masked, captured and restored. Nothing leaves the machine and your own OpenCode is not touched.

Options:
  --keep      leave the demo's home, project and captures on disk and say where
  --no-color  plain text
  -h, --help  this text

Example: npm run demo -- --keep
`

const values = readOptions()
if (values === undefined) {
  process.exitCode = 2
} else if (values.help) {
  console.log(HELP)
} else {
  const colour = process.stdout.isTTY && !process.env.NO_COLOR && !values["no-color"]
  const play = await playDemo({ keep: values.keep, progress: (line) => console.error(line) })
  console.log(tellStory(play, colour))
  if (!play.withAirlock.restored || play.withAirlock.leaks > 0) process.exitCode = 1
}

/** `undefined` after it has said what is wrong with the arguments. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        keep: { type: "boolean", default: false },
        "no-color": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values
  } catch (error) {
    const unknown = /^Unexpected argument '[^']*'|^Unknown option '[^']*'/.exec(errorMessage(error))?.[0]
    console.error(`${unknown ?? errorMessage(error)}. The options are --keep, --no-color and --help.`)
    console.error("Usage: npm run demo [-- --keep]")
    return undefined
  }
}
