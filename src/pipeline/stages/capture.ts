import type { AnomalyLog } from "../../base/anomalies.ts"
import { errorMessage } from "../../base/errors.ts"
import type { Capture, CaptureStart, Interceptor } from "../../intercept/interceptor.ts"
import type { Exchange, Stage } from "../stage.ts"

export interface CaptureStageOptions {
  readonly interceptor: Interceptor
  readonly anomalies: AnomalyLog
  /** Called for each exchange that is captured, before it leaves. */
  readonly onBegin?: (exchange: Exchange) => void
}

/** Shows the exchange to the interceptor. Fails open: whatever it throws leaves the exchange as it is. */
export function captureStage({ interceptor, anomalies, onBegin }: CaptureStageOptions): Stage {
  const guarded = <T>(what: () => T, otherwise: T): T => {
    try {
      return what()
    } catch (error) {
      anomalies.add("capture/observe", errorMessage(error))
      return otherwise
    }
  }
  return {
    name: "capture",
    async run(exchange, next) {
      if (!interceptor.enabled) return next(exchange)
      const capture = guarded<Capture | undefined>(() => interceptor.begin(startOf(exchange)), undefined)
      if (!capture) return next(exchange)
      guarded(() => onBegin?.(exchange), undefined)
      let response: Response
      try {
        response = await next(exchange)
      } catch (error) {
        guarded(() => capture.failed(error), undefined)
        throw error
      }
      return guarded(() => capture.observe(response), response)
    },
  }
}

function startOf({
  dialect,
  url,
  method,
  headers,
  bodyText,
  body,
  attribution,
  signal,
}: Exchange): CaptureStart {
  const { source, sessionId, parentSessionId, agent, modelId } = attribution
  const model = modelId ?? dialect.model(body)
  return {
    dialect,
    url,
    method,
    headers,
    bodyText,
    attribution: source,
    ...(signal === undefined ? {} : { signal }),
    ...(sessionId === undefined ? {} : { sessionId }),
    ...(parentSessionId === undefined ? {} : { parentSessionId }),
    ...(agent === undefined ? {} : { agent }),
    ...(model === undefined ? {} : { model }),
  }
}
