import { createHash } from "node:crypto"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { isPlaceholder } from "../../../src/base/placeholder.ts"
import { createMemoryVault } from "../../../src/redact/vault.ts"

const key = new Uint8Array(32).fill(7)

/** Digests of `digits` significant hex digits, so that ids collide all the time. */
function shortDigest(digits: number): (message: Uint8Array) => string {
  return (message) => createHash("sha256").update(message).digest("hex").slice(0, digits).padEnd(64, "0")
}

describe("createMemoryVault", () => {
  test("gives the same secret the same placeholder in every vault of one key and project", () => {
    const first = createMemoryVault({ key, project: "a" }).issue("hunter2-hunter2", "rule")
    const second = createMemoryVault({ key, project: "a" }).issue("hunter2-hunter2", "rule")
    expect(isPlaceholder(first)).toBe(true)
    expect(second).toBe(first)
  })

  test("gives another placeholder under another key or in another project", () => {
    const base = createMemoryVault({ key, project: "a" }).issue("hunter2-hunter2", "rule")
    expect(createMemoryVault({ key, project: "b" }).issue("hunter2-hunter2", "rule")).not.toBe(base)
    const otherKey = new Uint8Array(32).fill(8)
    expect(createMemoryVault({ key: otherKey, project: "a" }).issue("hunter2-hunter2", "rule")).not.toBe(base)
    expect(createMemoryVault().issue("hunter2-hunter2", "rule")).not.toBe(
      createMemoryVault().issue("hunter2-hunter2", "rule"),
    )
  })

  test("does not mix up where the project ends and the secret begins", () => {
    // Without lengths both would be hashed as `p` `0` `0` `0x`, the counter being 0.
    const left = createMemoryVault({ key, project: "p" }).issue("00x", "rule")
    expect(createMemoryVault({ key, project: "p0" }).issue("0x", "rule")).not.toBe(left)
  })

  test("resolves only what it issued itself", () => {
    const vault = createMemoryVault({ key, project: "a" })
    const placeholder = vault.issue("hunter2-hunter2", "db-password")
    const foreign = createMemoryVault({ key, project: "b" }).issue("hunter2-hunter2", "rule")
    expect(vault.resolve(placeholder)).toBe("hunter2-hunter2")
    expect(vault.ruleOf(placeholder)).toBe("db-password")
    expect(vault.resolve(foreign)).toBeUndefined()
    expect(vault.resolve("<REDACTED:00000000000000>")).toBeUndefined()
    expect(vault.resolve(placeholder.toUpperCase())).toBeUndefined()
  })

  test("shares no placeholder among 10^5 secrets", () => {
    const vault = createMemoryVault({ key, maxEntries: 100_000 })
    const placeholders = new Set<string>()
    for (let index = 0; index < 100_000; index += 1) placeholders.add(vault.issue(`secret-${index}`, "rule"))
    expect(placeholders.size).toBe(100_000)
  })

  test("hashes again where digests collide, so two secrets never share a placeholder", () => {
    const vault = createMemoryVault({ digest: shortDigest(2) })
    const secrets = Array.from({ length: 200 }, (_, index) => `secret-${index}`)
    const placeholders = secrets.map((secret) => vault.issue(secret, "rule"))
    expect(new Set(placeholders).size).toBe(200)
    expect(placeholders.map((placeholder) => vault.resolve(placeholder))).toEqual(secrets)
  })

  test("tells secrets apart that only differ in a lone surrogate", () => {
    const vault = createMemoryVault({ key })
    const left = vault.issue("pass\uD800word", "rule")
    // In a vault of its own, where no collision would move it to the next id.
    expect(createMemoryVault({ key }).issue("pass\uD801word", "rule")).not.toBe(left)
    expect(vault.resolve(left)).toBe("pass\uD800word")
  })

  test("holds no more than its bound and drops the least recently used first", () => {
    const vault = createMemoryVault({ key, maxEntries: 10 })
    const placeholders = Array.from({ length: 10 }, (_, index) => vault.issue(`secret-${index}`, "rule"))
    vault.resolve(placeholders[0]!)
    vault.issue("one-more", "rule")
    expect(vault.size).toBeLessThanOrEqual(10)
    expect(vault.resolve(placeholders[0]!)).toBe("secret-0")
    expect(vault.resolve(placeholders[1]!)).toBeUndefined()
  })

  test("gives a dropped secret its old placeholder back when it is seen again", () => {
    const vault = createMemoryVault({ key, maxEntries: 1 })
    const placeholder = vault.issue("first-secret", "rule")
    vault.issue("second-secret", "rule")
    expect(vault.resolve(placeholder)).toBeUndefined()
    expect(vault.issue("first-secret", "rule")).toBe(placeholder)
    expect(vault.resolve(placeholder)).toBe("first-secret")
  })

  test("never hands the placeholder of a dropped or forgotten secret to another one", () => {
    const vault = createMemoryVault({ digest: shortDigestOfIds(), maxEntries: 2 })
    const owner = new Map<string, string>()
    for (let index = 0; index < 60; index += 1) {
      const secret = `secret-${index}`
      const placeholder = vault.issue(secret, "rule")
      expect(owner.has(placeholder)).toBe(false)
      owner.set(placeholder, secret)
      if (index % 3 === 0) vault.forget(placeholder)
    }
    for (const [placeholder, secret] of owner) expect(vault.issue(secret, "rule")).toBe(placeholder)
  })

  test("forgets on request and says whether there was something to forget", () => {
    const vault = createMemoryVault({ key })
    const placeholder = vault.issue("hunter2-hunter2", "rule")
    expect(vault.forget(placeholder)).toBe(true)
    expect(vault.forget(placeholder)).toBe(false)
    expect(vault.resolve(placeholder)).toBeUndefined()
    expect(vault.size).toBe(0)
  })

  test("resolves every placeholder to the secret it was issued for, whatever the secrets are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, unit: "binary" }), { maxLength: 30 }),
        (secrets) => {
          const vault = createMemoryVault({ digest: shortDigest(2) })
          const placeholders = secrets.map((secret) => vault.issue(secret, "rule"))
          expect(placeholders.map((placeholder) => vault.resolve(placeholder))).toEqual(secrets)
        },
      ),
    )
  })
})

/** Ids of two digits that collide, fingerprints in full: the purpose is the second field of the message. */
function shortDigestOfIds(): (message: Uint8Array) => string {
  const marker = Buffer.from("fingerprint", "utf16le")
  return (message) => {
    const whole = createHash("sha256").update(message).digest("hex")
    return Buffer.from(message).includes(marker) ? whole : whole.slice(0, 2).padEnd(64, "0")
  }
}

describe("watch", () => {
  test("tells what is held, what comes in for the first time and what falls out", () => {
    const vault = createMemoryVault({ key, maxEntries: 3 })
    vault.issue("first-secret", "a")
    const seen: string[] = []
    vault.watch({
      added: (secret, ruleId) => seen.push(`+${secret}/${ruleId}`),
      dropped: (secret) => seen.push(`-${secret}`),
    })
    const second = vault.issue("second-secret", "b")
    vault.issue("second-secret", "c")
    vault.forget(second)
    vault.issue("second-secret", "d")
    vault.issue("third-secret", "e")
    vault.issue("fourth-secret", "f")
    expect(seen).toEqual([
      "+first-secret/a",
      "+second-secret/b",
      "-second-secret",
      "+second-secret/d",
      "+third-secret/e",
      "-first-secret",
      "+fourth-secret/f",
    ])
  })
})
