import { chmod, rm } from "node:fs/promises"
import { join } from "node:path"
import { build } from "esbuild"
import { ROOT, runCommand } from "./run-command.ts"

/** Builds `dist/`: one module for each source file, and the standalone bundles for `.opencode/plugins/`. */
const BUNDLES: Record<string, string> = {
  airlock: "src/server.ts",
  redactor: "src/standalone/redactor.ts",
  interceptor: "src/standalone/interceptor.ts",
}

await rm(join(ROOT, "dist"), { recursive: true, force: true })
await orFail(["tsc", "-p", "tsconfig.build.json"])
await chmod(join(ROOT, "dist/cli.js"), 0o755)
await rm(join(ROOT, "dist/standalone"), { recursive: true, force: true })
await build({
  absWorkingDir: ROOT,
  entryPoints: BUNDLES,
  outdir: "dist/standalone",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Only `node:` modules stay outside, so that a file runs with no package beside it. `module` first: the `main` of
  // jsonc-parser is UMD, which loads its own parts in a way no bundler can follow.
  mainFields: ["module", "main"],
  // Bun takes a file that begins so as already transpiled: loading takes half the time.
  banner: { js: "// @bun" },
  legalComments: "inline",
  logLevel: "warning",
})

async function orFail(command: readonly string[]): Promise<void> {
  const { exitCode } = await runCommand(command)
  if (exitCode !== 0) process.exit(1)
}
