import { createHash } from "node:crypto"
import { buildAutomaton } from "../src/secrets/automaton.ts"
import { builtinRules } from "../src/secrets/index.ts"
import { secretPasses } from "../src/secrets/passes/index.ts"

/** Something to run over every chunk beside the scanner; what it returns only proves that it read the text. */
export interface Peer {
  readonly name: string
  readonly run: (chunks: readonly string[]) => number
}

/** A fold over all char codes: what any pass over every character costs at least in JavaScript. */
const byteClasses: Peer = {
  name: "a loop that looks up the class of every character",
  run(chunks) {
    const classes = Uint8Array.from({ length: 128 }, (_, code) =>
      Number(/\w/.test(String.fromCharCode(code))),
    )
    let words = 0
    for (const chunk of chunks)
      for (let i = 0; i < chunk.length; i++) words += classes[chunk.charCodeAt(i) & 127] ?? 0
    return words
  },
}

const hash: Peer = {
  name: "SHA-1 of the same chunks",
  run: (chunks) => chunks.reduce((sum, chunk) => sum + createHash("sha1").update(chunk).digest().length, 0),
}

function jsonParse(chunks: readonly string[]): Peer {
  const documents = chunks.map((chunk) => JSON.stringify({ content: chunk }))
  return {
    name: "JSON.parse of the same chunks, each a string in a document",
    run: () => documents.reduce((sum, document) => sum + String(JSON.parse(document).content).length, 0),
  }
}

function bareAutomaton(): Peer {
  const keywords = new Set([...builtinRules, ...secretPasses].flatMap((one) => one.keywords))
  const automaton = buildAutomaton([...keywords])
  return {
    name: "the automaton over all keywords alone",
    run: (chunks) => chunks.reduce((sum, chunk) => sum + automaton.walk(chunk).hits, 1),
  }
}

/** The algorithm of gitleaks over the same rules: a rule's pattern runs over a chunk that holds one of its keywords. */
function gitleaksStyle(): Peer {
  const rules = builtinRules.map(({ keywords, pattern }) => ({
    keywords,
    pattern: new RegExp(pattern.source, `${pattern.flags}g`),
  }))
  return {
    name: GITLEAKS_STYLE,
    run: (chunks) => {
      let matches = 1
      for (const chunk of chunks) {
        const folded = chunk.toLowerCase()
        for (const { keywords, pattern } of rules) {
          if (keywords.length > 0 && !keywords.some((keyword) => folded.includes(keyword))) continue
          pattern.lastIndex = 0
          while (pattern.exec(chunk) !== null) matches++
        }
      }
      return matches
    },
  }
}

export const GITLEAKS_STYLE = "the same rules the way gitleaks runs them"

/** What the scanner is measured beside, cheapest first. */
export function scanPeers(chunks: readonly string[]): readonly Peer[] {
  return [byteClasses, hash, jsonParse(chunks), bareAutomaton(), gitleaksStyle()]
}
