import { basename, dirname } from "node:path"
import { type DemoPlay, TASK } from "./play.ts"

/** The demo's outcome as a text for a person. */
export function tellStory(play: DemoPlay, colour: boolean): string {
  const paint = (code: string) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text)
  const bold = paint("1")
  const dim = paint("2")
  const red = paint("31")
  const green = paint("32")
  const cyan = paint("36")
  const { withAirlock, without } = play
  const heading = (number: number, text: string): string => `\n${bold(`${number}. ${text}`)}`
  const indent = (text: string): string => text.trimEnd().replace(/^/gm, "   ")
  const masked = (text: string): string => text.replace(/<REDACTED:[0-9a-f]{14}>/g, cyan)

  const diff = withAirlock.source.flatMap((line, index) => {
    const received = withAirlock.received[index] ?? ""
    if (received === line) return [dim(`  ${line}`)]
    return [
      `${red(`- ${line}`)}${dim("   on your disk")}`,
      `${green("+ ")}${masked(received)}${dim("   what left")}`,
    ]
  })
  const folder = play.captures[0] === undefined ? "" : dirname(play.captures[0])
  const leaked = without.received.filter(
    (line, index) => line === without.source[index] && line.includes("KEY"),
  )
  const verdict =
    withAirlock.leaks === 0 && withAirlock.restored
      ? green("The provider never saw the key, and your file has it.")
      : red("Airlock did NOT protect this run; run `npx airlock doctor` and report this, please.")

  return [
    bold("\nAirlock demo: one task in a real OpenCode, provider on this machine"),
    heading(1, "What the person typed"),
    indent(TASK),
    heading(
      2,
      `What the provider received (${requestCount(withAirlock)}, secret found ${withAirlock.leaks} times)`,
    ),
    indent(diff.join("\n")),
    heading(3, "What the model wrote, and what is on disk"),
    indent(`model  ${masked(lastLine(withAirlock.modelWrote))}`),
    indent(
      `disk   ${lastLine(withAirlock.onDisk)}${withAirlock.restored ? green("  (restored)") : red("  (not restored)")}`,
    ),
    heading(4, `What was captured (${play.captures.length / 3} exchanges, masked like the requests)`),
    indent(
      dim(play.kept === undefined ? `${folder} (gone after this run; --keep leaves it for looking)` : folder),
    ),
    indent(play.captures.map((path) => basename(path)).join("\n")),
    heading(5, "What /intercept says"),
    indent(play.status),
    heading(
      6,
      `The same task without Airlock (${requestCount(without)}, secret found ${without.leaks} times)`,
    ),
    indent(leaked.map((line) => red(`! ${line}   what left`)).join("\n") || "nothing left in plain text"),
    "",
    verdict,
    dim(`Done in ${play.seconds.toFixed(1)} s.`),
    play.kept === undefined
      ? dim("Nothing was kept. `npm run demo -- --keep` leaves home, project and captures for looking.")
      : `Kept in ${play.kept}`,
  ].join("\n")
}

/** OpenCode asks for a title of the session beside the turn itself, in which each tool call is a request. */
function requestCount({ requests, titles }: DemoPlay["without"]): string {
  return `${requests} requests: ${titles} for the title + ${requests - titles} of the turn`
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? ""
}
