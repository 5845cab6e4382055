import { seededRandom } from "../../../support/fake-token.ts"

/** Another writing of a text. */
export interface Transform {
  readonly name: string
  readonly write: (text: string) => string
}

function eachChar(write: (code: number, char: string) => string): (text: string) => string {
  return (text) => Array.from(text, (char) => write(char.charCodeAt(0), char)).join("")
}

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, "0")
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64")
}

export function wrapped(text: string, width: number, seam: string): string {
  return (text.match(new RegExp(`[^]{1,${width}}`, "g")) ?? []).join(seam)
}

/** `text` with `mark` put between some characters, the same ones in every run. */
function strewn(text: string, mark: string): string {
  const random = seededRandom(text.length)
  return Array.from(text, (char) => (random() < 0.3 ? char + mark : char)).join("")
}

/** Encodings that stand alone. */
export const encodings: readonly Transform[] = [
  { name: "base64", write: base64 },
  { name: "base64 without padding", write: (text) => base64(text).replace(/=+$/, "") },
  { name: "base64url", write: (text) => Buffer.from(text).toString("base64url") },
  { name: "base64 of UTF-16", write: (text) => Buffer.from(text, "utf16le").toString("base64") },
  { name: "hex", write: (text) => Buffer.from(text).toString("hex") },
  { name: "upper-case hex", write: (text) => Buffer.from(text).toString("hex").toUpperCase() },
]

/** The same encodings as they stand in files, commands and listings. */
export const settings: readonly Transform[] = [
  { name: "wrapped at 76", write: (text) => `${wrapped(base64(text), 76, "\n")}\n` },
  {
    name: "wrapped at 64 in a YAML block",
    write: (text) => `data: |\n  ${wrapped(base64(text), 64, "\n  ")}\n`,
  },
  { name: "wrapped with CRLF", write: (text) => wrapped(base64(text), 76, "\r\n") },
  {
    name: "wrapped behind line numbers",
    write: (text) => {
      const rows = wrapped(base64(text), 76, "\n").split("\n")
      return rows.map((row, i) => `${String(i + 1).padStart(5, "0")}| ${row}`).join("\n")
    },
  },
  { name: "wrapped in a diff", write: (text) => `@@ -0,0 +1 @@\n+${wrapped(base64(text), 76, "\n+")}\n` },
  { name: "wrapped in a quotation", write: (text) => `> ${wrapped(base64(text), 72, "\n> ")}\n` },
  { name: "wrapped in JSON", write: (text) => JSON.stringify({ data: wrapped(base64(text), 64, "\n") }) },
  { name: "concatenated in code", write: (text) => `x = "${wrapped(base64(text), 60, '" +\n  "')}"` },
  { name: "in JSON", write: (text) => JSON.stringify({ blob: base64(text), n: 1 }) },
  { name: "in YAML", write: (text) => `apiVersion: v1\ndata:\n  blob: ${base64(text)}\n` },
  { name: "as a data URL", write: (text) => `<a href="data:text/plain;base64,${base64(text)}">x</a>` },
  { name: "in a command", write: (text) => `echo ${base64(text)} | base64 -d` },
  { name: "in a database's notation", write: (text) => `\\x${Buffer.from(text).toString("hex")}` },
]

