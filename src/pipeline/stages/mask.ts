import type { AnomalyLog } from "../../base/anomalies.ts"
import { AirlockError } from "../../base/errors.ts"
import type { MaskFinding, Masker } from "../../redact/masker.ts"
import { refusal } from "../refusal.ts"
import type { Exchange, Stage } from "../stage.ts"

export interface MaskStageOptions {
  readonly masker: Masker
  readonly anomalies: AnomalyLog
  /** Called after each body in which something was masked: what no hook had masked before. */
  readonly onMasked?: (exchange: Exchange, result: MaskedExchange) => void
}

/** What masking one body came to. Holds counts and rule ids, never a text. */
export interface MaskedExchange {
  readonly findings: readonly MaskFinding[]
  readonly durationMs: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly fields: number
  readonly fieldsChanged: number
}

/**
 * The authoritative layer: no stage below sees a raw secret. Fails closed: a body that cannot be masked is
 * answered with a provider-style error and never sent. A body with nothing to mask is passed on byte for byte.
 */
export function maskStage({ masker, anomalies, onMasked }: MaskStageOptions): Stage {
  const masked = (exchange: Exchange): Exchange => {
    const startedAt = performance.now()
    const result = masker.maskBody(exchange.body, exchange.dialect)
    const { body, findings, changed, fields, fieldsChanged } = result
    if (!changed) return exchange
    if (exchange.signed) throw signedBody(findings)
    const bodyText = JSON.stringify(body)
    onMasked?.(exchange, {
      findings,
      durationMs: performance.now() - startedAt,
      bytesIn: Buffer.byteLength(exchange.bodyText),
      bytesOut: Buffer.byteLength(bodyText),
      fields,
      fieldsChanged,
    })
    return { ...exchange, body, bodyText }
  }
  return {
    name: "mask",
    async run(exchange, next) {
      let safe: Exchange
      try {
        safe = masked(exchange)
      } catch (error) {
        const code = error instanceof AirlockError ? error.code : "MASK_FAILED"
        anomalies.add("mask/refused", `A ${exchange.dialect.id} request was not sent (${code})`)
        return refusal(error, exchange.dialect)
      }
      return next(safe)
    },
  }
}

function signedBody(findings: readonly MaskFinding[]): AirlockError {
  const rules = [...new Set(findings.map((finding) => finding.ruleId))].join(", ")
  return new AirlockError(
    "MASK_BODY_SIGNED",
    `It is signed (AWS SigV4), so what only the wire layer can mask stays unmasked: ${rules}, in the text of a title request or in the description of a tool. Set AWS_BEARER_TOKEN_BEDROCK, which needs no signature, or take the secret out of there.`,
  )
}
