import { seededRandom } from "../tests/support/fake-token.ts"

/** A deterministic conversation that looks like an agent's: prose, source code, tool output. */

const WORDS =
  "the request handler reads a file and returns its lines to the caller so that tests can compare them with what was written before while the index keeps every entry sorted by name and size".split(
    " ",
  )

/** About `chars` characters of source code with comments, without anything secret. */
export function sourceText(chars: number, seed: number): string {
  const random = seededRandom(seed)
  const word = (): string => WORDS[Math.floor(random() * WORDS.length)] ?? "the"
  const lines: string[] = []
  let length = 0
  while (length < chars) {
    const name = `${word()}${Math.floor(random() * 1000)}`
    const line =
      random() < 0.3
        ? `  // ${Array.from({ length: 8 }, word).join(" ")}`
        : `  const ${name} = ${word()}.${word()}(${word()}, ${Math.floor(random() * 1e6)})`
    lines.push(line)
    length += line.length + 1
  }
  return lines.join("\n").slice(0, chars)
}

export interface ChatMessage {
  readonly role: "user" | "assistant" | "tool"
  readonly content: string
  readonly tool_call_id?: string
}

/** `count` messages of about `chars` characters each, in the shape of OpenAI chat completions. */
export function chatHistory(count: number, chars: number): ChatMessage[] {
  const roles = ["user", "assistant", "tool"] as const
  return Array.from({ length: count }, (_, index) => {
    const role = roles[index % 3] ?? "user"
    const content = sourceText(chars, index + 1)
    return role === "tool" ? { role, content, tool_call_id: `call_${index}` } : { role, content }
  })
}
