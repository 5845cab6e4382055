import { build, type Plugin } from "esbuild"
import { storeRules } from "../src/secrets/stored-rules.ts"
import { builtinRules } from "../src/secrets/rules/index.ts"
import { ROOT } from "./run-command.ts"

/**
 * Puts what finds secrets into a bundle as two texts, the code and the vendor rules, which are run and read by the first
 * scan. As code they would cost every start of OpenCode: a JavaScript engine checks every function and every pattern of a file
 * before it runs any of it. Files beside the bundle would not come along when it is copied into `.opencode/plugins/`.
 */
export function embeddedDetection(): Plugin {
  return {
    name: "embedded-detection",
    setup(context) {
      context.onLoad({ filter: /[/\\]secrets[/\\]load-detection\.ts$/ }, async () => ({
        contents: await source(),
        loader: "ts",
      }))
    },
  }
}

async function source(): Promise<string> {
  // A script with a name of its own in stack traces, run by node:vm like the engine for a person's own patterns.
  return `
import { runInThisContext } from "node:vm"
let detection
export function loadDetection() {
  detection ??= runInThisContext(${JSON.stringify(await detectionScript())}, { filename: "airlock-detection.js" })(${JSON.stringify(storeRules(builtinRules))})
  return detection
}`
}

/** A script whose value is a function from the stored rules to the exports of `load-detection.ts`, ready to use. */
async function detectionScript(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["src/secrets/load-detection.ts"],
    bundle: true,
    format: "iife",
    globalName: "detection",
    platform: "neutral",
    target: "node20",
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    plugins: [storedRules()],
  })
  return `((STORED_RULES) => {\n${outputFiles[0]?.text ?? ""}return detection.loadDetection()\n})`
}

function storedRules(): Plugin {
  return {
    name: "stored-rules",
    setup(context) {
      context.onLoad({ filter: /[/\\]secrets[/\\]load-rules\.ts$/ }, () => ({
        contents: `
import { readRules } from "./stored-rules.ts"
let rules
export function loadRules() {
  rules ??= readRules(STORED_RULES)
  return rules
}`,
        loader: "ts",
      }))
    },
  }
}
