import { chmod, rm } from "node:fs/promises"
import { join } from "node:path"
import { ROOT, runCommand } from "./run-command.ts"

/** Builds `dist/`: one module for each source file, and the standalone bundles for `.opencode/plugins/`. */
const BUNDLES: Readonly<Record<string, string>> = {
  airlock: "src/server.ts",
  redactor: "src/standalone/redactor.ts",
  interceptor: "src/standalone/interceptor.ts",
}

await rm(join(ROOT, "dist"), { recursive: true, force: true })
await orFail(["tsc", "-p", "tsconfig.build.json"])
await chmod(join(ROOT, "dist/cli.js"), 0o755)
await rm(join(ROOT, "dist/standalone"), { recursive: true, force: true })
for (const [name, entry] of Object.entries(BUNDLES)) {
  // Target node: only `node:` modules stay outside, so the file runs in Bun and in Node, with no package beside it.
  const outfile = `dist/standalone/${name}.js`
  await orFail(["bun", "build", entry, "--target=node", "--format=esm", `--outfile=${outfile}`])
}

async function orFail(command: readonly string[]): Promise<void> {
  const { exitCode } = await runCommand(command)
  if (exitCode !== 0) process.exit(1)
}
