export { createMaskStream, type MaskStream, type MaskStreamOptions } from "./mask-stream.ts"
export {
  createMasker,
  type MaskedBody,
  type MaskedRange,
  type MaskedText,
  type MaskedTexts,
  type MaskedValue,
  type Masker,
  type MaskerOptions,
  type MaskFinding,
  type MaskRange,
  type MaskSummary,
  type RestoredText,
  type TextFinding,
} from "./masker.ts"
export { createMemoryVault, type MemoryVaultOptions, type Vault, type VaultWatcher } from "./vault.ts"
