import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { build, type Plugin } from "esbuild"
import { ROOT } from "./run-command.ts"

const NAMESPACE = "embedded-re2"

/**
 * Puts re2js into a bundle as a text that runs when it is first asked for. Few people have patterns of their own, and as code it
 * costs the start of all of them: 2.2 ms of 20 in Bun, which parses a whole file before it runs it; as a text nothing that
 * can be measured. A file beside the bundle would not come along when the bundle is copied into `.opencode/plugins/`.
 */
export function embeddedRe2(): Plugin {
  return {
    name: NAMESPACE,
    setup(context) {
      context.onResolve({ filter: /^re2js$/ }, () => ({ path: "re2js", namespace: NAMESPACE }))
      context.onLoad({ filter: /.*/, namespace: NAMESPACE }, async () => ({
        contents: await moduleText(),
        loader: "js",
        resolveDir: ROOT,
      }))
    },
  }
}

async function moduleText(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: 'export { RE2JS } from "re2js"', resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "re2js",
    platform: "neutral",
    mainFields: ["module", "main"],
    target: "node20",
    write: false,
  })
  const license = await readFile(join(ROOT, "node_modules/re2js/LICENSE"), "utf8")
  const notice = `/*!\nre2js, https://github.com/le0pard/re2js\n${license}*/`
  const script = `${notice}\n(() => {\n${outputFiles[0]?.text ?? ""}return re2js\n})()`
  // node:vm, not a data: URL, which Bun cannot import at this length; the script has a name of its own in stack traces.
  return `const { runInThisContext } = await import("node:vm")
export const { RE2JS } = runInThisContext(${JSON.stringify(script)}, { filename: "re2js.js" })`
}
