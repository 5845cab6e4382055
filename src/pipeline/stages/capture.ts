import type { AnomalyLog } from "../../base/anomalies.ts"
import { errorMessage } from "../../base/errors.ts"
import type { Capture, CaptureStart, Interceptor } from "../../intercept/interceptor.ts"
import { isModelCall } from "../../wire/model-call.ts"
import type { Exchange, Stage } from "../stage.ts"

export interface CaptureStageOptions {
  readonly interceptor: Interceptor
  readonly anomalies: AnomalyLog
  /** Called for each exchange that is captured, in the turn of the event loop in which it leaves. */
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
  const begin = (exchange: Exchange | undefined, startedAtMs: number): Capture | undefined => {
    if (exchange === undefined || !isCaptured(exchange)) return undefined
    const capture = interceptor.begin(startOf(exchange, startedAtMs))
    if (capture) guarded(() => onBegin?.(exchange), undefined)
    return capture
  }
  const watch = async (
    sent: Promise<Response>,
    exchange: () => Exchange | undefined,
    startedAtMs: number,
  ): Promise<Response> => {
    const capture = guarded(() => begin(exchange(), startedAtMs), undefined)
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
    watch: (sent, exchange) => watch(sent, exchange, Date.now()),
    async run(exchange, next) {
      if (!interceptor.enabled) return next(exchange)
      const startedAtMs = Date.now()
      return watch(next(exchange), () => exchange, startedAtMs)
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
