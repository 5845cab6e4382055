import { createMemoryVault, type Vault } from "../redact/vault.ts"

// OpenCode disposes and rebuilds plugin instances while conversations go on; what a placeholder stands for must
// outlive them. The shape behind this key is a contract between copies of the package.
const VAULTS_KEY = Symbol.for("opencode-airlock.vaults.v1")

/** The vault of a project, the same one for every plugin instance of this process. */
export function projectVault(key: Uint8Array, project: string): Vault {
  const vaults = processVaults()
  const existing = vaults.get(project)
  if (existing) return existing
  const vault = createMemoryVault({ key, project })
  vaults.set(project, vault)
  return vault
}

function processVaults(): Map<string, Vault> {
  const existing: Map<string, Vault> | undefined = Reflect.get(globalThis, VAULTS_KEY)
  if (existing) return existing
  const vaults = new Map<string, Vault>()
  Reflect.set(globalThis, VAULTS_KEY, vaults)
  return vaults
}
