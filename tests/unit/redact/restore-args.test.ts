import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { AirlockError } from "../../../src/base/errors.ts"
import { createMasker } from "../../../src/redact/masker.ts"
import { restoreToolArgs } from "../../../src/redact/restore-args.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"
import { ruleScanner } from "./rule-scanner.ts"

const secret = ["s3cr", "et-", "value"].join("")
const key = new Uint8Array(32).fill(5)
const vault = createMemoryVault({ key })
const masker = createMasker({ scanner: ruleScanner(), vault })
const placeholder = vault.issue(secret, "rule")
const forged = "<REDACTED:00000000000000>"

describe("restoreToolArgs for tools that write files", () => {
  test("changes the very object OpenCode executes, nested strings and names included", () => {
    const edits = [
      { oldString: `a ${placeholder}`, newString: "b" },
      { oldString: "c", newString: `${placeholder}${placeholder}` },
    ]
    const args = { filePath: `/tmp/${placeholder}.env`, edits, count: 3, [placeholder]: null }
    const result = restoreToolArgs({ tool: "multiedit", args, masker })
    expect(result).toMatchObject({ found: 5, restored: 5 })
    expect(args.edits).toBe(edits)
    expect(args).toEqual({
      filePath: `/tmp/${secret}.env`,
      edits: [
        { oldString: `a ${secret}`, newString: "b" },
        { oldString: "c", newString: secret + secret },
      ],
      count: 3,
      [secret]: null,
    })
    expect(Object.keys(args)).toEqual(["filePath", "edits", "count", secret])
  })

  test("restores what edit looks for, so that it matches the file", () => {
    const args = { filePath: "a.env", oldString: `KEY=${placeholder}`, newString: `KEY=${placeholder}\nB=1` }
    restoreToolArgs({ tool: "edit", args, masker })
    expect(args).toMatchObject({ oldString: `KEY=${secret}`, newString: `KEY=${secret}\nB=1` })
  })

  test("leaves arguments without placeholders untouched, frozen ones too", () => {
    const args = Object.freeze({ filePath: "a", content: "nothing here" })
    expect(restoreToolArgs({ tool: "write", args, masker })).toEqual({ found: 0, restored: 0 })
  })

  test("stops, before changing anything, when a placeholder stands for nothing", () => {
    const args = { filePath: "conf/app.env", content: `A=${placeholder}\nB=${forged}`, list: [placeholder] }
    const before = structuredClone(args)
    const error = thrownBy(() => restoreToolArgs({ tool: "write", args, masker }))
    expect(error).toBeInstanceOf(AirlockError)
    expect(error).toMatchObject({ code: "RESTORE_UNRESOLVED" })
    expect(error.message).toContain("conf/app.env")
    expect(error.message).toContain(forged)
    expect(error.message).not.toContain(secret)
    expect(args).toEqual(before)
  })

  test("stops a placeholder of another project", () => {
    const foreign = createMemoryVault({ key, project: "other" }).issue(secret, "rule")
    const args = { filePath: "a", content: foreign }
    expect(() => restoreToolArgs({ tool: "write", args, masker })).toThrow(foreign)
  })

  test("names a masked path by its placeholder, never by what it stands for", () => {
    const args = { filePath: `/home/${placeholder}/x`, content: forged }
    const error = thrownBy(() => restoreToolArgs({ tool: "write", args, masker }))
    expect(error.message).toContain(`/home/${placeholder}/x`)
    expect(error.message).not.toContain(secret)
  })

  test("names the files of a patch it stops", () => {
    const patchText = `*** Begin Patch\n*** Update File: src/a.ts\n@@\n-x\n+${forged}\n*** Add File: b.ts\n+y\n*** End Patch`
    const error = thrownBy(() => restoreToolArgs({ tool: "apply_patch", args: { patchText }, masker }))
    expect(error.message).toContain("src/a.ts, b.ts")
  })

  test("marks every line of a secret that has several as the patch line it stands in", () => {
    const lines = ["-----BEGIN KEY-----", "abc", "-----END KEY-----"]
    const block = vault.issue(lines.join("\n"), "key-block")
    const patch = (removed: string, added: string, context: string): string =>
      ["*** Begin Patch", "*** Update File: k.pem", "@@", removed, added, context, "*** End Patch"].join("\n")
    const args = { patchText: patch(`-${block}`, `+${block}`, ` ${block}`) }
    expect(restoreToolArgs({ tool: "apply_patch", args, masker })).toMatchObject({ found: 3, restored: 3 })
    const marked = (mark: string): string => lines.map((line) => mark + line).join("\n")
    expect(args.patchText).toBe(patch(marked("-"), marked("+"), marked(" ")))
    const content = { content: `+${block}` }
    restoreToolArgs({ tool: "write", args: content, masker })
    expect(content.content).toBe(`+${lines.join("\n")}`)
  })

  test("keeps two properties apart when a restored name is taken", () => {
    const args = { [placeholder]: 1, [secret]: 2 }
    expect(restoreToolArgs({ tool: "write", args, masker })).toEqual({ found: 1, restored: 0 })
    expect(args).toEqual({ [placeholder]: 1, [secret]: 2 })
  })

  test("copes with cycles, class instances and arguments that are no object", () => {
    const date = new Date(0)
    const args: Record<string, unknown> = { content: placeholder, date }
    args.self = args
    restoreToolArgs({ tool: "write", args, masker })
    expect(args.content).toBe(secret)
    expect(args.date).toBe(date)
    for (const odd of [undefined, null, "text", 3]) {
      expect(restoreToolArgs({ tool: "write", args: odd, masker })).toEqual({ found: 0, restored: 0 })
    }
  })

  test("does not let a property called __proto__ change the object's prototype", () => {
    const args = JSON.parse(`{"__proto__":"${placeholder}","x":"${placeholder}"}`) as Record<string, unknown>
    restoreToolArgs({ tool: "write", args, masker })
    expect(Object.getPrototypeOf(args)).toBe(Object.prototype)
    expect(JSON.stringify(args)).toBe(JSON.stringify({ ["__proto__"]: secret, x: secret }))
  })

  test("undoes masking of any arguments", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.string(), (rest, tail) => {
        const original = JSON.parse(
          JSON.stringify({ rest, password: `horse ${tail}`, list: [`password = hunter2${tail}`] }),
        ) as Record<string, never>
        const fresh = createMasker({ scanner: ruleScanner() })
        const args = structuredClone(fresh.maskValue(original).value)
        restoreToolArgs({ tool: "write", args, masker: fresh })
        expect(args).toEqual(original)
      }),
      { numRuns: 200 },
    )
  })
})

