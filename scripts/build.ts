import { chmod, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import { build } from "esbuild"
import { embeddedDetection } from "./embedded-detection.ts"
import { embeddedRe2 } from "./embedded-re2.ts"
import { ROOT, runCommand } from "./run-command.ts"

/** Builds `dist/`: one module for each source file, and the standalone bundles for `.opencode/plugins/`. */
const BUNDLES: Record<string, string> = {
  airlock: "src/server.ts",
  redactor: "src/standalone/redactor.ts",
  interceptor: "src/standalone/interceptor.ts",
}

// Built beside and swapped in at the end: the checkout may be the plugin of a running OpenCode, which would go on without
// masking, in silence, if it started while there is no build.
const NEXT = "dist.next"
const LAST = "dist.last"

await rm(join(ROOT, NEXT), { recursive: true, force: true })
await orFail(["tsc", "-p", "tsconfig.build.json", "--outDir", NEXT])
await chmod(join(ROOT, NEXT, "cli.js"), 0o755)
await rm(join(ROOT, NEXT, "standalone"), { recursive: true, force: true })
await build({
  absWorkingDir: ROOT,
  entryPoints: BUNDLES,
  outdir: `${NEXT}/standalone`,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Only `node:` modules stay outside, so that a file runs with no package beside it. `module` first: the `main` of
  // jsonc-parser is UMD, which loads its own parts in a way no bundler can follow.
  mainFields: ["module", "main"],
  plugins: [embeddedRe2(), embeddedDetection()],
  // Bun takes a file that begins so as already transpiled: loading takes half the time.
  banner: { js: "// @bun" },
  // Bun reads the whole file before it runs it. Names stay, for readable stack traces of what people report.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "inline",
  logLevel: "warning",
})

const dist = join(ROOT, "dist")
await rm(join(ROOT, LAST), { recursive: true, force: true })
await rename(dist, join(ROOT, LAST)).catch((error: unknown) => {
  if (!isMissing(error)) throw error
})
await rename(join(ROOT, NEXT), dist)
await rm(join(ROOT, LAST), { recursive: true, force: true })

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT"
}

async function orFail(command: readonly string[]): Promise<void> {
  const { exitCode } = await runCommand(command)
  if (exitCode !== 0) process.exit(1)
}
