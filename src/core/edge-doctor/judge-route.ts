import { isGatewayAnswer, judgeProbe, type ProbeAnswer } from '../routing/judge-probe.ts'
import { type Finding, failed, ok, skipped } from './edge-step.ts'

/** What Traefik said of the test router at last: an answer, or the system's code for none. */
export type RouteAnswer = ProbeAnswer | { readonly problem: string }

export interface RouteFacts {
  /** Before the router was there: somebody may answer for all hostnames. */
  readonly before: RouteAnswer
  readonly answer: RouteAnswer
  /** How long it took, or was waited for. */
  readonly tookMs: number
  readonly directory: string
  readonly gatewayUrl: string
  readonly traefikUrl: string
}

export interface RouteFindings {
  readonly isWatched: Finding
  readonly isGatewayReached: Finding
}

/** Whether the test router has come into effect. */
export function isRouted(before: RouteAnswer, answer: RouteAnswer): boolean {
  return isFromGateway(answer) || (isBadGateway(answer) && !isBadGateway(before))
}

function isFromGateway(answer: RouteAnswer): boolean {
  return 'status' in answer && isGatewayAnswer(answer)
}

function isBadGateway(answer: RouteAnswer): boolean {
  return 'status' in answer && judgeProbe(answer)?.code === 'BAD_GATEWAY'
}

/** Judges what became of the test router. */
export function judgeRoute({ before, answer, tookMs, directory, gatewayUrl, traefikUrl }: RouteFacts): RouteFindings {
  const took = `${(tookMs / 1000).toFixed(1)} s`
  if ('problem' in answer) {
    const message = `Traefik does not answer at ${traefikUrl} (${answer.problem}). Start it, or correct --traefik-url.`
    return notWatched(message)
  }
  if (isRouted(before, answer)) {
    return {
      isWatched: ok(`A test router was in effect after ${took}.`),
      isGatewayReached: isFromGateway(answer)
        ? ok(`The gateway answers at ${gatewayUrl}.`)
        : failed(
            `Traefik does not reach the gateway at ${gatewayUrl} (${answer.status}). Start the agent, and let its --gateway ` +
              'listen where --gateway-url says, from Traefik’s point of view.',
          ),
    }
  }
  if (answer.status >= 300 && answer.status < 400 && traefikUrl.startsWith('http:')) {
    return notWatched('Traefik redirects from http. Let --traefik-url name its https address.')
  }
  const said = judgeProbe(answer)?.code === 'NOT_ROUTED' ? '' : ` Something else answered with status ${answer.status}.`
  return notWatched(
    `A test router had no effect within ${took}.${said} Start Traefik with --providers.file.directory=${directory} ` +
      '--providers.file.watch=true and the entry points that URL_SCHEME asks for; its log says which files it refuses.',
  )
}

function notWatched(message: string): RouteFindings {
  return { isWatched: failed(message), isGatewayReached: skipped('A test router has to be in effect first.') }
}
