export {
  createMasker,
  type MaskedBody,
  type MaskedText,
  type MaskedValue,
  type Masker,
  type MaskerOptions,
  type MaskFinding,
  type MaskSummary,
  type RestoredText,
  type TextFinding,
} from "./masker.ts"
export { createMemoryVault, type MemoryVaultOptions, type Vault, type VaultWatcher } from "./vault.ts"
