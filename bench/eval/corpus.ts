import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"

/** A text that holds a secret. */
export interface Positive {
  readonly text: string
  /** Null where only a change of the text is asked for. */
  readonly secret: string | null
  /** `structured`, `keyword`, `weak`, `multi`; `identifier` does not count. */
  readonly tier: string
  readonly source: string
  readonly provider: string
  /** Its provider is one of those that most people meet. */
  readonly common: boolean
}

/** A text in which nothing may be masked. */
export interface Negative {
  readonly text: string
  readonly cat: string
  readonly kind: string
}

/** A secret in disguise: `parts` are the text parts of one message, `forbidden` must not be left in them. */
export interface Adversarial {
  readonly transform: string
  readonly parts: readonly string[]
  readonly forbidden: readonly string[]
}

/** A text with a value of `env`; where `must_mask` is false it must stay as it is. */
export interface KnownValue {
  readonly env: Readonly<Record<string, string>>
  readonly text: string
  readonly secret: string
  readonly must_mask: boolean
}

export interface Corpus {
  readonly name: string
  readonly positives: readonly Positive[]
  readonly negatives: readonly Negative[]
  readonly adversarial: readonly Adversarial[]
  readonly knownValues: readonly KnownValue[]
  /** Clean source code and logs, for masks per megabyte. */
  readonly cleanText: string
}

/** Reads a folder of `.jsonl` files and `bench10mb.txt.gz`. @throws Error that names the file that is missing or bad */
export function readCorpus(folder: string): Corpus {
  return {
    name: "given corpus",
    positives: readLines<Positive>(join(folder, "positives.jsonl")),
    negatives: readLines<Negative>(join(folder, "negatives.jsonl")),
    adversarial: readLines<Adversarial>(join(folder, "adversarial.jsonl")),
    knownValues: readLines<KnownValue>(join(folder, "known-values.jsonl")),
    cleanText: gunzipSync(read(join(folder, "bench10mb.txt.gz"))).toString("latin1"),
  }
}

function read(path: string): Buffer {
  if (!existsSync(path)) throw new Error(`${path} is missing: the folder is no corpus`)
  return readFileSync(path)
}

function readLines<T>(path: string): T[] {
  return read(path)
    .toString("utf8")
    .split("\n")
    .flatMap((line, index) => (line === "" ? [] : [parseLine(line, path, index + 1) as T]))
}

function parseLine(line: string, path: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(`${path}:${number} is no JSON`)
  }
}
