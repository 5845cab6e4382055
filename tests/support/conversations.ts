import type { JsonObject, JsonValue } from "../../src/base/json.ts"

/** What an agent tells every provider, before it is written in a dialect. */
export interface Conversation {
  readonly tools: readonly Tool[]
  readonly system: readonly string[]
  readonly turns: readonly Turn[]
}

export interface Tool {
  readonly name: string
  readonly description: string
  readonly schema: JsonObject
}

export interface Call {
  readonly id: string
  readonly name: string
  readonly input: JsonObject
}

export type Turn =
  | { readonly role: "user"; readonly text: string; readonly image?: string }
  | {
      readonly role: "assistant"
      readonly text: string
      readonly thinking?: string
      readonly calls: readonly Call[]
    }
  | { readonly role: "results"; readonly outputs: readonly { readonly id: string; readonly text: string }[] }

const WORDS =
  "the build reads every module once and writes its output beside the source so that a second run finds nothing to do " +
  "unless a file or one of its imports has another hash which the index keeps in memory while the server is up"

/** Readable text of about `chars` characters, another one for each seed. */
export function prose(seed: number, chars: number): string {
  const words = WORDS.split(" ")
  let state = seed * 7919 + 17
  let text = `Note ${seed}:`
  while (text.length < chars) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    text += ` ${words[state % words.length] ?? ""}`
  }
  return text
}

const TOOL_NAMES = "bash read write edit glob grep list patch task todowrite webfetch websearch skill".split(
  " ",
)

function tool(name: string, seed: number): Tool {
  const schema = {
    type: "object",
    properties: {
      path: { type: "string", description: prose(seed + 100, 90) },
      limit: { type: "number", description: prose(seed + 200, 70) },
    },
    required: ["path"],
    additionalProperties: false,
  }
  return { name, description: prose(seed, 900), schema }
}

/** The environment that OpenCode appends to its system prompt. */
export function environment(date: string): string {
  return `<env>\n  Working directory: /home/dev/shop\n  Is directory a git repo: yes\n  Today's date: ${date}\n</env>`
}

/** A coding session of `rounds` rounds, each with a call and its result, after the first question. */
export function coding(rounds: number, date = "Tue Dec 01 2026"): Conversation {
  const conversation: Conversation = {
    tools: TOOL_NAMES.map((name, index) => tool(name, index)),
    system: [prose(1000, 9000), `${environment(date)}\n${prose(1001, 3000)}`],
    turns: [{ role: "user", text: "Why does the second build take as long as the first one?" }],
  }
  return Array.from({ length: rounds }).reduce<Conversation>(
    (soFar, _, round) => nextRound(soFar, round),
    conversation,
  )
}

/** The same session one round later: a call, its result. */
export function nextRound(conversation: Conversation, round: number): Conversation {
  const id = `call_${round}`
  const path = `src/module-${round}.ts`
  return append(
    conversation,
    { role: "assistant", text: prose(2000 + round, 200), calls: [{ id, name: "read", input: { path } }] },
    { role: "results", outputs: [{ id, text: prose(3000 + round, 2400) }] },
  )
}

/** The same session with the person's next question. */
export function nextQuestion(conversation: Conversation, text: string): Conversation {
  return append(
    conversation,
    { role: "assistant", text: "The index is rebuilt on every run.", calls: [] },
    { role: "user", text },
  )
}

export function append(conversation: Conversation, ...turns: readonly Turn[]): Conversation {
  return { ...conversation, turns: [...conversation.turns, ...turns] }
}

/** OpenCode's request for a title: another prompt, no tools. */
export function title(): Conversation {
  return {
    tools: [],
    system: [prose(4000, 1200)],
    turns: [
      { role: "user", text: "Generate a title for this conversation: why is the second build not faster?" },
    ],
  }
}

/** What is left after a compaction: a summary in place of the history, and the question that goes on from it. */
export function compacted(conversation: Conversation): Conversation {
  const turns: Turn[] = [
    { role: "user", text: "What did we do so far?" },
    { role: "assistant", text: prose(5000, 2500), calls: [] },
    { role: "user", text: "Continue if you have next steps." },
  ]
  return { ...conversation, turns }
}

/** Replaces the text of the result at `index`, as pruning does. */
export function editResult(conversation: Conversation, index: number, text: string): Conversation {
  const results = conversation.turns.filter((turn) => turn.role === "results")
  const target = results.at(index)
  const turns = conversation.turns.map((turn): Turn => {
    if (turn !== target || turn.role !== "results") return turn
    return { ...turn, outputs: turn.outputs.map((output) => ({ ...output, text })) }
  })
  return { ...conversation, turns }
}

export function editTool(conversation: Conversation, name: string, edit: (tool: Tool) => Tool): Conversation {
  return { ...conversation, tools: conversation.tools.map((it) => (it.name === name ? edit(it) : it)) }
}

export function addTool(conversation: Conversation, name: string): Conversation {
  return { ...conversation, tools: [...conversation.tools, tool(name, 900)] }
}

export function withDate(conversation: Conversation, date: string): Conversation {
  const [first = "", ...rest] = conversation.system
  const dated = rest.map((text) => text.replace(/Today's date: [^\n]+/, `Today's date: ${date}`))
  return { ...conversation, system: [first, ...dated] }
}

/** Tokens as a case states them: `prompt` is all of the input, cached or not. */
export interface Tokens {
  readonly prompt: number
  readonly read?: number
  readonly write?: number
  readonly write1h?: number
  readonly output?: number
  readonly reasoning?: number
}

/** Drops what is `undefined`, as `JSON.stringify` does. */
export function json(value: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined))
}
