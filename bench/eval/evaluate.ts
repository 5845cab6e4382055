import type { JsonValue } from "../../src/base/json.ts"
import { createMasker } from "../../src/redact/index.ts"
import { createScanner, type Scanner } from "../../src/secrets/index.ts"
import { openaiChat } from "../../src/wire/dialects/openai-chat.ts"
import type { Adversarial, Corpus, KnownValue, Positive } from "./corpus.ts"

/** Share of a group that was counted, in percent of `of`. */
export interface Share {
  readonly group: string
  readonly of: number
  readonly percent: number
}

/** How much of a group's secrets is gone. */
export interface Recall {
  readonly group: string
  readonly of: number
  /** Percent whose secret no longer stands in the output. */
  readonly rec: number
  /** Percent of which no large fragment is left either. */
  readonly full: number
}

/** One mask in clean text: where, and what stands around it. Never what was masked. */
interface Mask {
  readonly ruleId: string
  readonly offset: number
  readonly length: number
  readonly around: string
}

/** A text that came out wrong, without its secret. */
interface Miss {
  readonly group: string
  readonly what: string
}

export interface Evaluation {
  readonly corpus: string
  readonly recall: { readonly tiers: Recall[]; readonly sources: Recall[]; readonly providers: Recall[] }
  readonly falseMasks: Share[]
  readonly adversarial: Share[]
  /** Percent of the values that must be masked and are; of those that must stay and are touched. */
  readonly knownValues: Share[]
  readonly masksPerMegabyte: number
  readonly masks: Mask[]
  readonly misses: Miss[]
}

const CHUNK = 16 * 1024
/** As the peers' figures count. */
const MEGABYTE = 1024 * 1024
const AROUND = 32

/** Measures recall, precision and disguises over one corpus. Takes seconds; prints nothing. */
export function evaluate(corpus: Corpus): Evaluation {
  const scanner = createScanner()
  const misses: Miss[] = []
  const recall = recallOf(corpus.positives, scanner, misses)
  const falseMasks = new Groups()
  for (const { text, cat, kind } of corpus.negatives) {
    const rules = [...new Set(scanner.scan(text).map(({ ruleId }) => ruleId))]
    falseMasks.count(cat, rules.length > 0)
    if (rules.length > 0) misses.push({ group: `false masks ${cat}`, what: `${kind}: ${rules.join(", ")}` })
  }
  const disguises = new Groups()
  for (const one of corpus.adversarial) {
    const isGone = withstands(one)
    for (const group of ["all", one.transform]) disguises.count(group, isGone)
    if (!isGone) misses.push({ group: "adversarial", what: one.transform })
  }
  const masks = masksIn(corpus.cleanText, scanner)
  return {
    corpus: corpus.name,
    recall,
    falseMasks: falseMasks.shares(),
    adversarial: disguises.shares(),
    knownValues: knownValues(corpus.knownValues),
    masksPerMegabyte: round(masks.length / (corpus.cleanText.length / MEGABYTE)),
    masks,
    misses,
  }
}

/** The text with every finding replaced by one character that no secret holds. */
function masked(text: string, scanner: Scanner): string {
  const kept: string[] = []
  let from = 0
  for (const { start, end } of scanner.scan(text)) {
    kept.push(text.slice(from, start))
    from = end
  }
  return [...kept, text.slice(from)].join("\u0000")
}

/** Length of the longest part of `secret` that stands in `text`. */
function longestSurvivor(text: string, secret: string): number {
  let longest = 0
  for (let i = 0; i + longest < secret.length; i++)
    while (i + longest < secret.length && text.includes(secret.slice(i, i + longest + 1))) longest++
  return longest
}

/** No fragment is left that is longer than max(7, min(11, half of it)) characters and than 34 % of it. */
function isFullyGone(text: string, secret: string): boolean {
  if (text.includes(secret)) return false
  const survivor = longestSurvivor(text, secret)
  return survivor <= Math.max(7, Math.min(11, secret.length / 2)) || survivor <= secret.length * 0.34
}

function recallOf(positives: readonly Positive[], scanner: Scanner, misses: Miss[]): Evaluation["recall"] {
  const tiers = new Groups()
  const sources = new Groups()
  const providers = new Groups()
  for (const { text, secret, tier, common, source, provider } of positives) {
    if (tier === "identifier") continue
    const out = masked(text, scanner)
    const rec = secret === null ? out !== text : !out.includes(secret)
    const full = secret === null ? rec : isFullyGone(out, secret)
    for (const group of ["all", tier, ...(common ? ["common", `common ${tier}`] : [])])
      tiers.count(group, rec, full)
    sources.count(source, rec, full)
    providers.count(provider, rec, full)
    if (!full) misses.push({ group: `recall ${tier}`, what: `${provider} (${source})` })
  }
  return { tiers: tiers.recalls(), sources: sources.recalls(), providers: providers.recalls() }
}

/** Sends the parts as the parts of one user message, as the masked request would hold them. */
function withstands({ parts, forbidden }: Adversarial): boolean {
  const body = {
    model: "m",
    messages: [{ role: "user", content: parts.map((text) => ({ type: "text", text })) }],
  } satisfies JsonValue
  const sent = createMasker().maskBody(body, openaiChat).body
  const texts: string[] = []
  openaiChat.mapText(sent, (text) => {
    texts.push(text)
    return text
  })
  return forbidden.every((secret) => !texts.join("").includes(secret))
}

function knownValues(cases: readonly KnownValue[]): Share[] {
  const shares = new Groups()
  for (const { env, text, secret, must_mask } of cases) {
    const out = createMasker({ known: env }).mask(text).text
    if (must_mask) shares.count("masked", !out.includes(secret))
    else shares.count("touched", out !== text)
  }
  return shares.shares()
}

function masksIn(text: string, scanner: Scanner): Mask[] {
  const masks: Mask[] = []
  for (let offset = 0; offset < text.length; offset += CHUNK) {
    const chunk = text.slice(offset, offset + CHUNK)
    const findings = scanner.scan(chunk)
    findings.forEach(({ ruleId, start, end }, index) => {
      const from = Math.max(findings[index - 1]?.end ?? 0, start - AROUND)
      const to = Math.min(findings[index + 1]?.start ?? chunk.length, end + AROUND / 2)
      const around = `${legible(chunk.slice(from, start))}[${ruleId}]${legible(chunk.slice(end, to))}`
      masks.push({ ruleId, offset: offset + start, length: end - start, around })
    })
  }
  return masks
}

/** Blanks joined, and nothing that could be the rest of a secret. */
function legible(text: string): string {
  return text.replaceAll(/\s+/g, " ").replaceAll(/[\w+/=-]{10,}/g, (run) => (/\d/.test(run) ? "…" : run))
}

function round(value: number): number {
  return Number(value.toFixed(2))
}

class Groups {
  readonly #groups = new Map<string, { of: number; first: number; second: number }>()

  count(group: string, first: boolean, second = first): void {
    const tally = this.#groups.get(group) ?? { of: 0, first: 0, second: 0 }
    this.#groups.set(group, tally)
    tally.of++
    tally.first += first ? 1 : 0
    tally.second += second ? 1 : 0
  }

  shares(): Share[] {
    return this.recalls().map(({ group, of, rec }) => ({ group, of, percent: rec }))
  }

  recalls(): Recall[] {
    return [...this.#groups]
      .map(([group, { of, first, second }]) => ({
        group,
        of,
        rec: round((100 * first) / of),
        full: round((100 * second) / of),
      }))
      .toSorted((a, b) => a.group.localeCompare(b.group))
  }
}