/** Every character, or some of them, in another writing. */
export const inlines: readonly Transform[] = [
  { name: "unicode escapes", write: eachChar((code) => `\\u${hex(code, 4)}`) },
  { name: "unicode escapes, escaped again", write: eachChar((code) => `\\\\u${hex(code, 4)}`) },
  { name: "code point escapes", write: eachChar((code) => `\\u{${hex(code, 1)}}`) },
  { name: "byte escapes", write: eachChar((code) => `\\x${hex(code, 2)}`) },
  { name: "percent escapes", write: eachChar((code) => `%${hex(code, 2).toUpperCase()}`) },
  { name: "decimal entities", write: eachChar((code) => `&#${code};`) },
  { name: "hexadecimal entities", write: eachChar((code) => `&#x${hex(code, 2)};`) },
  {
    name: "some unicode escapes",
    write: eachChar((code, char) => (code % 3 === 0 ? `\\u${hex(code, 4)}` : char)),
  },
  {
    name: "some percent escapes",
    write: eachChar((code, char) => (code % 3 === 0 ? `%${hex(code, 2)}` : char)),
  },
  {
    name: "a list of bytes",
    write: (text) =>
      `b := []byte{${Array.from(Buffer.from(text), (byte) => `0x${hex(byte, 2)}`).join(", ")}}`,
  },
  {
    name: "a buffer",
    write: (text) => JSON.stringify({ type: "Buffer", data: Array.from(Buffer.from(text)) }),
  },
  {
    name: "a list over lines",
    write: (text) => `[\n${Array.from(Buffer.from(text), (byte) => `    ${byte}`).join(",\n")}\n]`,
  },
  { name: "zero-width spaces", write: (text) => strewn(text, "\u200b") },
  { name: "soft hyphens", write: (text) => strewn(text, "\u00ad") },
  { name: "word joiners and marks", write: (text) => strewn(text, "\u2060\u200e\ufeff") },
  { name: "bidirectional controls", write: (text) => `\u202e${strewn(text, "\u2066")}\u202c` },
  { name: "variation selectors", write: (text) => strewn(text, "\ufe0f") },
  { name: "tag characters", write: (text) => strewn(text, "\u{e0041}") },
  {
    name: "full-width forms",
    write: eachChar((code, char) => (code > 32 && code < 127 ? String.fromCharCode(code + 0xfee0) : char)),
  },
  {
    name: "mathematical letters and digits",
    write: eachChar((code, char) => {
      if (/[A-Z]/.test(char)) return String.fromCodePoint(0x1d5d4 + code - 65)
      if (/[a-z]/.test(char)) return String.fromCodePoint(0x1d5ee + code - 97)
      return /\d/.test(char) ? String.fromCodePoint(0x1d7ec + code - 48) : char
    }),
  },
  { name: "colours", write: (text) => strewn(text, "\u001b[1;31m") },
  { name: "other terminal codes", write: (text) => strewn(text, "\u001b[K\u001b[?25l") },
  { name: "written colours", write: (text) => strewn(text, "\\u001b[0m") },
  { name: "octal colours", write: (text) => strewn(text, "\\033[31m") },
  {
    name: "hyperlinks",
    write: (text) => wrapped(text, 9, "\u001b]8;;https://example.test/\u001b\\"),
  },
  { name: "overstrikes", write: eachChar((_, char) => (char === "\n" ? char : `${char}\b${char}`)) },
]

/** Ways in which one long word is broken into several lines or strings. */
export const breaks: readonly Transform[] = [
  { name: "terminal", write: (text) => `key ${wrapped(text, 16, "\n")} end` },
  { name: "indented", write: (text) => `  key ${wrapped(text, 16, "\n      ")}\n` },
  { name: "quoted-printable", write: (text) => wrapped(text, 16, "=\r\n") },
  { name: "shell", write: (text) => `run ${wrapped(text, 16, "\\\n  ")}\n` },
  { name: "diff", write: (text) => `+${wrapped(text, 16, "\n+")}\n` },
  { name: "quotation", write: (text) => `> ${wrapped(text, 16, "\n> ")}\n` },
  {
    name: "line numbers",
    write: (text) => {
      const rows = wrapped(text, 16, "\n").split("\n")
      return rows.map((row, i) => `${i + 1}\t${row}`).join("\n")
    },
  },
  { name: "plus", write: (text) => `const x = "${wrapped(text, 16, '" + "')}"` },
  { name: "plus over lines", write: (text) => `const x = '${wrapped(text, 16, "' +\n    '")}'` },
  { name: "PHP", write: (text) => `$x = '${wrapped(text, 16, "' .\n '")}';` },
  { name: "adjacent strings", write: (text) => `x = ("${wrapped(text, 16, '"\n     "')}")` },
  { name: "Lua", write: (text) => `x = "${wrapped(text, 16, '" .. "')}"` },
]
