import { createHash } from "node:crypto"
import { crc32 } from "./provider/event-stream.ts"

/** A made-up secret. `name` may be printed, `value` never. */
export interface Canary {
  readonly name: string
  readonly kind: CanaryKind
  readonly value: string
  /** How a person's file or text holds it: the value alone, or inside an assignment. */
  readonly inText: string
}

export type CanaryKind = "aws-key-id" | "github-token" | "password-assignment"

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/**
 * A canary that belongs to `name` alone: the same name and kind always give the same value, and no two names
 * share one. Built from parts and a hash, so no file of this repository holds it.
 */
export function canary(name: string, kind: CanaryKind = "github-token"): Canary {
  const value = buildValue(name, kind)
  return { name, kind, value, inText: kind === "password-assignment" ? `password = "${value}"` : value }
}

function buildValue(name: string, kind: CanaryKind): string {
  const seed = `${kind}:${name}`
  if (kind === "aws-key-id") return ["AK", "IA", characters(seed, BASE32, 16)].join("")
  if (kind === "github-token") return ["gh", "p_", githubBody(seed)].join("")
  return [characters(seed, ALPHANUMERIC, 9), "!", characters(`${seed}#`, ALPHANUMERIC, 8), "%"].join("")
}

/** 30 random characters and the CRC32 checksum in base62 that real tokens end with. */
function githubBody(seed: string): string {
  const random = characters(seed, ALPHANUMERIC, 30)
  return random + base62(crc32(Buffer.from(random))).padStart(6, "0")
}

function characters(seed: string, alphabet: string, count: number): string {
  let out = ""
  for (let block = 0; out.length < count; block += 1) {
    for (const byte of createHash("sha256").update(`${seed}/${block}`).digest()) {
      if (out.length < count) out += alphabet[byte % alphabet.length]
    }
  }
  return out
}

function base62(value: number): string {
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
  let out = ""
  for (let left = value; left > 0; left = Math.floor(left / 62)) out = (digits[left % 62] ?? "") + out
  return out
}
