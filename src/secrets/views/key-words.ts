/** A part of every name of a secret that a value on another line may belong to. */
const WORDS =
  /pass|pwd|psw|pw["':= ]|secret|token|key|auth|cred|access|private|login|unseal|mnemonic|seed|salt|\bpat\b|\bpin\b|api|парол|asło|密|口令|パス|비밀/i

/** Whether a block of text may hold a name of a secret; spares the rest a second scan. */
export function mayNameSecret(block: string): boolean {
  return WORDS.test(block)
}
