import { createHmac, randomBytes } from "node:crypto"
import { placeholderOf } from "../base/placeholder.ts"

/** The two-way map of secret and placeholder of one project. */
export interface Vault {
  /** The placeholder that stands for `secret`; the same one every time. `ruleId` is kept from the first time. */
  issue(secret: string, ruleId: string): string
  /** The secret behind a placeholder, `undefined` for one that this vault did not issue or no longer holds. */
  resolve(placeholder: string): string | undefined
  /** Rule that found the secret behind `placeholder`. */
  ruleOf(placeholder: string): string | undefined
  /**
   * Drops the secret; its placeholder stops resolving and stays reserved for that same secret.
   *
   * @returns whether the placeholder was held
   */
  forget(placeholder: string): boolean
  /** Secrets held. */
  readonly size: number
  /** Tells `watcher` of every secret held now, and from now on of each that comes in or falls out. */
  watch(watcher: VaultWatcher): void
}

/** Called within `issue` and `forget`, so it must be quick and must not call the vault. */
export interface VaultWatcher {
  added(secret: string, ruleId: string): void
  dropped(secret: string): void
}

export interface MemoryVaultOptions {
  /** 32 bytes. @default a random key, so placeholders differ from process to process */
  readonly key?: Uint8Array
  /** Separates projects: the same secret has another placeholder in another project. @default "" */
  readonly project?: string
  /** Secrets held at most; beyond it the least recently used tenth is dropped. @default 100_000 */
  readonly maxEntries?: number
  /** Keyed digest as at least 32 hex digits. Tests put a short one here to force collisions. @default HMAC-SHA256 */
  readonly digest?: (message: Uint8Array) => string
}

interface Entry {
  readonly secret: string
  readonly placeholder: string
  readonly ruleId: string
}

const DOMAIN = "opencode-airlock/placeholder/v1"
const ID_DIGITS = 14
const FINGERPRINT_DIGITS = 32
const DEFAULT_MAX_ENTRIES = 100_000
const KEPT_SHARE = 0.9

/**
 * A vault that lives in memory only.
 *
 * A placeholder is the first 14 hex digits of HMAC-SHA256(key, version + project + secret): without the key it
 * says nothing about the secret, and with the same key and project it is the same after a restart. Where two
 * secrets would share an id, the later one is hashed again with a counter.
 *
 * What falls out (bound or `forget`) leaves its id and a 128-bit keyed fingerprint behind, never its text: an old
 * conversation may still show the placeholder, so no other secret may ever get it, while the same secret gets it
 * back when it is seen again. In between the placeholder does not resolve and a write that holds it is stopped.
 */
export function createMemoryVault(options: MemoryVaultOptions = {}): Vault {
  const key = options.key ?? randomBytes(32)
  const project = options.project ?? ""
  const maxEntries = Math.max(1, options.maxEntries ?? DEFAULT_MAX_ENTRIES)
  const digest = options.digest ?? ((message) => createHmac("sha256", key).update(message).digest("hex"))
  // Insertion order is order of last use.
  const bySecret = new Map<string, Entry>()
  const byPlaceholder = new Map<string, Entry>()
  const reserved = new Map<string, string>()
  const watchers: VaultWatcher[] = []

  const fingerprint = (secret: string): string =>
    digest(messageOf("fingerprint", project, secret, 0)).slice(0, FINGERPRINT_DIGITS)

  const isFree = (placeholder: string, secret: string): boolean => {
    if (byPlaceholder.has(placeholder)) return false
    const owner = reserved.get(placeholder)
    return owner === undefined || owner === fingerprint(secret)
  }

  const touch = (entry: Entry): void => {
    bySecret.delete(entry.secret)
    bySecret.set(entry.secret, entry)
  }

  const drop = (entry: Entry): void => {
    bySecret.delete(entry.secret)
    byPlaceholder.delete(entry.placeholder)
    reserved.set(entry.placeholder, fingerprint(entry.secret))
    for (const watcher of watchers) watcher.dropped(entry.secret)
  }

  // A tenth at once, so that a full vault does not drop an entry, and with it cached texts, at every new secret.
  const shrink = (): void => {
    const target = Math.min(maxEntries - 1, Math.floor(maxEntries * KEPT_SHARE))
    for (const entry of bySecret.values()) {
      if (bySecret.size <= target) return
      drop(entry)
    }
  }

  const newPlaceholder = (secret: string): string => {
    for (let counter = 0; ; counter += 1) {
      const id = digest(messageOf("id", project, secret, counter)).slice(0, ID_DIGITS)
      const placeholder = placeholderOf(id)
      if (isFree(placeholder, secret)) return placeholder
    }
  }

  return {
    issue(secret, ruleId) {
      const known = bySecret.get(secret)
      if (known) {
        touch(known)
        return known.placeholder
      }
      if (bySecret.size >= maxEntries) shrink()
      const entry: Entry = { secret, ruleId, placeholder: newPlaceholder(secret) }
      bySecret.set(secret, entry)
      byPlaceholder.set(entry.placeholder, entry)
      reserved.delete(entry.placeholder)
      for (const watcher of watchers) watcher.added(secret, ruleId)
      return entry.placeholder
    },
    resolve(placeholder) {
      const entry = byPlaceholder.get(placeholder)
      if (entry) touch(entry)
      return entry?.secret
    },
    ruleOf: (placeholder) => byPlaceholder.get(placeholder)?.ruleId,
    forget(placeholder) {
      const entry = byPlaceholder.get(placeholder)
      if (entry) drop(entry)
      return entry !== undefined
    },
    get size() {
      return bySecret.size
    },
    watch(watcher) {
      watchers.push(watcher)
      for (const { secret, ruleId } of bySecret.values()) watcher.added(secret, ruleId)
    },
  }
}

/**
 * Each field is preceded by its length, so that no two tuples give the same message. UTF-16 rather than UTF-8,
 * which would turn different lone surrogates into one replacement character.
 */
function messageOf(purpose: string, project: string, secret: string, counter: number): Uint8Array {
  const fields = [DOMAIN, purpose, project, String(counter), secret].flatMap((field) => {
    const bytes = Buffer.from(field, "utf16le")
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  })
  return Buffer.concat(fields)
}
