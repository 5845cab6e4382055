import { describeLeaks, findLeaks } from "../oracle.ts"
import { ADDED_LINE, runSecretFileTask, TASKS, type TaskNumber } from "./scenario.ts"

// Runs one scenario of seed 004 and shows what came of it: `bun tests/support/secret-file/main.ts <1|2>`.

const task: TaskNumber = process.argv[2] === "2" ? 2 : 1
const outcome = await runSecretFileTask(task)
try {
  const leaks = findLeaks(outcome.requests, [outcome.secret])
  const restored = outcome.after === (task === 1 ? outcome.before : `${outcome.before}${ADDED_LINE}\n`)
  const shown = (text: string): string => text.replaceAll(outcome.secret.value, "<the real key>")
  print("Task", TASKS[task])
  print("OpenCode answered", shown(outcome.run.stdout))
  print("secret-test.txt on disk", shown(outcome.after))
  print("Audit log", (await outcome.audit()).text)
  print("Requests to the provider", `${outcome.requests.length}, with the key in them: ${leaks.length}`)
  if (leaks.length > 0) print("Leaks", describeLeaks(leaks))
  if (!restored) print("Failure", "secret-test.txt does not hold what it should")
  process.exitCode = outcome.run.exitCode === 0 && leaks.length === 0 && restored ? 0 : 1
} finally {
  await outcome.close()
}

function print(title: string, text: string): void {
  process.stdout.write(`== ${title}\n${text.trim()}\n\n`)
}
