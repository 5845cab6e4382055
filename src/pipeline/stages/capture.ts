import type { AnomalyLog } from "../../base/anomalies.ts"
import { errorMessage } from "../../base/errors.ts"
import type { Capture, CaptureStart, Interceptor } from "../../intercept/interceptor.ts"
import { isModelCall } from "../../wire/model-call.ts"
import type { Exchange, Stage } from "../stage.ts"

export interface CaptureStageOptions {
  readonly interceptor: Interceptor
  readonly anomalies: AnomalyLog
  /** Called for each exchange that is captured, before it is. */
  readonly onBegin?: (exchange: Exchange) => void
}

/**
 * Shows the exchange to the interceptor. It looks at a request once that has left, so that looking costs the caller no time.
 * Fails open: whatever the interceptor throws leaves the exchange as it is.
 */
export function captureStage({ interceptor, anomalies, onBegin }: CaptureStageOptions): Stage {
  const guarded = <T>(what: () => T, otherwise: T): T => {
    try {
      return what()
    } catch (error) {
      anomalies.add("capture/observe", errorMessage(error))
      return otherwise
    }
  }
  const describe = (exchange: Exchange | undefined, startedAtMs: number): CaptureStart | undefined => {
    if (exchange === undefined || !isCaptured(exchange)) return undefined
    guarded(() => onBegin?.(exchange), undefined)
    return startOf(exchange, startedAtMs)
  }
  const watch = async (
    sent: Promise<Response>,
    exchange: () => Exchange | undefined,
    startedAtMs: number,
    size: number,
  ): Promise<Response> => {
    const capture = guarded<Capture | undefined>(
      () => interceptor.beginLater(() => describe(exchange(), startedAtMs), size),
      undefined,
    )
    if (!capture) return sent
    let response: Response
    try {
      response = await sent
    } catch (error) {
      guarded(() => capture.failed(error), undefined)
      throw error
    }
    return guarded(() => capture.observe(response), response)
  }
  return {
    name: "capture",
    needs: ({ sessionId, parentSessionId }) =>
      guarded(() => interceptor.covers(sessionId, parentSessionId), false) ? "sent" : "nothing",
    watch: (sent, exchange, size) => watch(sent, exchange, Date.now(), size),
    async run(exchange, next) {
      const { sessionId, parentSessionId } = exchange.attribution
      if (!guarded(() => interceptor.covers(sessionId, parentSessionId), false)) return next(exchange)
      const startedAtMs = Date.now()
      return watch(next(exchange), () => exchange, startedAtMs, exchange.bodyText.length)
    },
  }
}

/** OpenCode's own calls always; what nobody announced only where it cannot be anything else. */
function isCaptured({ attribution, dialect, body, url }: Exchange): boolean {
  return attribution.source !== "none" || isModelCall(dialect, body, url)
}

function startOf(
  { dialect, url, method, headers, bodyText, body, attribution, signal }: Exchange,
  startedAtMs: number,
): CaptureStart {
  const { source, sessionId, parentSessionId, agent, modelId, providerId, messageId } = attribution
  const model = modelId ?? dialect.model(body)
  return {
    startedAtMs,
    dialect,
    url,
    method,
    headers,
    bodyText,
    body,
    attribution: source,
    ...(signal === undefined ? {} : { signal }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(parentSessionId === undefined ? {} : { parentSessionId }),
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
    ...(providerId === undefined ? {} : { providerId }),
    ...(messageId === undefined ? {} : { messageId }),
  }
}