describe("restoreToolArgs hands back", () => {
  test("the arguments as they were, apart from the live ones", () => {
    const call = (): void => undefined
    const args: Record<string, unknown> = { content: placeholder, list: [{ a: placeholder }], call }
    args.self = args
    const { original } = restoreToolArgs({ tool: "write", args, masker })
    expect(args).toMatchObject({ content: secret, list: [{ a: secret }] })
    expect(original).toMatchObject({ content: placeholder, list: [{ a: placeholder }], call })
    expect(original).not.toBe(args)
    expect((original as typeof args).self).toBe(original)
  })

  test("none where nothing was restored", () => {
    for (const [tool, content] of [
      ["write", "nothing"],
      ["grep", forged],
      ["bash", placeholder],
    ] as const)
      expect(restoreToolArgs({ tool, args: { content }, masker })).not.toHaveProperty("original")
  })
})

describe("restoreToolArgs for placeholders that the model altered", () => {
  const special = ["a<b&", '"c\\d é', "%x"].join("")
  const id = placeholder.slice(10, -1)
  const specialId = vault.issue(special, "rule").slice(10, -1)
  const restored = (content: string, tool = "write"): string => {
    const args = { content }
    restoreToolArgs({ tool, args, masker })
    return args.content
  }

  test.each([
    ["upper-case digits", `<REDACTED:${id.toUpperCase()}>`],
    ["lower case", `<redacted:${id}>`],
    ["no closing", `<REDACTED:${id}`],
    ["no opening", `REDACTED:${id}>`],
    ["no brackets", `REDACTED:${id}`],
    ["blanks", `< REDACTED: ${id} >`],
    ["entities", `&lt;REDACTED:${id}&gt;`],
    ["numeric entities", `&#60;REDACTED:${id}&#62;`],
    ["JSON escapes", `\\u003cREDACTED:${id}\\u003e`],
    ["JSON escapes in upper case", `\\u003CREDACTED:${id}\\u003E`],
    ["URL escapes", `%3CREDACTED%3A${id}%3E`],
  ])("puts the secret back for %s", (_, altered) => {
    expect(restored(`A=${altered} B=${placeholder};`)).toBe(`A=${secret} B=${secret};`)
    const args = { patchText: `+${altered};` }
    restoreToolArgs({ tool: "apply_patch", args, masker })
    expect(args.patchText).toBe(`+${secret};`)
  })

  test("escapes the secret like the placeholder was", () => {
    expect(restored(`<x y="&lt;REDACTED:${specialId}&gt;"/>`)).toBe(
      `<x y="${special.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")}"/>`,
    )
    expect(JSON.parse(restored(`"\\u003cREDACTED:${specialId}\\u003e"`))).toBe(special)
    expect(decodeURIComponent(restored(`%3CREDACTED%3A${specialId}%3E`))).toBe(special)
    expect(restored(`<REDACTED:${specialId}>`)).toBe(special)
  })

  test.each([
    ["a digit lost", `<REDACTED:${id.slice(1)}>`],
    ["two digits lost", `<REDACTED:${id.slice(2)}>`],
    ["a digit too many", `<REDACTED:${id}0>`],
    ["digits that were never issued", "&lt;REDACTED:00000000000000&gt;"],
    ["brackets of two kinds", `&lt;REDACTED:${id}\\u003e`],
    ["escapes of escapes", `\\\\u003cREDACTED:${id}\\\\u003e`],
    ["URL escapes of URL escapes", `%253CREDACTED%253A${id}%253E`],
  ])("stops %s and names it", (_, altered) => {
    const args = { filePath: "a.env", content: `A=${placeholder}\nB=${altered}` }
    const before = structuredClone(args)
    const error = thrownBy(() => restoreToolArgs({ tool: "write", args, masker }))
    expect(error).toMatchObject({ code: "RESTORE_UNRESOLVED" })
    expect(error.message).toContain(altered)
    expect(error.message).not.toContain(secret)
    expect(args).toEqual(before)
  })

  test("lets pass what is no placeholder", () => {
    const text = [
      "Secrets look like <REDACTED:hex14> or &lt;REDACTED:…&gt; or %3CREDACTED%3A.",
      `[REDACTED:email] REDACTED:1234 unredacted:${id} REDACTED:${"ab".repeat(20)} REDACTED: ${id}x`,
    ].join("\n")
    expect(restored(text)).toBe(text)
  })

  test("leaves them alone for tools that only look up files", () => {
    const altered = `<REDACTED:${id.toUpperCase()}>`
    expect(restored(altered, "grep")).toBe(altered)
  })
})

describe("restoreToolArgs for other tools", () => {
  test("restores what it can for local lookups and leaves the rest", () => {
    const args = { path: `src/${placeholder}`, pattern: forged }
    expect(restoreToolArgs({ tool: "grep", args, masker })).toMatchObject({ found: 2, restored: 1 })
    expect(args).toEqual({ path: `src/${secret}`, pattern: forged })
  })

  test.each(["bash", "webfetch", "task", "github_create_issue", "notion_update_page", "my_write"])(
    "only counts for %s",
    (tool) => {
      const args = { command: `curl -H ${placeholder}`, body: [forged, placeholder] }
      const before = structuredClone(args)
      expect(restoreToolArgs({ tool, args, masker })).toEqual({ found: 3, restored: 0 })
      expect(args).toEqual(before)
    },
  )
})

function thrownBy(what: () => unknown): Error {
  try {
    what()
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error("nothing was thrown")
}
